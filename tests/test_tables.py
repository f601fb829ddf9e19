"""Tables that a person keeps: what a line means is plain, or it is refused with file, line and what to write."""

import json
import re
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from nbgrader.api import Gradebook
from test_cli import hw2

from autograder.collect.names import read_roster
from autograder.gradebook import open_gradebook
from autograder.policy.term import EXTENSIONS, TERM, read_term

SARA, ALI = "402100101", "402100102"
HEADS = {
    TERM: "student,assignment,deadline,time",
    EXTENSIONS: "student,assignment,hours,reason",
    "roster.csv": "number,name",
}
SENT = datetime(2023, 11, 14, 20, 29, tzinfo=UTC)  # a day late


@pytest.fixture()
def course(root, tmp_path):
    """A class of two, of whom Sara sent hw2 a day late."""
    for name in ("nbgrader_config.py", "gradebook.db"):
        shutil.copy(root / name, tmp_path)
    write(tmp_path, "roster.csv", f"{SARA},Sara Ahmadi", f"{ALI},Ali Rezaei")
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as gradebook:
        gradebook.add_student(SARA)
        gradebook.add_submission("hw2", SARA, timestamp=SENT.replace(tzinfo=None))
    return tmp_path


def write(course, table, *lines):
    (course / table).write_text("\n".join([HEADS[table], *lines]) + "\n", encoding="utf-8")


def term_of(course):
    with open_gradebook(course) as gradebook:
        return read_term(course, gradebook)


@pytest.mark.parametrize(
    "number, name",
    [
        (SARA, "HW2"),
        (f" {SARA} ", " hw2 "),
        ("۴۰۲۱۰۰۱۰۱", "HW۲"),
        ("402-100-101", "hw-02"),
        (f"'{SARA}", "\u200fHw 2"),
    ],
)
def test_an_extension_is_granted_however_student_and_assignment_are_spelled(course, name, number):
    write(course, EXTENSIONS, f"{number},{name},۲۴,ill")
    done = hw2(course, "late", "--json") if (name, number) == ("HW2", SARA) else None
    assert done is None or json.loads(done.stdout)["late"] == {SARA: "in time"}, done.stderr
    assert term_of(course).extensions[SARA, "hw2"].time == timedelta(hours=24)


@pytest.mark.parametrize("name", ["HW1", "hw 1", "hw۱"])
def test_an_assignment_of_the_term_is_one_in_both_tables(course, name):
    write(
        course,
        TERM,
        "۴۰۲۱۰۰۱۰۱,hw1,1402-07-10 23:59,1402/07/12 23:59",
        f"{ALI},{name},1402-07-10 23:59,1402-07-10 8:00",
    )
    write(course, EXTENSIONS, f"{SARA},{name},12,")
    term = term_of(course)
    assert {key: sent.time - sent.deadline for key, sent in term.sent.items()} == {
        (SARA, "hw1"): timedelta(days=2),
        (ALI, "hw1"): -timedelta(hours=15, minutes=59),
    }
    assert list(term.extensions) == [(SARA, "hw1")]


REFUSED = [
    (EXTENSIONS, "402100199,hw2,24,", "student number 402100199 is not in the roster; correct it or the roster"),
    (EXTENSIONS, "Sara Ahmadi,hw2,24,", f"'Sara Ahmadi' is a name, and no student number; write {SARA}"),
    (EXTENSIONS, "سارا,hw2,24,", "'سارا' is no student number"),
    (EXTENSIONS, ",hw2,24,", "'' is no student number"),
    (EXTENSIONS, f"{SARA},hw3,24,", "no assignment 'hw3' is known; write hw2"),
    (EXTENSIONS, f"{SARA},,24,", "no assignment '' is known"),
    (EXTENSIONS, f"{SARA},hw2,one day,", "'one day' is no whole number of hours"),
    (EXTENSIONS, f"{SARA},hw2,24,ill, at home", "has more cells than the first line"),
    (EXTENSIONS, f'{SARA},hw2,24,"ill', "see that each quotation mark is closed"),
    (TERM, f"{SARA},hw2,2023-10-01 23:59,2023-10-01 23:59", "is for the term's other assignments; delete the line"),
    (TERM, f"{SARA},,2023-10-01 23:59,2023-10-01 23:59", "names no assignment"),
    (TERM, "402100199,hw1,2023-10-01 23:59,2023-10-01 23:59", "is not in the roster"),
    (TERM, f"{SARA},hw1,1023-10-01 23:59,2023-10-01 23:59", "the year 1023 cannot be"),
    (TERM, f"{SARA},hw1,1402-12-30 23:59,1402-12-01 23:59", "no time of the Persian calendar"),
    ("roster.csv", "Neda,402100103", "'Neda' is no student number; correct it"),
    ("roster.csv", "402100103,Ahmadi, Neda", "has more cells than the first line"),
]


@pytest.mark.parametrize("table, line, said", REFUSED)
def test_a_line_that_would_have_no_effect_is_refused(course, table, line, said):
    before = (course / table).read_text(encoding="utf-8").splitlines()[1:] if (course / table).exists() else []
    write(course, table, *before, line)
    with pytest.raises(ValueError, match=rf"{table}, line {len(before) + 2}: .*{re.escape(said)}"):
        term_of(course)
    done = hw2(course, "late")
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr


def test_two_lines_that_contradict_each_other_are_refused_and_two_equal_ones_are_not(course):
    write(course, EXTENSIONS, f"{SARA},hw2,24,ill", f"{SARA},HW2,24,ill")
    assert len(term_of(course).extensions) == 1
    write(course, EXTENSIONS, f"{SARA},hw2,24,ill", f"{SARA},HW2,48,ill")
    with pytest.raises(ValueError, match=f"line 3: line 2 says something else of {SARA} and hw2; keep one of the two"):
        term_of(course)


def test_without_a_roster_a_number_that_nobody_knows_is_said(course):
    (course / "roster.csv").unlink()
    write(course, EXTENSIONS, f"{SARA},hw2,24,", "402100199,hw2,24,")
    done = hw2(course, "status")
    assert done.returncode == 1 and "without effect: term.csv or extensions.csv names 402100199" in done.stdout
    assert SARA not in done.stdout.partition("without effect")[2]
    assert "402100199" in json.loads(hw2(course, "late", "--json").stdout)["tables"][0]


@pytest.mark.parametrize("text", ['number,name\n1,"a\n2,b\n', 'number,name\n1,"a"b\n', 'number,name\n1,a\n"2,b'])
def test_a_table_whose_quotation_marks_swallow_lines_is_refused(tmp_path, text):
    (tmp_path / "roster.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"roster\.csv, line [23]: .*see that each quotation mark is closed"):
        read_roster(tmp_path / "roster.csv")
