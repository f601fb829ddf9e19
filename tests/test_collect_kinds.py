"""Kinds of uploads that a blind round found: versions, names, folders and bytes that say different things."""

import json

import pytest
from uploads_place import ALI, KIT, NOON, PDF, SARA, Place

from sample_class.course import ROOT
from sample_class.uploads.upload import ALL, MODULE, THEORY

FILES = KIT.files(*SARA)
EARLY, LATER = "2023-11-12T10:00:00+03:30", "2023-11-12T12:01:00+03:30"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)


@pytest.fixture()
def place(tmp_path):
    return Place(tmp_path)


def other(files):
    return {name: data.replace(b"begun by", b"rewritten by") for name, data in files.items()}


def without_ids(data, change=lambda cells: None):
    """A notebook of which an editor took away every id, and what else is to be done to its cells."""
    notebook = json.loads(data)
    for cell in notebook["cells"]:
        cell.pop("id", None)
        cell["metadata"] = {}
    change(notebook["cells"])
    return json.dumps(notebook).encode()


@pytest.mark.parametrize("file", sorted(ALL))
def test_what_is_sent_again_came_when_it_first_came_whatever_was_between(place, file):
    place.put("403100001 a.zip", FILES, EARLY)
    place.put("403100001 b.zip", {file: other(FILES)[file]}, NOON)
    place.put("403100001 c.zip", {file: FILES[file]}, LATER)
    place.collect()
    assert place.begun() == ALL and place.time() == "2023-11-12T06:30:00+00:00"


@pytest.mark.parametrize(
    ("folder", "is_around"),
    [
        ("HW2-سارا احمدی-403100001", True),
        ("HW2-Sara Ahmadi-403100001", True),
        ("hw2 ۴۰۳۱۰۰۰۰۱", True),
        ("سارا 403100001", False),
        ("HW2 scans", False),
        ("HW2-Mina Karimi-403100001", False),
    ],
)
def test_a_folder_called_as_homework_and_student_in_any_script_is_no_part_of_a_page_s_name(place, folder, is_around):
    place.put("403100001 a.zip", {**FILES, "HW2/p.png": PICTURE}, EARLY)
    place.put("403100001 b.zip", {f"{folder}/p.png": PICTURE + b"1"}, NOON)
    place.collect()
    assert len(place.pages()) == (1 if is_around else 2)


@pytest.mark.parametrize("name", ["questions-en.pdf", "questions-fa.pdf"])
def test_a_bare_question_sheet_waits_neither_beside_uploads_nor_counts(place, name):
    place.put("403100001.zip", FILES, EARLY)
    place.put("403100001 my.pdf", (ROOT / "theory" / name).read_bytes(), NOON)
    found = place.collect()
    assert not any(entry["problem"] for entry in found.values()) and not place.pages()
    assert "hand-out's own" in found["403100001 my.pdf"]["fates"][0]["what"]


def test_a_notebook_without_ids_is_not_written_in_by_who_it_is_from(place):
    given = KIT.files(*SARA, written=False)[THEORY]
    place.put("403100001 a.zip", FILES, EARLY)
    place.put("403100001 b.zip", {THEORY: without_ids(given)}, NOON)
    place.collect()
    assert place.begun() == ALL and place.time() == "2023-11-12T06:30:00+00:00"


@pytest.mark.parametrize(
    "change",
    [
        lambda cells: cells[-2].update(source="My own answer, written elsewhere. begun by 403100001 again"),
        lambda cells: cells.append({**cells[0], "cell_type": "markdown", "source": "begun by 403100001 again"}),
        lambda cells: cells[0].update(source="NAME = 'Sara'\nprint('begun by 403100001 again')"),
    ],
)
def test_a_notebook_without_ids_is_written_in_by_any_other_cell(place, change):
    place.put("403100001 a.zip", FILES, EARLY)
    place.put("403100001 b.zip", {THEORY: without_ids(FILES[THEORY], change)}, NOON)
    found = place.collect()
    assert found["403100001 b.zip"]["gives"] and place.time() == "2023-11-12T08:30:00+00:00"


