"""Collecting again after things have changed: the last upload counts, nothing is lost, what a person does is kept."""

import hashlib
import json
import logging
import os
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest

from autograder.collect.collecting import Course, collect
from sample_class.course import ROOT
from sample_class.uploads.every import make_upload_course
from sample_class.uploads.kit import Kit
from sample_class.uploads.named import NAMED
from sample_class.uploads.unmatched import UNMATCHED

SARA, ALI = NAMED[0], NAMED[1]
NAMELESS = UNMATCHED[0]
KIT = Kit(ROOT)


@pytest.fixture()
def course(tmp_path):
    """Two students' uploads and a nameless one, not collected yet."""
    return make_upload_course(tmp_path / "course", [SARA, ALI, NAMELESS])


def archive(course):
    return course / "downloaded" / "hw2" / "archive"


def collected(course):
    """Collect, and return the decisions by file; of several versions of a file the first listed."""
    entries = collect(Course(course, archive(course), "https://github.com/", logging.getLogger("test")))
    assert entries == json.loads((course / "downloaded/hw2/decisions.json").read_text(encoding="utf-8"))
    return {entry["file"]: entry for entry in reversed(entries)}


def tree(course):
    paths = (path for path in (course / "submitted").rglob("*") if path.is_file())
    return {str(path.relative_to(course)): path.read_bytes() for path in paths}


