"""When an upload came in, and that nbgrader reads the same instant."""

import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import jdatetime
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbgrader.api import Gradebook
from nbgrader.utils import parse_utc

from autograder.collect.times import read_listing, read_times, stamp
from autograder.course import read_course
from autograder.moment import Clock, read_moment
from sample_class.uploads.every import make_upload_course
from sample_class.uploads.named import NAMED

ROOT = Path(__file__).resolve().parent.parent
CLOCK = read_course(ROOT).clock
TEHRAN = CLOCK.zone


def times_csv(folder, *lines):
    path = folder / "times.csv"
    path.write_text("\n".join(["file,time", *lines]) + "\n", encoding="utf-8")
    return path


def test_a_time_in_tehran_is_the_same_instant_in_nbgrader(tmp_path):
    times = read_times(times_csv(tmp_path, "a.zip,2023-11-13T23:59:00+03:30", "b.zip,2023-11-14T03:29:00+0330"), CLOCK)
    assert times["a.zip"] == datetime(2023, 11, 13, 20, 29, tzinfo=UTC)
    for time in times.values():
        assert parse_utc(stamp(time)) == time.replace(tzinfo=None)


def test_persian_digits_are_read(tmp_path):
    times = read_times(times_csv(tmp_path, "a.zip,۲۰۲۳-۱۱-۱۳T۲۳:۵۹:۰۰+۰۳:۳۰"), CLOCK)
    assert times["a.zip"] == datetime(2023, 11, 13, 20, 29, tzinfo=UTC)


def test_a_time_without_an_offset_is_of_the_courses_time_zone(tmp_path):
    times = read_times(times_csv(tmp_path, "a.zip,2023-11-13T23:59:00", "b.zip,۱۴۰۲/۰۸/۲۲ ساعت ۲۳:۵۹"), CLOCK)
    assert set(times.values()) == {datetime(2023, 11, 13, 20, 29, tzinfo=UTC)}


WRONG = {
    "yesterday": "no date with a time of day, the year first; write it such as",
    "": "no date with a time of day",
    "1402-08-22": "has no time of day",
    "22/08/1402 23:59": "the year first",
    "1402-12-31 10:00": "no time of the Persian calendar: day is out of range for month",
    "1402-12-30 10:00": "no time of the Persian calendar",  # not a leap year
    "۱۴۰۲/۰۷/۳۱ ۱۰:۰۰": "no time of the Persian calendar",
    "2023-02-29 10:00": "no time of the Gregorian calendar",
    "2023-11-13 25:00": "hour must be in 0..23",
    "0023-11-13T23:59+03:30": "the year 0023 cannot be",
    "1023-11-13T23:59": "the year 1023 cannot be",
    "2123-11-13T23:59": "outside this course",
    "1409-08-22 23:59": "is 2030-11-13, which lies outside this course",
    "2023-11-13T23:59+33:00": "no place on earth has this offset",
    "2023-11-13T11:59 PM": "no date with a time of day",
    "2023-11-13" + " " * 5000 + "x": "no date with a time of day",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_time_is_named_with_its_line_and_what_to_write(tmp_path, text):
    with pytest.raises(ValueError, match=r"times\.csv, line 3: of b\.zip: ") as refused:
        read_times(times_csv(tmp_path, "a.zip,2023-11-13T23:59+03:30", f"b.zip,{text}"), CLOCK)
    assert WRONG[text] in str(refused.value)


def test_a_leap_day_of_the_persian_calendar_is_a_day():
    assert read_moment("1403-12-30 10:00", CLOCK) == datetime(2025, 3, 20, 6, 30, tzinfo=UTC)


def test_a_time_that_clocks_left_out_or_showed_twice_is_refused():
    summer = Clock(ZoneInfo("Europe/Berlin"), CLOCK.first, CLOCK.last)
    with pytest.raises(ValueError, match="never was in Berlin, where clocks were set forward"):
        read_moment("2024-03-31 02:30", summer)
    with pytest.raises(ValueError, match=r"was twice in Berlin.*write its offset"):
        read_moment("2023-10-29 02:30", summer)
    assert read_moment("2023-10-29 02:30+01:00", summer) == datetime(2023, 10, 29, 1, 30, tzinfo=UTC)


def in_thirty_ways(moment):
    """The same moment as people write it."""
    there = moment.astimezone(TEHRAN)
    persian = jdatetime.date.fromgregorian(date=there.date())
    for year, month, day in ((there.year, there.month, there.day), (persian.year, persian.month, persian.day)):
        for by in "-/.":
            for between, offset in (
                (" ", ""),
                ("T", "+03:30"),
                (" ساعت ", " +0330"),
                ("، ", "UTC+3:30"),
                ("t", "+330"),
            ):
                yield f"{year}{by}{month:02}{by}{day:02}{between}{there:%H:%M:%S}{offset}"
                yield f"{year}{by}{month}{by}{day}{between}{there.hour}:{there:%M:%S}.000{offset}"
    yield from (f"{moment:%Y-%m-%dT%H:%M:%S}Z", f"{moment:%Y%m%dT%H%M%S}+0000", f"{there:%Y%m%d %H%M%S}")


DIGITS = st.sampled_from(["0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"])


@given(
    st.datetimes(datetime(2023, 1, 1), datetime(2025, 11, 1)), DIGITS, st.sampled_from(["", "\u200f", "\u2067", " "])
)
def test_the_same_moment_however_it_is_written_reads_equal(time, digits, unseen):
    moment = time.replace(microsecond=0, tzinfo=UTC)
    for text in in_thirty_ways(moment):
        written = unseen + text.translate(str.maketrans("0123456789", digits)) + unseen
        assert read_moment(written, CLOCK) == moment, written


def test_a_year_that_cannot_be_is_refused_in_a_listing_too(tmp_path):
    listing = tmp_path / "listing.txt"
    listing.write_text("total 1\n-rw-r--r-- 1 a b 5 1970-01-01 03:30:00.000000000 +0330 a.zip\n")
    with pytest.raises(ValueError, match=r"listing\.txt, line 2: of a\.zip: .*outside this course"):
        read_listing(listing, CLOCK)


def test_times_of_the_persian_calendar_make_late_whoever_was_late(tmp_path, nbgrader):
    uploads = NAMED[:2]
    course = make_upload_course(tmp_path / "course", uploads)
    rows = zip((u.file for u in uploads), ("۱۴۰۲-۰۸-۲۲T۲۳:۵۹+03:30", "1402/08/23 01:00"), strict=True)
    table = course / "downloaded/hw2/times.csv"
    table.write_text("file,time\n" + "".join(f"{file},{time}\n" for file, time in rows), encoding="utf-8")
    nbgrader(course, "zip_collect", "hw2")
    late = [
        parse_utc((course / "submitted" / u.number / "hw2" / "timestamp.txt").read_text())
        - CLOCK.first.astimezone(UTC).replace(tzinfo=None)
        - timedelta(days=366)
        for u in uploads
    ]
    assert late == [timedelta(0), timedelta(hours=1, minutes=1)]


def test_spreadsheets_semicolons_and_spaces_are_read(tmp_path):
    path = tmp_path / "times.csv"
    path.write_text("File; Time\nHW2-علی\u200c-1.zip;2023-11-13 23:59:30 +0330\n\n", encoding="utf-8-sig")
    assert read_times(path, CLOCK) == {"HW2-علی-1.zip": datetime(2023, 11, 13, 20, 29, 30, tzinfo=UTC)}


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
        assert read_listing(tmp_path / "listing.txt", CLOCK) == {"HW2-Sara Ahmadi-1.zip": when, "HW2-علی-۲.zip": when}


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
