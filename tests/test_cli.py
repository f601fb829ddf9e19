"""The command line says what is missing and what to do, in words and in exit codes."""

import json
import shutil
import subprocess
import sys

import pytest


def hw2(folder, *words):
    command = [sys.executable, "-m", "autograder.cli", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


@pytest.fixture()
def course(root, tmp_path):
    for name in ("nbgrader_config.py", "gradebook.db"):
        shutil.copy(root / name, tmp_path)
    return tmp_path


def test_help_names_every_stage_the_order_of_the_night_and_the_exit_codes(root):
    said = hw2(root, "--help").stdout
    for verb in (
        "release",
        "lint",
        "pack",
        "collect",
        "autograde",
        "status",
        "late",
        "similarity",
        "feedback",
        "export",
    ):
        assert f"\n    {verb}" in said
    assert "a grading night" in said and "exit codes: 0 done" in said


def test_help_of_a_verb_says_what_it_reads_and_writes(root):
    said = hw2(root, "collect", "--help").stdout
    for part in ("times.csv", "roster.csv", "assigned.csv", "--json"):
        assert part in said


def test_a_folder_that_is_no_course_is_refused(tmp_path):
    done = hw2(tmp_path, "table")
    assert done.returncode == 2 and "holds no nbgrader_config.py" in done.stderr


@pytest.mark.parametrize(
    "verb, part", [("collect", "holds no uploads: put the zips there"), ("autograde", "run hw2 collect first")]
)
def test_a_stage_without_its_input_says_what_to_do(course, verb, part):
    done = hw2(course, verb)
    assert done.returncode == 2 and part in done.stderr and "Traceback" not in done.stderr
    assert part in json.loads(hw2(course, verb, "--json").stdout)["error"]


def test_a_class_that_is_not_graded_yet_is_an_empty_table(course):
    done = hw2(course, "table")
    assert done.returncode == 0 and "No submission has been graded yet" in done.stdout


def test_status_says_of_everybody_in_the_roster_what_is_next(course):
    (course / "roster.csv").write_text("number,name\n402100101,Sara Ahmadi\n")
    done = hw2(course, "status")
    assert done.returncode == 1 and "nothing was received" in done.stdout
    (student,) = json.loads(hw2(course, "status", "--json").stdout)["students"]
    assert (student["student"], student["graded"], student["received"]) == ("402100101", "no", None)


@pytest.mark.parametrize(
    "file, text, said",
    [
        (
            "term.csv",
            "student,assignment\n",
            "the first line must name the columns student, assignment, deadline, time",
        ),
        ("term.csv", "student,assignment,deadline,time\n1,hw1,2023-10-01,x\n", "term.csv, line 2: '2023-10-01' has no"),
        ("extensions.csv", "student,assignment,hours,reason\n1,hw2,a day,ill\n", "line 2: 'a day' is no whole number"),
    ],
)
def test_a_table_that_cannot_be_read_is_named_with_the_line_and_the_repair(course, file, text, said):
    (course / file).write_text(text)
    for verb in ("late", "autograde"):
        (course / "submitted" / "402100101" / "hw2").mkdir(parents=True, exist_ok=True)
        done = hw2(course, verb)
        assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr
    assert not (course / "autograded").exists()
