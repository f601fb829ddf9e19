"""A release after somebody was graded: what marks hang on stays as it is, or nothing at all is changed."""

import re
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from sampling import takes_minutes

from autograder import assignment
from autograder.batch.run import alone, autograde
from autograder.gradebook import open_gradebook
from autograder.release.cells import Key, cells_of
from autograder.release.step import files_below
from autograder.report.class_marks import class_rows
from autograder.report.page import write_report
from autograder.stages import run
from sample_class.course import ROOT, make_course
from sample_class.state import gradebook_of
from sample_class.students import STUDENTS

NAME = "forward_forward_supervised"
UNTOUCHED = next(student for student in STUDENTS if student.situation == "untouched hand-out")


@pytest.fixture()
def course(tmp_path):
    """One student has a submission in the gradebook, and a person gave it a mark."""
    folder = make_course(tmp_path / "course", [])
    (folder / "theory").symlink_to(ROOT / "theory")
    with open_gradebook(folder) as gradebook:
        gradebook.add_student("402100101")
        gradebook.add_submission("hw2", "402100101")
        grade = gradebook.find_submission_notebook(NAME, "hw2", "402100101").grades[0]
        grade.manual_score, grade.needs_manual_grade = 1.5, False
        gradebook.db.commit()
    return folder


def edit(course, change, name=NAME):
    path = course / "source" / "hw2" / f"{name}.ipynb"
    notebook = assignment.read(path)
    change(notebook)
    nbformat.write(notebook, path)


def first(notebook, kind):
    return next(cell for cell in notebook.cells if kind(cell))


def release(course):
    command = [sys.executable, "-m", "autograder.cli", "--root", str(course), "release"]
    return subprocess.run(command, capture_output=True, text=True)


def state(course):
    """All bytes that a release may change, and whatever lies about."""
    released = files_below(course / "release")
    return released, (course / "gradebook.db").read_bytes(), sorted(path.name for path in course.glob(".release*"))


def released(course):
    return (course / "release" / "hw2" / f"{NAME}.ipynb").read_bytes()


def test_cell(name):
    cell = new_code_cell("# It is a new property. (2 points)\n# Hint: none.\nassert True")
    cell.metadata["nbgrader"] = {
        "grade": True, "grade_id": name, "locked": True, "points": 2, "schema_version": 3, "solution": False,
        "task": False, "cell_type": "code",
    }  # fmt: skip
    return cell


test_cell.__test__ = False


def given_cell(name, text):
    cell = new_markdown_cell(text)
    cell.metadata["nbgrader"] = {
        "grade": False, "grade_id": name, "locked": True, "schema_version": 3, "solution": False, "task": False,
        "cell_type": "markdown",
    }  # fmt: skip
    return cell


def rename(notebook):
    first(notebook, assignment.is_test).metadata.nbgrader.grade_id = "renamed"


def drop(kind):
    return lambda notebook: notebook.cells.remove(first(notebook, kind))


def answers(notebook):
    return [cell for cell in notebook.cells if assignment.is_answer(cell)]


def test_what_marks_hang_on_cannot_come_or_go_and_nothing_is_changed(course):
    before = state(course)
    edit(course, lambda notebook: notebook.cells.append(test_cell("one_more")))
    edit(course, rename)
    edit(course, drop(assignment.is_task), "forward_forward_unsupervised")
    edit(course, drop(assignment.is_test), "fully_connected_networks")
    edit(course, lambda notebook: notebook.cells.remove(answers(notebook)[-1]), "theory")
    done = release(course)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert done.stderr.startswith("hw2 release: nothing was changed. 1 submissions have marks")
    lines = [line.strip() for line in done.stderr.splitlines() if line.startswith("  ")]
    assert len(lines) == 6 and f"{NAME}, cell one_more: a test was added" in lines
    assert f"{NAME}, cell renamed: a test was added" in lines
    for name, said in (
        (NAME, "a test is gone"), ("fully_connected_networks", "a test is gone"), ("theory", "an answer cell is gone"),
        ("forward_forward_unsupervised", "a question is gone"),
    ):  # fmt: skip
        assert any(line.startswith(f"{name}, cell ") and line.endswith(said) for line in lines), lines
    assert "give it 0 points" in done.stderr and state(course) == before


