"""Uploads as machines and people damage, rename and split them: no work is lost, and whose it is stays clear."""

import io
import json
import os
import struct
import zipfile
from datetime import datetime

import pytest
from uploads_place import ALI, KIT, NOON, PDF, SARA, Place

from autograder.collect import submission
from autograder.collect.names import UnknownSender, sender_of
from sample_class.uploads.upload import ALL, MODULE, NETWORKS, SUPERVISED, THEORY

FILES = KIT.files(*SARA)
GIVEN = KIT.files("", "", written=False)
LATER = "2023-11-13T12:00:00+03:30"
LATE = datetime.fromisoformat("2023-11-25T09:00:00+03:30").timestamp()


@pytest.fixture()
def place(tmp_path):
    return Place(tmp_path)


def code(text):
    return {"cell_type": "code", "source": text, "metadata": {}, "outputs": [], "execution_count": None}


def of_another_volume(data):
    """The zip as the last of several volumes: its directory says that the entries begin in another."""
    out, at = bytearray(data), data.find(b"PK\1\2")
    while at >= 0:
        struct.pack_into("<H", out, at + 34, 1)
        at = data.find(b"PK\1\2", at + 4)
    return bytes(out)


WHOLE = KIT.zip(FILES | {"a.pdf": PDF})


@pytest.mark.parametrize(
    "data", [WHOLE[len(WHOLE) // 2 :], WHOLE[100:], of_another_volume(WHOLE)], ids=["half", "no head", "volumes"]
)
def test_a_part_of_a_split_zip_waits_and_each_of_its_files_is_named(place, data):
    place.put("HW2-403100001.zip", data)
    (entry,) = place.collect().values()
    assert "one part of a zip that was split" in entry["problem"] and not place.submitted().exists()
    assert len(entry["fates"]) == len(FILES) + 1


@pytest.mark.parametrize("behind", [bytes(512), b"\n}\n ]\n}\n", b'{"cells": []}', b" \n"])
def test_what_stands_behind_the_end_of_a_notebook_costs_nothing(place, behind):
    place.put("HW2-403100001.zip", FILES | {THEORY: FILES[THEORY] + behind})
    (entry,) = place.collect().values()
    assert place.begun() == ALL
    assert any("behind the end of that notebook" in said for said in entry["remarks"]) == bool(behind.strip())


@pytest.mark.parametrize("paths", [("x.py", "y.py"), ("x.py", "./x.py"), ("/content/drive/x.py", "x.py")])
def test_of_several_cells_that_write_the_module_the_last_counts(place, paths):
    drafts = [FILES[MODULE].replace(b"403100001", words).decode() for words in (b"a draft", b"me")]
    cells = [code(f"%%writefile {path}\n{text}") for path, text in zip(paths, drafts, strict=True)]
    notebook = KIT.changed(FILES[NETWORKS], lambda nb: nb["cells"].extend(cells))
    place.put("HW2-403100001.zip", {**FILES, NETWORKS: notebook, MODULE: GIVEN[MODULE]})
    place.collect()
    assert place.begun(by="me") == {MODULE}  # the .py itself is as it was handed out


def test_the_last_written_module_wins_where_no_py_is_there(place):
    drafts = [FILES[MODULE].replace(b"403100001", words).decode() for words in (b"a draft", b"me")]
    cells = [code(f"%%writefile {path}.py\n{text}") for path, text in zip("xy", drafts, strict=True)]
    cells.append(code("%%writefile z.py\n" + GIVEN[MODULE].decode()))
    notebook = KIT.changed(FILES[NETWORKS], lambda nb: nb["cells"].extend(cells))
    place.put(
        "HW2-403100001.zip", {name: data for name, data in FILES.items() if name != MODULE} | {NETWORKS: notebook}
    )
    place.collect()
    assert place.begun(by="me") == {MODULE}


@pytest.mark.parametrize("home", ["dl_env", "HW2/my env", "."])
def test_an_environment_of_any_name_is_litter_and_work_beside_it_counts(place, home):
    parts = {f"{home}/{part}/m{n}.x": b"x" for part in ("Lib", "bin", "share") for n in range(700)}
    work = {f"{home}/work/{name}": data for name, data in FILES.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, data in (parts | work | {f"{home}/pyvenv.cfg": b"home"}).items():
            archive.writestr(path.removeprefix("./"), data)
    place.put("HW2-403100001.zip", buffer.getvalue())
    (entry,) = place.collect().values()
    assert not entry["problem"] and place.begun() == ALL
    assert [fate["count"] for fate in entry["fates"] if fate["count"] > 1] == [len(parts) + 1]


def renumbered(notebook):
    for number, cell in enumerate(notebook["cells"]):
        cell |= {"id": f"new{number}", "metadata": {}}


def blanks_added(notebook):
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"]).replace("\n", "  \r\n") + "\n"
    notebook["cells"].append(code("  "))


def run(notebook):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["execution_count"] = 7


@pytest.mark.parametrize("change", [renumbered, blanks_added, run])
def test_the_same_cells_at_one_time_contradict_nothing(place, change):
    place.put("x-403100001.zip", FILES)
    place.put("y-403100001.zip", {SUPERVISED: KIT.changed(FILES[SUPERVISED], change)})
    assert not any(entry["problem"] for entry in place.collect().values()) and place.begun() == ALL


@pytest.mark.parametrize("name", ["forward_forward_supervised.py", "Untitled3.py", "supervised (1).py"])
def test_a_notebook_saved_as_python_is_named_and_is_not_the_module(place, name):
    cells = [cell for cell in json.loads(FILES[SUPERVISED])["cells"] if cell["cell_type"] == "code"]
    text = "\n\n".join("# In[ ]:\n" + "".join(cell["source"]) for cell in cells)
    place.put("HW2-403100001.zip", {**{n: d for n, d in FILES.items() if n != SUPERVISED}, name: text.encode()})
    (entry,) = place.collect().values()
    assert f"not read: 'HW2/{name}' holds the code of {SUPERVISED} as Python" in "\n".join(entry["remarks"])
    assert place.begun() == ALL - {SUPERVISED}


@pytest.mark.parametrize("name", ["a.docx", "a.ipynb", "a.rar", "a"])
def test_a_page_of_any_name_keeps_its_name(place, name):
    place.put(f"403100001 {name}", PDF)
    (entry,) = place.collect().values()
    assert place.pages() == [f"403100001 {name}"] and [fate["path"] for fate in entry["fates"]] == place.pages()


ROSTER = {"403100005": "x", "403100007": "y"}
PARTED = {
    "تمرین۲\u200c۴۰۳۱۰۰۰۰۵.zip": "403100005",
    "تمرين2403100005.zip": "403100005",
    "HW2\u200b403100005 final.zip": "403100005",
    "HW2-403\u200e100\u200e007.zip": "403100007",
    "تکلیف ۲\u200c403\u200c100\u200c007.zip": "403100007",
}


@pytest.mark.parametrize("roster", [ROSTER, {}], ids=["roster", "none"])
@pytest.mark.parametrize("name", PARTED)
def test_signs_that_cannot_be_seen_part_numbers_as_a_person_reads_them(name, roster):
    assert sender_of(name, roster).number == PARTED[name]


def test_a_number_that_no_half_space_parts_stays_unknown():
    with pytest.raises(UnknownSender):
        sender_of("2403100005.zip", ROSTER)


@pytest.mark.parametrize(
    ("name", "waits"),
    [("Reza Mohammadi", True), ("Mohammadi Reza", True), ("Reza Rezaei", False), ("Ali Rezai", False), ("", False)],
)
def test_a_name_that_is_another_students_letter_by_letter_waits_though_it_sounds_alike(tmp_path, name, waits):
    place = Place(tmp_path, SARA, ALI, ("403100004", "Reza Mohammadi"))
    place.put(f"HW2-{name}-{ALI[0]}.zip", KIT.files("", ""))
    (entry,) = place.collect().values()
    assert bool(entry["problem"]) == waits


def test_late_by_the_time_of_its_file_only_waits_until_a_table_says_otherwise(place):
    path = place.uploads / "archive" / "403100001.zip"
    path.write_bytes(KIT.zip(FILES))
    os.utime(path, (LATE, LATE))
    (entry,) = place.collect().values()
    assert "if the time of the file is right" in entry["problem"] and not place.submitted().exists()
    place.times["403100001.zip"] = NOON
    assert not place.collect()["403100001.zip"]["problem"] and place.begun() == ALL


def test_a_file_at_which_our_own_code_fails_costs_itself_only_and_a_person_is_asked(place, monkeypatch):
    lay = submission.lay_notebook

    def failing(given, data, name):
        if name == THEORY and data is not None:
            raise IndexError("no such cell")
        return lay(given, data, name)

    monkeypatch.setattr(submission, "lay_notebook", failing)
    place.put("HW2-403100001.zip", FILES)
    for _ in range(2):  # the second time nothing is made anew
        (entry,) = place.collect().values()
        assert "theory.ipynb could not be read (IndexError: no such cell)" in entry["problem"]
        assert place.begun() == ALL - {THEORY} and entry["gives"]


def test_nothing_is_left_of_a_submission_that_could_not_be_written(place, monkeypatch):
    monkeypatch.setattr(submission, "lay_module", None)
    monkeypatch.setattr(submission, "_attach", None)
    place.put("HW2-403100001.zip", FILES)
    (entry,) = place.collect().values()
    assert "could not be made a submission" in entry["problem"] and not any((place.root / "submitted").iterdir())


def test_nothing_written_replaces_nothing(place):
    def emptied(notebook):
        for cell in notebook["cells"]:
            if str(cell["metadata"].get("nbgrader", {}).get("grade_id")).endswith("_answer"):
                cell["source"] = '<div dir="rtl">\n\n\u200b\n</div>'

    place.put("HW2-403100001.zip", FILES)
    later = {THEORY: KIT.changed(GIVEN[THEORY], emptied), MODULE: GIVEN[MODULE].replace(b"# YOUR CODE HERE", b"")}
    place.put("HW2-403100001 (2).zip", later, LATER)
    place.collect()
    assert place.begun() == ALL
