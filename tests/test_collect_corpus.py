"""Uploads of all kinds through the real zip_collect: each is decided as it must be, and none is lost."""

import hashlib
import json
import shutil

import pytest

from autograder.stages import run
from sample_class.uploads.every import EVERY, make_upload_course
from sample_class.uploads.upload import ALL


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course in which the whole corpus was collected, and what its archive held before."""
    folder = make_upload_course(tmp_path_factory.mktemp("uploads") / "course")
    folder.with_name("before.json").write_text(json.dumps(hashes(folder / "downloaded/hw2/archive")))
    assert run(folder, "zip_collect", silent=True) == 0, (folder / "logs/zip_collect.log").read_text()
    return folder


def hashes(folder):
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def decisions(course):
    return json.loads((course / "downloaded/hw2/decisions.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("upload", EVERY, ids=[f"{upload.number} {upload.situation}" for upload in EVERY])
def test_an_upload_is_decided_as_expected(course, upload):
    decision = next(decision for decision in decisions(course) if decision["file"] == upload.file)
    assert decision["student"] == upload.student
    assert upload.problem in decision["problem"] and bool(upload.problem) == bool(decision["problem"])
    assert tuple(guess["number"] for guess in decision["guesses"])[: len(upload.guesses)] == upload.guesses
    assert upload.guesses or not decision["guesses"]
    assert all(guess["why"] for guess in decision["guesses"])
    if upload.student:
        assert set(decision["found"]) == upload.found
        assert decision["attachments"] == upload.attachments
    for piece in upload.remarks:
        assert any(piece in remark for remark in decision["remarks"]), (piece, decision["remarks"])
    assert upload.loose or len(decision["remarks"]) == len(upload.remarks), decision["remarks"]


@pytest.mark.parametrize("upload", EVERY, ids=[f"{upload.number} {upload.situation}" for upload in EVERY])
def test_what_counts_is_a_whole_submission_and_nothing_else_is_there(course, upload):
    folder = course / "submitted" / upload.number / "hw2"
    if upload.problem:
        assert not folder.exists()
        return
    names = {path.name for path in folder.iterdir()} - {"attachments", "changes.diff"}
    assert names == {*ALL, "timestamp.txt", "fates.json", "remarks.json", "sender.json"}
    assert json.loads((folder / "sender.json").read_text())["number"] == upload.number
    begun = f"begun by {upload.number}"
    if not upload.loose and "somebody else" not in upload.situation:
        unread = {file for file in ALL if any(f"{file} is not a notebook" in remark for remark in upload.remarks)}
        for file in ALL:
            is_theirs = begun in (folder / file).read_text(encoding="utf-8")
            assert is_theirs == (file in upload.found - unread), file


def test_every_byte_that_came_in_is_still_there(course):
    before = json.loads(course.with_name("before.json").read_text())
    assert hashes(course / "downloaded/hw2/archive") == before
    kept = hashes(course / "downloaded/hw2/kept")
    assert set(before.values()) == set(kept) and all(name == digest for name, digest in kept.items())


def test_every_upload_has_a_decision_and_a_line_in_the_ledger(course):
    files = {upload.file for upload in EVERY}
    assert len(EVERY) >= 60 and len(files) == len(EVERY)
    assert {decision["file"] for decision in decisions(course)} == files
    lines = (course / "downloaded/hw2/uploads.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + len(EVERY)


def test_nothing_was_written_outside_the_course_folders(course):
    assert {path.name for path in (course / "submitted").iterdir()} == {u.number for u in EVERY if not u.problem}
    assert {path.name for path in (course / "downloaded/hw2").iterdir()} == {
        *("archive", "extracted", "kept", "collected.json", "decisions.json", "times.csv", "uploads.csv"),
        ".collecting.lock",
    }
    assert not any((course / "downloaded/hw2/extracted").iterdir())


def test_collecting_again_changes_no_byte_and_no_time_of_a_file(course, nbgrader):
    before = {path: path.stat().st_mtime_ns for path in (course / "submitted").rglob("*")}
    decided = (course / "downloaded/hw2/decisions.json").read_bytes()
    ledger = (course / "downloaded/hw2/uploads.csv").read_bytes()
    nbgrader(course, "zip_collect", "hw2")
    assert {path: path.stat().st_mtime_ns for path in (course / "submitted").rglob("*")} == before
    assert (course / "downloaded/hw2/decisions.json").read_bytes() == decided
    assert (course / "downloaded/hw2/uploads.csv").read_bytes() == ledger


def test_without_what_it_remembers_it_comes_to_the_same(course, tmp_path, nbgrader):
    again = tmp_path / "course"
    shutil.copytree(course, again, symlinks=True)
    (again / "downloaded/hw2/collected.json").unlink()
    nbgrader(again, "zip_collect", "hw2")
    assert hashes(again / "submitted") == hashes(course / "submitted")
    assert decisions(again) == decisions(course)
