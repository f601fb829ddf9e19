"""Grading many: stopping and going on, and what a person gave, change nothing."""

import os
import signal
import subprocess
import sys
import time

import pytest
from nbgrader.api import Gradebook

from autograder import assignment
from autograder.batch.run import autograde, is_graded, submitted
from autograder.batch.worker import GRADING
from autograder.stages import run
from sample_class.course import make_course
from sample_class.students import STUDENTS

CHEAP = [student for student in STUDENTS if student.situation == "untouched hand-out"]


def marks(course):
    """Everything in the gradebook that a mark is made of."""
    found = {}
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        for submission in gradebook.assignment_submissions(assignment.NAME):
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    key = (submission.student_id, notebook.name, grade.name)
                    found[key] = (grade.auto_score, grade.manual_score, grade.needs_manual_grade)
    return found


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A submission that is quick to grade, graded without a disturbance."""
    folder = make_course(tmp_path_factory.mktemp("batch") / "course", CHEAP)
    assert run(folder, "zip_collect", silent=True) == 0
    assert autograde(folder, workers=2, silent=True) == {}
    return folder


def test_every_submission_is_graded_and_nothing_is_left_over(course):
    assert submitted(course) == sorted(student.number for student in CHEAP)
    assert all(is_graded(course, student.number) for student in CHEAP)
    assert not (course / GRADING).exists()


def test_what_is_graded_is_not_graded_again(course):
    records = list((course / "autograded").rglob("results/*.json"))
    before = {path: path.stat().st_mtime_ns for path in records}
    assert autograde(course, workers=1, silent=True) == {}
    assert {path: path.stat().st_mtime_ns for path in records} == before


def test_a_run_that_is_killed_ends_the_same_when_it_is_started_again(course, tmp_path):
    undisturbed = marks(course)
    again = make_course(tmp_path / "course", CHEAP)
    assert run(again, "zip_collect", silent=True) == 0
    command = [sys.executable, "-m", "autograder.cli", "--root", str(again), "autograde"]
    process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not (again / GRADING).exists() and process.poll() is None:
        time.sleep(0.1)
    time.sleep(8)  # in the middle of a notebook
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert autograde(again, workers=2, silent=True) == {}
    assert marks(again) == undisturbed


def test_marks_and_comments_that_a_person_gave_survive_regrading(course):
    student = CHEAP[0].number
    name = assignment.PRACTICALS[1]
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        entry = gradebook.find_submission_notebook(name, assignment.NAME, student)
        task = next(grade for grade in entry.grades if grade.cell_type == "markdown")
        task.manual_score, task.needs_manual_grade = 2.5, False
        test = next(grade for grade in entry.grades if grade.cell_type == "code")
        test.manual_score = 1.0  # the TA overrules the test
        entry.comments[0].manual_comment = "nearly"
        gradebook.db.commit()
        chosen = (task.name, test.name, entry.comments[0].name)
    assert autograde(course, workers=2, again=True, silent=True) == {}
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        find = (name, assignment.NAME, student)
        task, test = (gradebook.find_grade(id, *find) for id in chosen[:2])
        assert (task.manual_score, task.needs_manual_grade) == (2.5, False)
        assert (test.manual_score, test.auto_score, test.needs_manual_grade) == (1.0, 0.0, True)
        assert gradebook.find_comment(chosen[2], *find).manual_comment == "nearly"
