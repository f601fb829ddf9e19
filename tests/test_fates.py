"""Each file that came in has one fate, and decisions, submission, status, report and feedback say the same of it."""

import io
import json
import random
import stat
import warnings
import zipfile

import pytest
from uploads_place import KIT, PDF, Place

from autograder.collect.fates import REPLACED, UNREAD, USED, read_fates
from autograder.gradebook import open_gradebook
from autograder.report.page import write_report
from autograder.report.status import status
from autograder.theory.unread import became
from autograder.visible import escape
from sample_class.course import ROOT
from sample_class.uploads.packers import encrypt
from sample_class.uploads.upload import MODULE, SUPERVISED, THEORY

STUDENTS = [(f"4050{number:05d}", "Sara Ahmadi") for number in range(25)]
DOCX = b"PK\x03\x04 no real one"
# what lies in an archive beside the homework: path -> bytes
ODD = {
    "answers.docx": DOCX,
    "theory.docx": DOCX,
    "theory.pdf": PDF,
    "scan.tiff": b"II*\0",
    "scans.zip": KIT.zip({"1.jpg": b"x"}),
    "old_ff.ipynb": b'{"cells": [{"cell_type": "code", "source": "x = 1", "metadata": {}}]}',
    "helper.py": b"def f(): pass\n",
    "model.pth": b"\x80\x02",
    "notes.txt": b"short",
    "long.txt": b"my answer " * 100,
    "link.txt": b"https://github.com/nobody/nothing",
    "answers": PDF,
    "libs/solver.py": b"# changed\n",
    "libs/given.json": b"{}",
    "data/mnist/train-images-idx3-ubyte.gz": b"x",
    "__MACOSX/._theory.ipynb": b"x",
    ".DS_Store": b"x",
    ".git/HEAD": b"x",
    ".ipynb_checkpoints/theory-checkpoint.ipynb": b"{}",
    "old/theory.ipynb": KIT.notebook("theory", "", "").replace(b"begun", b"tried"),
    "requirements.txt": (ROOT / "release" / "hw2" / "requirements.txt").read_bytes(),
    "questions-en.pdf": (ROOT / "theory" / "questions-en.pdf").read_bytes(),
    "film.mp4": b"x",
    "HW2/q/1.jpg": b"\xff\xd8\xff1",
    "‫پاسخ.pdf": PDF + b"2",
}


def packed(chance, files):
    """A zip in which some entries are links, encrypted, damaged or there twice; and how many entries it has."""
    paths = [*files, *chance.sample(list(files), chance.choice([0, 0, 1]))]
    entries = [(zipfile.ZipInfo(f"HW2/{path}", (2023, 11, 1, 0, 0, 0)), files[path]) for path in paths]
    for info, _ in chance.sample(entries, min(len(entries), chance.choice([0, 0, 1]))):
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.mkdir("HW2")
        for info, data in entries:
            archive.writestr(info, data)
    data = bytearray(buffer.getvalue())
    if files and chance.random() < 0.3:
        name = f"HW2/{chance.choice(list(files))}".encode()
        encrypt(data, data.index(name) - 30, data.rindex(name) - 46)
    return bytes(data), len(entries)


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """A class of random archives, collected; its decisions, and how many files each upload holds."""
    place, chance, count = Place(tmp_path_factory.mktemp("fates"), *STUDENTS), random.Random(20231113), {}
    for number, name in STUDENTS:
        whole = {**KIT.files(number, name), **ODD}
        for at in range(chance.randrange(1, 4)):
            files = {path: whole[path] for path in chance.sample(list(whole), chance.randrange(1, len(whole)))}
            data, count[f"{number} {at}.zip"] = packed(chance, files)
            place.put(f"{number} {at}.zip", data, f"2023-11-12T12:0{chance.randrange(4)}:00+03:30")
        if chance.random() < 0.5:
            place.put(f"{number}.{chance.choice(['pdf', 'rar', 'txt'])}", chance.choice([PDF, b"Rar!\x1a\x07"]))
            count[list(place.times)[-1]] = 1
    place.put("homework.zip", KIT.zip({"theory.ipynb": KIT.notebook("theory", "", "")}))
    return place, place.collect(), {**count, "homework.zip": 1}


def test_every_file_of_every_upload_has_exactly_one_fate(collected):
    _, found, count = collected
    assert {entry["file"] for entry in found.values() if entry["file"]} == set(count)
    for file, many in count.items():
        fates = found[file]["fates"]
        assert sum(fate["count"] for fate in fates) == many, (file, fates)
        assert {fate["fate"] for fate in fates} <= {USED, REPLACED, UNREAD} and all(fate["what"] for fate in fates)
        assert all(fate["upload"] == file for fate in fates)
    assert {fate["fate"] for entry in found.values() for fate in entry["fates"]} == {USED, REPLACED, UNREAD}


def test_what_is_used_is_what_stands_in_the_submission(collected):
    place, found, _ = collected
    for student in STUDENTS:
        fates = [fate for entry in found.values() if entry["student"] == student[0] for fate in entry["fates"]]
        pages = [fate["path"] for fate in fates if fate["what"] == "a page of written answers"]
        assert sorted(pages) == sorted(place.pages(student))
        used = [fate["what"] for fate in fates if fate["fate"] == USED]
        for name in (THEORY, SUPERVISED, MODULE):
            assert used.count(name) <= 1
            if place.submitted(student).exists() and name not in used:
                remarks = json.loads((place.submitted(student) / "remarks.json").read_text())
                assert any(remark.startswith(f"{name} is missing") for remark in remarks)


def test_decisions_submission_status_report_and_feedback_say_the_same(collected):
    place, found, _ = collected
    with open_gradebook(place.root) as gradebook:
        students = {one["student"]: one for one in status(place.root, gradebook)["students"]}
    page = write_report(place.root).read_text(encoding="utf-8")
    for number, name in STUDENTS:
        entries = [entry for entry in found.values() if entry["student"] == number]
        fates = sorted((fate for entry in entries for fate in entry["fates"]), key=str)
        assert sorted(students[number]["fates"], key=str) == fates
        submitted = place.submitted((number, name))
        if not submitted.exists():
            assert all(entry["problem"] for entry in entries)
            assert students[number]["next"].startswith("a person: ")
            continue
        assert sorted(json.loads((submitted / "fates.json").read_text(encoding="utf-8")), key=str) == fates
        lines = became(submitted)
        assert lines == [str(fate) for fate in read_fates(submitted)] and len(lines) == len(fates)
        assert [line for line in lines if f'<li dir="auto">{escape(line)}</li>' not in page] == []


def test_an_upload_that_waits_is_never_nothing_received(tmp_path):
    place = Place(tmp_path, ("403100001", "Sara Ahmadi"), ("403100002", "Leila Sadeghi"))
    place.put("HW2-403100001.rar", b"Rar!\x1a\x07")
    place.put("Leila Sadeghi.zip", KIT.files("403100002", "Leila Sadeghi"))
    place.collect()
    with open_gradebook(place.root) as gradebook:
        sara, leila = status(place.root, gradebook)["students"]
    assert sara["next"].startswith("a person: HW2-403100001.rar is a rar archive")
    assert leila["next"].startswith("a person: perhaps Leila Sadeghi.zip its name holds no student number")
