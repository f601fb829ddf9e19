"""The sample class, graded by the real grader: each submission gets exactly the marks and messages beside it."""

import json
from fnmatch import fnmatch

import pytest
from nbgrader.api import Gradebook

from autograder import assignment
from autograder.report.class_marks import class_rows, records_of
from autograder.report.declared import NOTHING
from sample_class.expected import expected, found
from sample_class.play_ta import mark_explanations
from sample_class.students import STUDENTS

GRADED = [student for student in STUDENTS if student.is_graded]


def ids(students):
    return {"argvalues": students, "ids": [student.situation for student in students]}


@pytest.mark.parametrize("student", **ids(STUDENTS))
def test_a_submission_gets_the_marks_remarks_and_messages_beside_it(graded_class, student):
    assert found(graded_class, student) == expected(student)


@pytest.mark.parametrize("student", **ids(GRADED))
def test_a_submission_loses_the_tests_of_what_is_wrong_and_nothing_else(graded_class, student):
    records = records_of(graded_class / "autograded" / student.number / assignment.NAME)
    names = {f"{record.notebook}/{result.id}" for record in records for result in record.results}
    lost = {f"{r.notebook}/{result.id}" for r in records for result in r.results if result.points != result.max_points}
    assert lost == {name for name in names if any(fnmatch(name, pattern) for pattern in student.loses)}


@pytest.mark.parametrize("student", **ids(GRADED))
def test_the_gradebook_holds_what_the_records_say(graded_class, student):
    with Gradebook(f"sqlite:///{graded_class / 'gradebook.db'}") as gradebook:
        submission = gradebook.find_submission(assignment.NAME, student.number)
        saved = {
            (notebook.name, grade.name): (grade.auto_score, grade.max_score)
            for notebook in submission.notebooks
            for grade in notebook.grades
            if grade.cell_type == "code"
        }
    records = records_of(graded_class / "autograded" / student.number / assignment.NAME)
    assert saved == {(r.notebook, x.id): (x.points, x.max_points) for r in records for x in r.results}


def test_every_check_is_in_the_records_of_every_submission(graded_class, root):
    planned = {
        (name, check.id)
        for name in assignment.NOTEBOOKS
        for check in assignment.checks(assignment.read(assignment.source_folder(root) / f"{name}.ipynb"))
        if not check.by_hand
    }
    for student in GRADED:
        records = records_of(graded_class / "autograded" / student.number / assignment.NAME)
        assert {(record.notebook, result.id) for record in records for result in record.results} == planned


def test_uploads_stay_as_they_came(graded_class):
    names = {path.name for path in (graded_class / "downloaded" / assignment.NAME / "archive").iterdir()}
    assert names == {student.upload for student in STUDENTS}


def test_feedback_shows_messages_and_neither_hidden_tests_nor_marking_schemes(graded_class):
    pages = list((graded_class / "feedback").glob("*/hw2/*.html"))
    assert len(pages) == len(GRADED) * len(assignment.NOTEBOOKS)
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "HIDDEN TESTS" not in text and "MARK SCHEME" not in text and "autograder.oracles" not in text
    wrong = next(student for student in GRADED if student.situation == "softmax gradient without 1/N")
    page = graded_class / "feedback" / wrong.number / "hw2" / "fully_connected_networks.html"
    message = next(iter(expected(wrong)["lost"])).removeprefix("failed: ")
    assert message.split(".")[0] in page.read_text(encoding="utf-8")


def test_plain_nbgrader_autograde_gives_the_same_marks(graded_class, tmp_path, nbgrader):
    """The class was graded through our command line; one submission is graded again by hand."""
    from sample_class.course import make_course

    student = next(student for student in GRADED if student.situation == "a sign wrong in a gradient")
    course = make_course(tmp_path / "course", [student])
    nbgrader(course, "zip_collect", "hw2")
    nbgrader(course, "autograde", "hw2")
    assert found(course, student) == expected(student)


def test_the_perfect_ones_reach_300_once_their_explanations_are_marked(graded_class, tmp_path):
    import shutil

    course = tmp_path / "course"
    shutil.copytree(graded_class, course, symlinks=True)
    perfect = [student.number for student in GRADED if not student.loses]
    assert len(perfect) >= 2
    mark_explanations(course)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        rows = {row.student: row for row in class_rows(course, gradebook)}
    for number in perfect:
        assert rows[number].total == 300


def test_the_class_table_says_whom_a_student_worked_with(graded_class):
    with Gradebook(f"sqlite:///{graded_class / 'gradebook.db'}") as gradebook:
        rows = {row.student: row for row in class_rows(graded_class, gradebook)}
    for student in GRADED:
        assert rows[student.number].declared.collaborators == student.collaborators
        assert (NOTHING in rows[student.number].remarks) == (not student.collaborators)


def test_expected_files_belong_to_submissions(root):
    files = {path.stem for path in (root / "sample_class" / "expected").glob("*.json")}
    assert files == {student.number for student in STUDENTS}
    for path in (root / "sample_class" / "expected").glob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))


def test_a_submission_that_came_too_late_ends_at_zero_whatever_a_person_adds(graded_class, tmp_path, nbgrader):
    import shutil

    course = tmp_path / "course"
    shutil.copytree(graded_class, course, symlinks=True)
    mark_explanations(course)
    late = next(student for student in GRADED if "five days and an hour" in student.situation)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        row = next(row for row in class_rows(course, gradebook) if row.student == late.number)
    assert row.total > 0 and row.final == 0
    nbgrader(course, "generate_feedback", "hw2", "--force", "--student", late.number)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        submission = gradebook.find_submission(assignment.NAME, late.number)
        assert submission.late_submission_penalty == submission.score > 0
    nbgrader(course, "export")
    lines = (course / "grades.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 1 + len(GRADED)
