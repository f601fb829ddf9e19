"""Marks that a person gave, by the answer they were given on, in a table of ours in the class's gradebook.

A mark counts for the answer that it was given on. When the answer changes it is put away here, in the transaction that
enters the new answer; it is shown where the new one waits to be marked, and counts again if the answer comes back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nbgrader.api import Comment, Grade
from sqlalchemy import Boolean, Column, Float, Integer, MetaData, String, Table, Text, select, update
from sqlalchemy.orm import Session

_MARKED = Table(
    "hw2_marked",
    MetaData(),
    Column("student", String(128), primary_key=True),
    Column("notebook", String(128), primary_key=True),
    Column("cell", String(128), primary_key=True),
    Column("answer", String(64), primary_key=True),
    Column("turn", Integer, nullable=False),  # later answers have higher ones
    Column("current", Boolean, nullable=False),  # what the gradebook's own mark is for
    Column("score", Float()),
    Column("extra_credit", Float()),
    Column("comment", Text()),
)


@dataclass(frozen=True)
class Place:
    """The answers of one notebook of one student."""

    student: str
    notebook: str


def answers_entered(session: Session, place: Place) -> dict[str, str]:
    """Cell -> the digest of the answer that the gradebook's mark is for."""
    return {row.cell: row.answer for row in _rows(session, place) if row.current}


def enter_answers(
    session: Session, place: Place, answers: Mapping[str, str], grades: Mapping[str, Any], comments: Mapping[str, Any]
) -> None:
    """Put away marks of answers that are no longer there, take out those of answers that are back. Commits nothing."""
    rows: dict[str, list[Any]] = {}
    for row in _rows(session, place):
        rows.setdefault(row.cell, []).append(row)
    for cell, answer in answers.items():
        grade, comment, known = grades.get(cell), comments.get(cell), rows.get(cell, [])
        current = next((row for row in known if row.current), None)
        if current is not None and current.answer != answer:
            _put_away(session, current, grade, comment)
            _take_out(grade, comment, next((row for row in known if row.answer == answer), None))
        if current is None or current.answer != answer:
            _note(session, place, cell, answer, known)
        before = _last_marked(session, place, cell)
        if comment is not None and before is not None and (grade is None or grade.manual_score is None):
            comment.auto_comment = _told(before, grade)


def _rows(session: Session, place: Place) -> list[Any]:
    _MARKED.create(session.connection(), checkfirst=True)
    theirs = (_MARKED.c.student == place.student) & (_MARKED.c.notebook == place.notebook)
    return list(session.execute(select(_MARKED).where(theirs).order_by(_MARKED.c.turn)))


def _put_away(session: Session, row: Any, grade: Grade | None, comment: Comment | None) -> None:
    """Note what the gradebook says now beside the answer that it is for."""
    values = {
        "current": False,
        "score": grade.manual_score if grade is not None else None,
        "extra_credit": grade.extra_credit if grade is not None else None,
        "comment": comment.manual_comment if comment is not None else None,
    }
    session.execute(update(_MARKED).where(*(_MARKED.c[key] == row._mapping[key] for key in _KEY)).values(values))


_KEY = ("student", "notebook", "cell", "answer")


def _take_out(grade: Grade | None, comment: Comment | None, row: Any) -> None:
    """What was given on this answer before, or nothing; without a mark it waits for a person."""
    if grade is not None:
        grade.manual_score = row.score if row is not None else None
        grade.extra_credit = row.extra_credit if row is not None else None
        grade.needs_manual_grade = grade.manual_score is None
    if comment is not None:
        comment.manual_comment = row.comment if row is not None else None


def _note(session: Session, place: Place, cell: str, answer: str, known: list[Any]) -> None:
    turn = 1 + max((row.turn for row in known), default=0)
    key = {"student": place.student, "notebook": place.notebook, "cell": cell, "answer": answer}
    if any(row.answer == answer for row in known):
        same = (_MARKED.c[name] == value for name, value in key.items())
        session.execute(update(_MARKED).where(*same).values(current=True, turn=turn))
    else:
        session.execute(_MARKED.insert().values(**key, current=True, turn=turn))


def _last_marked(session: Session, place: Place, cell: str) -> Any:
    """The last answer before the present one that a person said something of."""
    marked = (row for row in _rows(session, place) if row.cell == cell and not row.current)
    return next((row for row in reversed(list(marked)) if row.score is not None or row.comment), None)


def _told(row: Any, grade: Grade | None) -> str:
    """What the marker reads in the empty box of the comment."""
    mark = f"was marked {row.score:g} of {grade.max_score:g}" if row.score is not None and grade else "had a comment"
    said = f"; comment then: {row.comment}" if row.comment else ""
    return f"Before it changed, this answer {mark}{said}"
