"""When an upload came in, and that nbgrader reads the same instant."""

from datetime import UTC, datetime

import pytest
from nbgrader.utils import parse_utc

from autograder.collect.times import read_times, stamp, time_of


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


def test_without_a_line_the_time_of_the_file_counts_with_a_remark(tmp_path):
    upload = tmp_path / "a.zip"
    upload.write_bytes(b"")
    _, remarks = time_of(upload, {})
    assert remarks == ["a.zip is not in times.csv: the time of the file was taken"]
