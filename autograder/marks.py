"""The marks of one notebook in a gradebook: found with one question, changed by the names of its cells.

nbgrader's own way, a question and a commit for each cell, takes seconds a student.
"""

from dataclasses import dataclass, field
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
)

from . import assignment
from .marked import Place, answers_entered, enter_answers


@dataclass(frozen=True)
class Marks:
    """Of one notebook, by the names of the cells. A score that is None is a person's to give.

    held: the tests whose score stands and which wait for a person all the same. answers: of what a person marks, the
    digest of the answer.
    """

    scores: dict[str, float | None]
    comments: dict[str, str | None]
    answers: dict[str, str] = field(default_factory=dict)
    held: frozenset[str] = frozenset()


def marks_of(gradebook: Gradebook, notebook: str, student: str) -> Marks:
    """What the gradebook holds of a notebook that has been graded."""
    grades = _grades(gradebook, notebook, student)
    return Marks(
        {name: grade.auto_score for name, grade in grades.items()},
        {name: comment.auto_comment for name, comment in _comments(gradebook, notebook, student).items()},
        answers_entered(gradebook.db, Place(student, notebook)),
        frozenset(name for name, grade in grades.items() if grade.needs_manual_grade and grade.manual_score is None),
    )


def enter(gradebook: Gradebook, notebook: str, student: str, marks: Marks) -> None:
    """Put the marks of tests and the comments into the gradebook.

    What a person gave stays: of a test it is shown for review, of an answer that changed it is put away and shown.
    Nothing is committed. Raises KeyError for a cell that the marks or the gradebook lack.
    """
    for name, grade in _same(_grades(gradebook, notebook, student), marks.scores).items():
        grade.auto_score = marks.scores[name]
        waits = grade.auto_score is None or name in marks.held
        grade.needs_manual_grade = waits or grade.manual_score is not None
    comments = _same(_comments(gradebook, notebook, student), marks.comments)
    for name, comment in comments.items():
        comment.auto_comment = marks.comments[name]
    questions = _grades(gradebook, notebook, student, by_hand=True)
    enter_answers(gradebook.db, Place(student, notebook), marks.answers, questions, comments)
    gradebook.db.flush()
    gradebook.db.expire_all()  # scores are sums that the database makes


def points_of(gradebook: Gradebook, notebook: str) -> dict[str, float]:
    """The points of each test as `hw2 release` has put them into the gradebook."""
    found = gradebook.db.query(GradeCell.name, GradeCell.max_score).filter(GradeCell.cell_type == "code")
    found = found.join(Notebook, Notebook.id == GradeCell.notebook_id)
    found = found.join(Assignment, Assignment.id == Notebook.assignment_id)
    return dict(found.filter(Assignment.name == assignment.NAME, Notebook.name == notebook).tuples())


def _grades(gradebook: Gradebook, notebook: str, student: str, by_hand: bool = False) -> dict[str, Grade]:
    """Of the test cells, or of the questions, which are a person's to grade."""
    kind: Any = TaskCell if by_hand else GradeCell
    rows = gradebook.db.query(Grade, kind.name).join(kind, kind.id == Grade.cell_id)
    return _by_name(rows if by_hand else rows.filter(GradeCell.cell_type == "code"), Grade, notebook, student)


def _comments(gradebook: Gradebook, notebook: str, student: str) -> dict[str, Comment]:
    rows = gradebook.db.query(Comment, BaseCell.name).join(BaseCell, BaseCell.id == Comment.cell_id)
    return _by_name(rows, Comment, notebook, student)


def _by_name(rows: Any, kind: type[Grade] | type[Comment], notebook: str, student: str) -> dict[str, Any]:
    rows = (
        rows.join(SubmittedNotebook, SubmittedNotebook.id == kind.notebook_id)
        .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .join(Student, Student.id == SubmittedAssignment.student_id)
    )
    right = rows.filter(Notebook.name == notebook, Assignment.name == assignment.NAME, Student.id == student)
    return {name: entry for entry, name in right}


def _same(entries: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    if entries.keys() != given.keys():
        raise KeyError(f"gradebook and graded notebook differ in cells: {sorted(entries.keys() ^ given.keys())}")
    return entries
