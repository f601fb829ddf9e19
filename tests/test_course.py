"""course.toml: what it may say, and that one date changed there is changed everywhere."""

import io
import json
import re
import shutil
from contextlib import redirect_stdout
from datetime import UTC, datetime, timedelta

import pytest

from autograder import assignment, preparing
from autograder.course import FILE, read_course
from autograder.gradebook import open_gradebook
from autograder.moment import both_calendars
from autograder.policy.late_lines import late_lines
from autograder.policy.term import read_term, sent_of
from autograder.release.colab import colab_cells_in_step
from autograder.release.step import due_date, due_date_in_step

NEXT_YEAR = datetime(2024, 11, 12, 19, 30, tzinfo=UTC)  # 23:00 in Tehran


def test_the_course_is_the_homework_sheets(root):
    course = read_course(root)
    assert course.deadline == datetime(2023, 11, 13, 20, 29, tzinfo=UTC)
    assert (course.late.most_hours, course.late.free_hours, course.late.cost_per_hour * 240) == (120, 480, 1)
    assert (course.zip_name, course.github) == ("HW2-Name-StudentNumber", True)


def change(root, folder, **settings):
    """course.toml of the folder, with the lines of these keys written anew; None takes a line out."""
    text = (root / FILE).read_text(encoding="utf-8")
    for key, value in settings.items():
        line = "" if value is None else f"{key} = {value}\n"
        text, found = re.subn(rf"^{key} = .*\n", lambda _, line=line: line, text, flags=re.MULTILINE)
        assert found == 1
    (folder / FILE).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "key, value, said",
    [
        ("hw2", '"1402-08-31T23:59"', "deadlines.hw2: '1402-08-31T23:59' is no time of the Persian calendar"),
        ("hw2", '"1023-11-13T23:59"', "deadlines.hw2: '1023-11-13T23:59': the year 1023 cannot be"),
        ("hw2", '"2023-11-13"', "deadlines.hw2: '2023-11-13' has no time of day"),
        ("hw2", '"2023-11-13T23:59+03:30"', "has an offset, but a deadline is local time"),
        ("hw2", '"Monday"', "deadlines.hw2: 'Monday' is no date with a time of day"),
        ("hw2", None, "deadlines.hw2: is missing; add it, such as deadlines.hw2 = \"2023-11-13T23:59\""),
        ("time_zone", '"Asia/Teheran"', "time_zone: 'Asia/Teheran' is no time zone"),
        ("percent_a_day", "110", "late.percent_a_day: 110 is more than 100 percent"),
        ("days_a_term", '"20"', "late.days_a_term: '20' is no whole number"),
        ("github", '"yes"', "hand_in.github: 'yes' is neither true nor false"),
        ("zip_name", '"HW2"', "hand_in.zip_name: 'HW2' is no name of a file with Name and StudentNumber"),
        ("hand_out", '"~/HW2.zip"', "colab.hand_out: '~/HW2.zip' is no address"),
        ("lecturer", '{ en = "", fa = "x" }', "lecturer.en: '' is no text"),
        ("github", "true\ncolour = 1", "hand_in.colour: no such setting; delete it, or take one of"),
        ("github", "tru", "is no TOML file"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_named_with_file_key_and_repair(root, tmp_path, key, value, said):
    change(root, tmp_path, **{key: value})
    with pytest.raises(ValueError, match=f"^{re.escape(str(tmp_path / FILE))}.*{re.escape(said)}"):
        read_course(tmp_path)


def test_persian_digits_and_tomls_own_times_are_deadlines_too(root, tmp_path):
    for value in ('"۲۰۲۴-۱۱-۱۲T۲۳:۰۰"', "2024-11-12T23:00:00", '"1403-08-22 23:00"', '"۱۴۰۳/۸/۲۲ ۲۳:۰۰"'):
        change(root, tmp_path, hw2=value)
        assert read_course(tmp_path).deadline == NEXT_YEAR


def test_a_course_folder_without_the_file_takes_the_one_beside_the_package(root, tmp_path):
    assert read_course(tmp_path) == read_course(root)


@pytest.fixture(scope="module")
def next_year(root, tmp_path_factory):
    """A copied course whose course.toml has other rules; what lint said; then released anew."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copytree(root / "source", folder / "source", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("nbgrader_config.py", "gradebook.db"):
        shutil.copy(root / name, folder)
    address = '"https://course.example/HW2.zip"'
    change(root, folder, hw2='"2024-11-12T23:00"', days_an_assignment=3, percent_a_day=20, hand_out=address)
    before = [*due_date_in_step(folder), *colab_cells_in_step(folder)]
    with redirect_stdout(io.StringIO()) as printed:
        assert preparing.release(folder) == 0
    return folder, before, printed.getvalue()


def test_a_changed_deadline_is_out_of_step_until_it_is_released(next_year):
    folder, before, printed = next_year
    assert printed.startswith("the due date has been changed (before: gradebook.db: hw2 is due Mon 13 Nov 2023")
    assert before[0].startswith(
        "gradebook.db: hw2 is due Mon 13 Nov 2023, 23:59:00 Tehran (22 Aban 1402), "
        "course.toml says Tue 12 Nov 2024, 23:00:00 Tehran (22 Aban 1403); run make release"
    )
    assert [*due_date_in_step(folder), *colab_cells_in_step(folder)] == []
    assert due_date(folder) == NEXT_YEAR


def test_the_readme_follows(next_year):
    text = (next_year[0] / "release" / "hw2" / "README.md").read_text(encoding="utf-8")
    assert "Due Tuesday 12 November 2024 (22 Aban 1403), 23:00, Tehran time" in text
    assert "سه‌شنبه ۲۲ آبان ۱۴۰۳ (۲۰۲۴/۱۱/۱۲)، ساعت ۲۳:۰۰ به وقت تهران" in text
    assert "up to 3 days for one homework and 20 days over the term" in text and "تا ۳ روز برای هر تمرین" in text
    assert "a day costs 20 % of the marks" in text and "۲۰ درصد" in text


def test_the_colab_cells_follow(next_year):
    folder, before, _ = next_year
    assert (
        'theory, cell colab: fetches "", course.toml says "https://course.example/HW2.zip"; run make release' in before
    )
    for step in ("source", "release"):
        for name in assignment.NOTEBOOKS:
            text = (folder / step / "hw2" / f"{name}.ipynb").read_text(encoding="utf-8")
            assert json.dumps('HAND_OUT = "https://course.example/HW2.zip"')[1:-1] in text


def test_late_lines_follow(next_year):
    folder, *_ = next_year
    with open_gradebook(folder) as gradebook:
        gradebook.add_student("402100101")
        late = (NEXT_YEAR + timedelta(days=4)).replace(tzinfo=None)
        submission = gradebook.add_submission("hw2", "402100101", timestamp=late)
        term = read_term(folder, gradebook)
        sent = sent_of(submission, term.course)
        lines = late_lines(term.ledger_of("402100101", sent), "hw2", term.course)
    assert lines[0] == f"Deadline: {both_calendars(NEXT_YEAR, term.course.zone)}"
    assert lines[-1] == "More than 72 hours (3 days): kept, but not accepted, so it counts 0 points."


def test_a_gradebook_without_a_due_date_is_judged_by_course_toml(root):
    class Untimed:
        name, timestamp, extension = "hw2", None, None
        assignment = type("Assignment", (), {"duedate": None})

    assert sent_of(Untimed(), read_course(root)).deadline == read_course(root).deadline