@pytest.mark.parametrize(
    ("file", "data"),
    [
        (MODULE, b"import torch\n\nx = torch.zeros(3)\nprint(x)\n"),
        (MODULE, b"#!/usr/bin/env python\n# In[1]:\nfrom fully_connected_networks import *\n"),
        (THEORY, json.dumps({"cells": [{"cell_type": "code", "metadata": {}, "source": "1 + 1"}]}).encode()),
    ],
)
@pytest.mark.parametrize("time", [NOON, EARLY])
def test_a_file_by_its_name_only_replaces_no_written_one_and_contradicts_none(place, file, data, time):
    place.put("403100001 a.zip", FILES, EARLY)
    place.put("403100001 b.zip", {file: data}, time)
    found = place.collect()
    assert place.begun() == ALL and not any(entry["problem"] for entry in found.values())
    assert "nothing of the hand-out's is in it" in found["403100001 b.zip"]["fates"][0]["what"]
    if time != EARLY:
        assert any("by its name only" in remark for remark in found["403100001 a.zip"]["remarks"])


def test_a_module_by_its_name_only_counts_where_there_is_no_other(place):
    place.put("403100001 a.zip", {**FILES, MODULE: b"def mine():\n    return 1\n"})
    assert MODULE in place.collect()["403100001 a.zip"]["found"]


def test_the_noted_time_stays_with_bytes_that_were_renamed(place):
    place.put("HW2.zip", FILES, EARLY)
    place.collect()
    archive = place.uploads / "archive"
    (archive / "HW2.zip").rename(archive / "HW2-403100001.zip")
    entry = place.collect()["HW2-403100001.zip"]
    assert place.time() == "2023-11-12T06:30:00+00:00" and any("its former name" in r for r in entry["remarks"])
    place.times["HW2.zip"] = NOON  # corrected under the name that it had
    place.collect()
    assert place.time() == "2023-11-12T08:30:00+00:00"


def test_bytes_renamed_to_another_student_count_for_both_until_a_line_says_otherwise(place):
    place.put("403100001.zip", KIT.files("", ""))
    place.collect()
    archive = place.uploads / "archive"
    (archive / "403100001.zip").rename(archive / "403100002.zip")
    place.times["403100002.zip"] = NOON
    notes = place.collect()[""]["notes"]
    assert any("403100001.zip,- into assigned.csv" in note for note in notes)
    assert place.submitted(SARA).exists() and place.submitted(ALI).exists()
    place.assign("403100001.zip,-")
    assert "" not in place.collect() and not place.submitted(SARA).exists() and place.submitted(ALI).exists()


def test_a_listing_of_another_size_gives_no_time_and_is_noted(place):
    place.put("403100001.zip", FILES)
    del place.times["403100001.zip"]
    line = "-rw-r--r-- 1 ta ta 99 2023-11-12 18:05:09.123456789 +0330 403100001.zip\n"
    (place.uploads / "listing.txt").write_text(line)
    assert any("99 bytes there" in note for note in place.collect()[""]["notes"])


@pytest.mark.parametrize(
    ("data", "kind"), [(PDF, ".pdf"), (b"RIFF\0\0\0\0WEBPVP8 ", ".webp"), (b"\0\0\0\x18ftypheic" + bytes(40), ".heic")]
)
def test_a_page_of_another_kind_than_its_name_is_kept_as_what_it_is(place, data, kind):
    place.put("403100001.zip", {**FILES, "a.jpg": data})
    remarks = place.collect()["403100001.zip"]["remarks"]
    assert [path.suffix for path in sorted((place.submitted() / "attachments").glob("0*"))] == [kind]
    assert any("a.jpg' is HEIC by its bytes" in remark for remark in remarks) == (kind == ".heic")


@pytest.mark.parametrize("name", ["a.png", "b.pdf", "scan/c.heic"])
def test_an_empty_page_is_named_and_no_page(place, name):
    place.put("403100001.zip", {**FILES, name: b""})
    entry = place.collect()["403100001.zip"]
    assert not place.pages() and any(f"{name}' is empty" in remark for remark in entry["remarks"])
