"""The command line says what is missing and what to do."""

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


def test_help_names_every_stage(root):
    said = hw2(root, "--help").stdout
    for verb in ("release", "lint", "pack", "collect", "autograde", "feedback", "export", "report", "table"):
        assert verb in said


def test_a_folder_that_is_no_course_is_refused(tmp_path):
    done = hw2(tmp_path, "table")
    assert done.returncode == 2 and "holds no nbgrader_config.py" in done.stderr


@pytest.mark.parametrize(
    "verb, part", [("collect", "holds no uploads: put the zips there"), ("autograde", "run hw2 collect first")]
)
def test_a_stage_without_its_input_says_what_to_do(course, verb, part):
    done = hw2(course, verb)
    assert done.returncode == 1 and part in done.stderr and "Traceback" not in done.stderr


def test_a_class_that_is_not_graded_yet_is_an_empty_table(course):
    done = hw2(course, "table")
    assert done.returncode == 0 and "No submission has been graded yet" in done.stdout
