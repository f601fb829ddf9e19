"""The gradebook in a real PostgreSQL server: the same marks as in SQLite."""

import subprocess
import sys

import nbformat
import pytest
from sampling import takes_minutes

from autograder import assignment, grading
from autograder.batch.run import autograde
from autograder.gradebook import open_gradebook, spoken
from autograder.stages import run
from sample_class.chaos import many
from sample_class.course import make_course
from sample_class.servers import Postgres, program
from sample_class.state import gradebook_of, records_of_class

pytest.importorskip("psycopg2", reason="needs the driver: pip install '.[scale]'")
pytestmark = pytest.mark.skipif(not program("initdb"), reason="PostgreSQL is not installed: apt-get install postgresql")


@pytest.fixture(scope="module")
def server():
    server = Postgres()
    yield server
    server.close()


@pytest.fixture(scope="module")
def course(tmp_path_factory, server):
    """A graded course whose gradebook is in PostgreSQL, the assignment's entry made by `hw2 release`."""
    course = collected(tmp_path_factory.mktemp("postgres"))
    (course / "gradebook.db").unlink()
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(f'\nc.CourseDirectory.db_url = "{server.url}"\n')
    assert hw2(course, "release").returncode == 0
    assert autograde(course, workers=2, silent=True) == {}
    return course


def collected(folder):
    course = make_course(folder / "course", many(2, cheap=True))
    assert run(course, "zip_collect", silent=True) == 0
    return course


def hw2(course, *words):
    command = [sys.executable, "-m", "autograder.cli", "--root", str(course), *words]
    return subprocess.run(command, capture_output=True, text=True)


@takes_minutes
def test_marks_and_records_are_those_of_sqlite(course, tmp_path):
    sqlite = collected(tmp_path)
    assert autograde(sqlite, workers=2, silent=True) == {}
    assert gradebook_of(course) == gradebook_of(sqlite) and len(gradebook_of(course)) > 400
    assert records_of_class(course) == records_of_class(sqlite)
    assert not (course / "gradebook.db").exists()


def test_nbgrader_and_hw2_read_their_marks_there(course, nbgrader):
    student = many(1, cheap=True)[0].number
    with open_gradebook(course) as gradebook:
        task = next(
            grade
            for grade in gradebook.find_submission_notebook("theory", assignment.NAME, student).grades
            if grade.cell_type == "markdown"
        )
        task.manual_score, task.needs_manual_grade = 1.5, False
        gradebook.db.commit()
    nbgrader(course, "export")
    assert "1.5" in next(line for line in (course / "grades.csv").read_text().splitlines() if student in line)
    assert grading.status(course) == 1 and grading.table(course) == 0 and grading.report(course) == 0
    said = nbgrader(course, "generate_feedback", assignment.NAME, "--student", student)
    assert "ERROR" not in said and (course / "feedback" / student / assignment.NAME / "theory.html").exists()


def test_an_answer_that_changed_waits_with_its_old_mark_there_too(course, nbgrader):
    student = many(2, cheap=True)[1].number
    path = course / "submitted" / student / assignment.NAME / f"{assignment.WRITTEN}.ipynb"
    answered = assignment.read(path)
    task = next(assignment.grade_id(cell) for cell in answered.cells if assignment.is_task(cell))
    asked = (task, assignment.WRITTEN, assignment.NAME, student)
    with open_gradebook(course) as gradebook:
        grade = gradebook.find_grade(*asked)
        grade.manual_score, grade.needs_manual_grade = 2.0, False
        gradebook.db.commit()
    for cell in answered.cells:
        if cell.cell_type == "markdown" and assignment.is_answer(cell):
            cell.source = "Another answer."
    nbformat.write(answered, path)
    words = ("--notebook", assignment.WRITTEN, "--student", student, "--force")
    nbgrader(course, "autograde", assignment.NAME, *words)
    with open_gradebook(course) as gradebook:
        grade = gradebook.find_grade(*asked)
        assert grade.manual_score is None and grade.needs_manual_grade
        assert "was marked 2 of" in gradebook.find_comment(*asked).auto_comment


def test_a_server_that_is_gone_is_told_in_a_sentence_and_the_marks_are_there_when_it_is_back(course, server):
    before = gradebook_of(course)
    server.kill()
    for verb in ("autograde", "table"):
        done = hw2(course, verb)
        assert done.returncode == 2 and "does not answer" in done.stderr and "Traceback" not in done.stderr
    server.start()
    assert gradebook_of(course) == before
    assert hw2(course, "autograde").returncode == 0


def test_a_password_is_never_shown():
    assert spoken("postgresql://hw2:secret@db.example/hw2") == "postgresql://hw2:***@db.example/hw2"
