"""When an upload came in, and that nbgrader reads the same instant."""

import os
import subprocess
from datetime import UTC, datetime

import pytest
from nbgrader.api import Gradebook
from nbgrader.utils import parse_utc

from autograder.collect.times import read_listing, read_times, stamp
from sample_class.uploads.every import make_upload_course
from sample_class.uploads.named import NAMED


def times_csv(folder, *lines):
    path = folder / "times.csv"
    path.write_text("\n".join(["file,time", *lines]) + "\n", encoding="utf-8")
    return path


def test_a_time_in_tehran_is_the_same_instant_in_nbgrader(tmp_path):
    times = read_times(times_csv(tmp_path, "a.zip,2023-11-13T23:59:00+03:30", "b.zip,2023-11-14T03:29:00+0330"))
    assert times["a.zip"] == datetime(2023, 11, 13, 20, 29, tzinfo=UTC)
    for time in times.values():
        assert parse_utc(stamp(time)) == time.replace(tzinfo=None)


def test_persian_digits_are_read(tmp_path):
    times = read_times(times_csv(tmp_path, "a.zip,۲۰۲۳-۱۱-۱۳T۲۳:۵۹:۰۰+۰۳:۳۰"))
    assert times["a.zip"] == datetime(2023, 11, 13, 20, 29, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2023-11-13T23:59:00", "yesterday"])
def test_a_time_that_could_be_misread_is_refused_with_its_line(tmp_path, text):
    with pytest.raises(ValueError, match=r"a\.zip.*\+03:30"):
        read_times(times_csv(tmp_path, f"a.zip,{text}"))


@pytest.mark.parametrize("text", ["2023-11-13T23:59:00", "yesterday", "1402-08-22", ""])
def test_a_wrong_time_is_named_with_its_line(tmp_path, text):
    with pytest.raises(ValueError, match=r"times\.csv, line 3"):
        read_times(times_csv(tmp_path, "a.zip,2023-11-13T23:59+03:30", f"b.zip,{text}"))


def test_spreadsheets_semicolons_and_spaces_are_read(tmp_path):
    path = tmp_path / "times.csv"
    path.write_text("File; Time\nHW2-علی\u200c-1.zip;2023-11-13 23:59:30 +0330\n\n", encoding="utf-8-sig")
    assert read_times(path) == {"HW2-علی-1.zip": datetime(2023, 11, 13, 20, 29, 30, tzinfo=UTC)}


def test_a_listing_is_read_as_ls_writes_it(tmp_path):
    folder = tmp_path / "folder of uploads"
    (folder / "a folder").mkdir(parents=True)
    for name in ("HW2-Sara Ahmadi-1.zip", "HW2-علی-۲.zip"):
        (folder / name).write_bytes(b"12345")
        os.utime(folder / name, (1699900000, 1699900000.25))
    words = ["ls", "-l", "--time-style=full-iso", str(folder)]
    for zone in ("Asia/Tehran", "UTC", "America/New_York"):
        said = subprocess.run(words, capture_output=True, text=True, env={**os.environ, "TZ": zone}).stdout
        (tmp_path / "listing.txt").write_text(said, encoding="utf-8")
        when = (datetime(2023, 11, 13, 18, 26, 40, tzinfo=UTC), 5)
        assert read_listing(tmp_path / "listing.txt") == {"HW2-Sara Ahmadi-1.zip": when, "HW2-علی-۲.zip": when}


@pytest.mark.parametrize("offset", ["+03:30", "+0330", "Z", "-05:00"])
def test_what_is_written_to_timestamp_txt_is_the_same_instant_for_nbgrader(tmp_path, nbgrader, offset):
    course = make_upload_course(tmp_path / "course", NAMED[:1])
    (course / "downloaded/hw2/times.csv").write_text(f"file,time\n{NAMED[0].file},2023-11-13T23:59:00{offset}\n")
    nbgrader(course, "zip_collect", "hw2")
    written = (course / "submitted" / NAMED[0].number / "hw2" / "timestamp.txt").read_text()
    moment = datetime.fromisoformat(f"2023-11-13T23:59:00{offset}").astimezone(UTC)
    assert parse_utc(written) == moment.replace(tzinfo=None)
    assert parse_utc(written.strip()).isoformat() == moment.replace(tzinfo=None).isoformat()
    with Gradebook(f"sqlite:///{tmp_path / 'trial.db'}") as gradebook:
        gradebook.add_assignment("hw2", duedate="2023-11-13T20:29:00+00:00")
        gradebook.add_student("1")
        submission = gradebook.add_submission("hw2", "1", timestamp=parse_utc(written))
        late = (moment - datetime(2023, 11, 13, 20, 29, tzinfo=UTC)).total_seconds()
        assert submission.total_seconds_late == max(0, late)