def test_a_source_that_cannot_be_made_into_a_release_changes_nothing(course):
    before = state(course)
    edit(course, lambda notebook: notebook.cells.append(test_cell("twice")))
    edit(course, lambda notebook: notebook.cells.append(test_cell("twice")))
    assert release(course).returncode == 2
    assert state(course) == before


def test_a_locked_cell_may_come_and_go_and_other_points_are_told_with_what_they_do_to_marks(course):
    def more(notebook, points=3):
        first(notebook, assignment.is_test).metadata.nbgrader.points += points

    marks = gradebook_of(course)
    edit(course, lambda notebook: notebook.cells.insert(2, given_cell("note", "A note: read page 3 first.")))
    edit(course, more)
    done = release(course)
    assert done.returncode == 0, done.stderr
    assert f"{NAME}, cell note: a given cell was added" in done.stdout
    assert re.search(r", cell \w+: [12] points? before, [45] now\n", done.stdout)
    assert "The marks of 1 submissions were given by the cells as they were, and stand" in done.stdout
    assert "read page 3 first" in (course / "release" / "hw2" / f"{NAME}.ipynb").read_text()
    assert gradebook_of(course) == marks
    edit(course, lambda notebook: notebook.cells.pop(2))
    edit(course, lambda notebook: more(notebook, -3))
    assert f"{NAME}, cell note: a given cell is gone" in release(course).stdout
    assert gradebook_of(course) == marks and released(course) == released(ROOT)
    with open_gradebook(course) as ours, open_gradebook(ROOT) as theirs:
        assert cells_of(ours) == cells_of(theirs)


def test_while_a_class_is_graded_nothing_is_released(course):
    edit(course, lambda notebook: notebook.cells.insert(2, given_cell("note", "A note.")))
    before = state(course)
    with alone(course):
        done = release(course)
    assert done.returncode == 2 and "is grading" in done.stderr and state(course) == before


@takes_minutes
def test_before_anybody_is_graded_every_cell_may_come_and_go_and_the_gradebook_may_be_a_new_one(course):
    with open_gradebook(course) as gradebook:
        gradebook.remove_student("402100101")
    edit(course, drop(assignment.is_test))
    edit(course, lambda notebook: notebook.cells.append(test_cell("one_more")))
    assert release(course).returncode == 0
    with open_gradebook(course) as gradebook:
        changed, kernel = cells_of(gradebook), gradebook.find_notebook(NAME, "hw2").kernelspec
    assert Key(NAME, "one_more", "test") in changed
    (course / "release" / "hw2" / "theory.ipynb").write_text("{")  # a release that was damaged is mended
    (course / "gradebook.db").unlink()
    assert release(course).returncode == 0
    with open_gradebook(course) as gradebook:
        assert (cells_of(gradebook), gradebook.find_notebook(NAME, "hw2").kernelspec) == (changed, kernel)
        assert gradebook.find_assignment("hw2").duedate is not None
    assert assignment.read(course / "release" / "hw2" / "theory.ipynb").cells
    before = state(course)
    assert release(course).returncode == 0 and state(course) == before  # in step: the very bytes stay


def test_a_test_of_no_points_is_out_of_the_sum(tmp_path):
    course = make_course(tmp_path / "course", [UNTOUCHED])
    (course / "theory").symlink_to(ROOT / "theory")
    assert run(course, "zip_collect", silent=True) == 0
    assert autograde(course, workers=1, silent=True) == {}

    def void(notebook):
        cell = first(notebook, assignment.is_test)
        cell.metadata.nbgrader.points = 0

    edit(course, void)
    edit(course, lambda notebook: notebook.cells.insert(2, given_cell("note", "A note.")))
    before = maximum(course)
    assert release(course).returncode == 0
    assert autograde(course, workers=1, again=True, silent=True) == {}
    assert maximum(course) < before
    with open_gradebook(course) as gradebook:
        assert [row.student for row in class_rows(course, gradebook)] == [UNTOUCHED.number]
    assert write_report(course).exists()


def maximum(course):
    with open_gradebook(course) as gradebook:
        return gradebook.find_submission_notebook(NAME, "hw2", UNTOUCHED.number).max_score