def table(course, name, *lines):
    (course / "downloaded" / "hw2" / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def times(course, **more):
    rows = {SARA.file: "2023-11-12T20:15:00+03:30", ALI.file: "2023-11-12T20:15:00+03:30", **more}
    table(course, "times.csv", "file,time", *(f'"{file}",{time}' for file, time in rows.items() if time))


def second_try(number, name="Sara Ahmadi"):
    files = KIT.files(number, name)
    return KIT.zip({path: data.replace(b"begun by", b"second try of") for path, data in files.items()})


def module_of(course, number):
    return (course / "submitted" / number / "hw2" / "fully_connected_networks.py").read_text()


def test_of_two_uploads_of_a_student_the_last_in_time_counts_whatever_their_names_order(course):
    later, earlier = "AAA-403100001.zip", "ZZZ-403100001.zip"
    (archive(course) / later).write_bytes(second_try(SARA.number))
    (archive(course) / earlier).write_bytes(KIT.zip(KIT.files(SARA.number, "an earlier one")))
    times(course, **{later: "2023-11-13T10:00:00+03:30", earlier: "2023-11-01T10:00:00+03:30"})
    found = collected(course)
    assert "second try of" in module_of(course, SARA.number)
    assert found[later]["superseded"] is None and not found[later]["problem"]
    for file, came in ((SARA.file, "2023-11-12T16:45:00+00:00"), (earlier, "2023-11-01T06:30:00+00:00")):
        assert found[file]["superseded"] == {"by": later, "by_time": "2023-11-13T06:30:00+00:00", "time": came}
        assert not found[file]["problem"]


def test_an_upload_that_is_replaced_under_its_name_is_kept_and_both_are_candidates(course):
    first = (archive(course) / SARA.file).read_bytes()
    collected(course)
    before = tree(course)
    (archive(course) / SARA.file).write_bytes(second_try(SARA.number))
    times(course, **{SARA.file: "2023-11-13T10:00:00+03:30"})
    collected(course)
    entries = json.loads((course / "downloaded/hw2/decisions.json").read_text())
    versions = [entry for entry in entries if entry["file"] == SARA.file]
    assert [bool(version["superseded"]) for version in versions] == [False, True]
    assert versions[1]["superseded"]["time"] == "2023-11-12T16:45:00+00:00"
    assert "second try of" in module_of(course, SARA.number)
    assert (course / "downloaded/hw2/kept" / hashlib.sha256(first).hexdigest()).read_bytes() == first
    # a correction: the new bytes had come in before the old ones
    times(course, **{SARA.file: "2023-11-10T10:00:00+03:30"})
    collected(course)
    said = ("fates.json", "sender.json")  # they name what was replaced, too
    assert {path: data for path, data in tree(course).items() if not path.endswith(said)} == {
        path: data for path, data in before.items() if not path.endswith(said)
    }


def test_an_upload_that_vanishes_from_the_archive_still_counts(course):
    collected(course)
    before = tree(course)
    (archive(course) / SARA.file).unlink()
    (course / "downloaded/hw2/collected.json").unlink()
    found = collected(course)
    assert found[SARA.file]["student"] == SARA.number and tree(course) == before


def test_the_time_noted_from_a_table_outlives_the_table(course):
    collected(course)
    (course / "downloaded/hw2/times.csv").unlink()
    found = collected(course)
    assert found[SARA.file]["time"] == "2023-11-12T16:45:00+00:00" and found[SARA.file]["time_from"] == "times.csv"


def test_a_corrected_time_is_used(course):
    collected(course)
    times(course, **{SARA.file: "2023-11-13T23:59:00+03:30"})
    collected(course)
    stamp = course / "submitted" / SARA.number / "hw2" / "timestamp.txt"
    assert stamp.read_text() == "2023-11-13T20:29:00+00:00"


def test_a_listing_gives_the_times_that_the_table_lacks(course):
    times(course, **{SARA.file: ""})
    for path in archive(course).iterdir():
        os.utime(path, (1699900000, 1699900000))
    words = ["ls", "-l", "--time-style=full-iso", str(archive(course))]
    listing = subprocess.run(words, capture_output=True, text=True, env={**os.environ, "TZ": "Asia/Tehran"}).stdout
    (course / "downloaded/hw2/listing.txt").write_text(listing, encoding="utf-8")
    os.utime(archive(course) / SARA.file, (1800000000, 1800000000))  # copied to another machine
    found = collected(course)[SARA.file]
    assert (found["time"], found["time_from"]) == ("2023-11-13T18:26:40+00:00", "listing.txt")
    assert not found["remarks"]


def test_without_any_table_the_time_of_the_file_counts_and_never_becomes_later(course):
    (course / "downloaded/hw2/times.csv").unlink()
    os.utime(archive(course) / SARA.file, (1699900000, 1699900000))
    first = collected(course)[SARA.file]
    assert first["time"] == "2023-11-13T18:26:40+00:00" and "is not in times.csv" in first["remarks"][0]
    os.utime(archive(course) / SARA.file, (1800000000, 1800000000))
    assert collected(course)[SARA.file] == first


def test_a_time_that_belongs_to_no_upload_is_noted(course):
    times(course, **{"nobody.zip": "2023-11-13T10:00:00+03:30"})
    assert collected(course)[""]["notes"] == ["times.csv: no upload is called 'nobody.zip'"]


@pytest.mark.parametrize(
    "name, lines, what",
    [
        ("times.csv", ("file,time", "a.zip,2023-11-13T10:00:00+03:30", "b.zip,soon"), r"times\.csv, line 3.*soon"),
        (
            "times.csv",
            ("file,time", "a.zip,2023-11-13T10:00Z", "a.zip,2023-11-13T11:00Z"),
            r"line 3: line 2 says something else",
        ),
        ("assigned.csv", ("file,number", "homework2.zip,4031"), r"assigned\.csv, line 2.*not in the roster"),
        ("assigned.csv", ("file,number", "homework2.zip,"), r"assigned\.csv, line 2.*student number"),
        ("listing.txt", ("-rw-r--r-- 1 a b 5 Nov 13 10:00 a.zip",), r"listing\.txt, line 1.*full-iso"),
        ("../../roster.csv", ("number,name", "1,Sara", "1,Ali"), r"roster\.csv, line 3: line 2 says"),
    ],
)
def test_a_wrong_line_is_named_before_anything_is_changed(course, name, lines, what):
    table(course, name, *lines)
    before = sorted(course.rglob("*"))
    with pytest.raises(ValueError, match=what):
        collected(course)
    assert set(course.rglob("*")) - set(before) <= {course / "downloaded/hw2/.collecting.lock"}


@pytest.mark.parametrize("by", ["name", "hash"])
def test_an_upload_is_given_to_a_student_by_one_line(course, by):
    assert collected(course)[NAMELESS.file]["problem"]
    digest = hashlib.sha256((archive(course) / NAMELESS.file).read_bytes()).hexdigest()
    table(course, "assigned.csv", "file,number", f"{NAMELESS.file if by == 'name' else digest[:12]},۴۰۳۴۰۰۰۰۱")
    found = collected(course)[NAMELESS.file]
    assert (found["student"], found["problem"]) == ("403400001", "")
    assert "given to 403400001 by assigned.csv" in found["remarks"]
    assert "begun by 403400001" in module_of(course, "403400001")


def test_an_upload_that_was_given_to_the_wrong_student_is_taken_back(course):
    table(course, "assigned.csv", "file,number", f"{NAMELESS.file},{ALI.number}")
    times(course, **{NAMELESS.file: "2023-11-13T10:00:00+03:30"})
    collected(course)
    assert "begun by 403400001" in module_of(course, ALI.number)
    table(course, "assigned.csv", "file,number", f"{NAMELESS.file},{NAMELESS.number}", f"{SARA.file},-", "gone.zip,-")
    found = collected(course)
    assert f"begun by {ALI.number}" in module_of(course, ALI.number)
    assert "begun by 403400001" in module_of(course, NAMELESS.number)
    assert not (course / "submitted" / SARA.number).exists() and "sets it aside" in found[SARA.file]["superseded"]["by"]
    assert "no upload is called 'gone.zip'" in found[""]["notes"][0]


def test_an_upload_that_was_renamed_is_settled(course):
    assert collected(course)[NAMELESS.file]["problem"]
    (archive(course) / NAMELESS.file).rename(archive(course) / "HW2-Leila Sadeghi-403400001.zip")
    found = collected(course)
    assert not found[NAMELESS.file]["problem"] and found[NAMELESS.file]["superseded"]
    assert found["HW2-Leila Sadeghi-403400001.zip"]["student"] == "403400001"


def test_the_same_bytes_of_two_students_are_two_uploads(course):
    (archive(course) / ALI.file).write_bytes((archive(course) / SARA.file).read_bytes())
    found = collected(course)
    assert {found[SARA.file]["student"], found[ALI.file]["student"]} == {SARA.number, ALI.number}
    assert "its notebooks say STUDENT_NUMBER 403100001" in found[ALI.file]["remarks"][0]


def test_an_unreadable_upload_after_a_good_one_waits_and_the_good_one_counts_meanwhile(course):
    (archive(course) / "HW2-403100001-last.zip").write_bytes(b"Rar!\x1a\x07")
    times(course, **{"HW2-403100001-last.zip": "2023-11-13T10:00:00+03:30"})
    found = collected(course)
    assert "rar archive" in found["HW2-403100001-last.zip"]["problem"]
    assert "a later upload, HW2-403100001-last.zip" in found[SARA.file]["remarks"][0]
    assert SARA.number in module_of(course, SARA.number)


def test_what_a_last_upload_lacks_comes_from_the_earlier_one(course):
    (archive(course) / "HW2-403100001-b.zip").write_bytes(KIT.zip({"theory.ipynb": KIT.notebook("theory", "1", "x")}))
    times(course, **{"HW2-403100001-b.zip": "2023-11-13T10:00:00+03:30"})
    found = collected(course)
    assert f"begun by {SARA.number}" in module_of(course, SARA.number) and found[SARA.file]["gives"]
    assert f"made of 2 uploads: {SARA.file}" in found["HW2-403100001-b.zip"]["remarks"][-1]


def test_what_a_person_put_into_submitted_stays_and_is_said(course):
    by_hand = course / "submitted" / "409999999" / "hw2"
    by_hand.mkdir(parents=True)
    (by_hand / "theory.ipynb").write_text("{}")
    collected(course)
    changed = course / "submitted" / SARA.number / "hw2" / "theory.ipynb"
    changed.write_text("changed by hand")
    (archive(course) / SARA.file).write_bytes(second_try(SARA.number))
    times(course, **{SARA.file: "2023-11-13T10:00:00+03:30"})
    found = collected(course)
    assert "changed by hand, and stays as it is; move it away" in found[SARA.file]["problem"]
    assert changed.read_text() == "changed by hand" and (by_hand / "theory.ipynb").read_text() == "{}"
    assert found[""]["notes"] == ["submitted/409999999/hw2 was not made from a known upload: it stays as it is"]
    (course / "submitted" / SARA.number / "hw2").rename(course / "moved")
    assert not collected(course)[SARA.file]["problem"] and "second try of" in module_of(course, SARA.number)


def test_a_damaged_kept_upload_is_made_whole_from_the_archive_and_else_named(course):
    digest = hashlib.sha256((archive(course) / SARA.file).read_bytes()).hexdigest()
    kept = course / "downloaded/hw2/kept" / digest
    collected(course)
    kept.chmod(0o644)
    kept.write_bytes(b"x" * kept.stat().st_size)
    collected(course)
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == digest
    kept.chmod(0o644)
    kept.write_bytes(b"short")
    (course / "downloaded/hw2/collected.json").unlink()
    data = (archive(course) / SARA.file).read_bytes()
    (archive(course) / SARA.file).unlink()
    assert "damaged; put the upload into archive/ again" in collected(course)[SARA.file]["problem"]
    (archive(course) / SARA.file).write_bytes(data)
    assert not collected(course)[SARA.file]["problem"]


def test_the_ledger_only_grows(course):
    ledger = course / "downloaded/hw2/uploads.csv"
    collected(course)
    first = ledger.read_bytes()
    assert len(first.splitlines()) == 4
    collected(course)
    assert ledger.read_bytes() == first
    times(course, **{SARA.file: "2023-11-13T10:00:00+03:30"})
    (archive(course) / ALI.file).unlink()
    collected(course)
    assert ledger.read_bytes().startswith(first) and len(ledger.read_bytes().splitlines()) == 5


def test_downloads_that_have_not_ended_and_links_are_no_uploads(course):
    (archive(course) / "HW2-x-403100001.zip.crdownload").write_bytes(b"PK")
    (archive(course) / ".DS_Store").write_bytes(b"x")
    (archive(course) / "HW2-y-403100001.zip").symlink_to("/etc/passwd")
    found = collected(course)
    assert len(found[""]["notes"]) == 2 and not any("passwd" in str(entry) for entry in found.values())
    assert len(list((course / "downloaded/hw2/kept").iterdir())) == 3


def test_names_that_are_no_text_in_any_encoding_known_are_collected(course):
    name = os.fsencode(archive(course)) + "/HW2-علي-403100001.zip".encode("cp1256")
    with open(name, "wb") as file:
        file.write(second_try(SARA.number))
    os.utime(name, (1699900000, 1699900000))
    found = collected(course)
    assert found["HW2-علي-403100001.zip"]["student"] == SARA.number
    assert "second try of" in module_of(course, SARA.number)


def test_two_at_once_do_not_disturb_each_other(course):
    command = [sys.executable, "-m", "nbgrader", "zip_collect", "hw2"]
    both = [subprocess.Popen(command, cwd=course, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in "ab"]
    assert [process.wait() for process in both] == [0, 0]
    before = tree(course)
    collected(course)
    assert tree(course) == before and len(before) == 2 * 9


def test_the_second_waits_until_the_first_has_ended(course):
    import fcntl

    collected(course)
    with (course / "downloaded/hw2/.collecting.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = threading.Thread(target=collected, args=(course,))
        second.start()
        time.sleep(1)
        assert second.is_alive()
        fcntl.flock(lock, fcntl.LOCK_UN)
        second.join(60)
        assert not second.is_alive()


def test_any_order_of_arrival_ends_in_the_same(tmp_path):
    """All at once, or one after the other in two orders."""
    uploads = [SARA, ALI, replace(NAMED[2], number=SARA.number, name=SARA.name, file="HW2-again-403100001.zip")]
    ends = []
    for order in (uploads, uploads[::-1], None):
        course = make_upload_course(tmp_path / f"course{len(ends)}", uploads)
        times(course, **{uploads[2].file: "2023-11-12T20:16:00+03:30"})
        if order:
            came = {upload.file: (archive(course) / upload.file).read_bytes() for upload in order}
            for upload in order:
                (archive(course) / upload.file).unlink()
            for file, data in came.items():
                (archive(course) / file).write_bytes(data)
                collected(course)
        found = collected(course)
        ends.append((tree(course), found))
    assert ends[0] == ends[1] == ends[2]
    assert ends[0][1][SARA.file]["superseded"]["by"] == uploads[2].file
