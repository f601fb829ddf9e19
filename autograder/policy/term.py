"""What is known of a student's term: other assignments and extensions, from the gradebook and two CSV files."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any, TypeVar

from nbgrader.api import Gradebook

from .. import assignment
from ..course import Course, read_course
from ..moment import ascii_digits, read_moment
from ..tables import read_rows
from .ledger import Entry, Sent, ledger

Value = TypeVar("Value")
TERM, EXTENSIONS = "term.csv", "extensions.csv"


@dataclass(frozen=True)
class Extension:
    """What an instructor granted one student for one assignment."""

    time: timedelta
    reason: str


@dataclass
class Term:
    """The class's term beside this assignment. sent: by (student, assignment); extensions: the same."""

    course: Course
    sent: dict[tuple[str, str], Sent] = field(default_factory=dict)
    extensions: dict[tuple[str, str], Extension] = field(default_factory=dict)

    def ledger_of(self, student: str, own: Sent) -> list[Entry]:
        """The student's ledger, with this assignment as `own` says."""
        others = [sent for (number, name), sent in self.sent.items() if number == student and name != own.assignment]
        return ledger((self._extended(student, sent) for sent in [*others, own]), self.course.late)

    def entry_of(self, student: str, own: Sent) -> Entry:
        """The ledger's line for this assignment."""
        return next(entry for entry in self.ledger_of(student, own) if entry.sent.assignment == own.assignment)

    def _extended(self, student: str, sent: Sent) -> Sent:
        more = self.extensions.get((student, sent.assignment), Extension(timedelta(0), ""))
        return Sent(sent.assignment, sent.deadline, sent.time, sent.extension + more.time, more.reason)


def sent_of(submission: Any, course: Course) -> Sent:
    """A submission of nbgrader's gradebook, which keeps times in UTC without an offset; untimed is in time."""
    deadline = submission.assignment.duedate
    deadline = deadline.replace(tzinfo=UTC) if deadline else course.deadline
    time = submission.timestamp.replace(tzinfo=UTC) if submission.timestamp else deadline
    return Sent(str(submission.name), deadline, time, submission.extension or timedelta(0))


def read_term(root: Path, gradebook: Gradebook) -> Term:
    """The term as term.csv, extensions.csv and the gradebook's other assignments tell it; the CSV counts first.

    Raises ValueError naming the file, the line and what to write there.
    """
    course = read_course(root)
    term = Term(course, _of_gradebook(gradebook, course))
    columns = ("student", "assignment", "deadline", "time")
    term.sent.update(_rows(root / TERM, columns, _sent))
    term.extensions.update(_rows(root / EXTENSIONS, ("student", "assignment", "hours", "reason"), _extension))
    return term


def _of_gradebook(gradebook: Gradebook, course: Course) -> dict[tuple[str, str], Sent]:
    """Every timed submission of the gradebook's other assignments."""
    return {
        (str(submission.student_id), str(entry.name)): sent_of(submission, course)
        for entry in gradebook.assignments
        if entry.name != assignment.NAME and entry.duedate
        for submission in entry.submissions
        if submission.timestamp
    }


def _rows(
    path: Path, columns: tuple[str, ...], read: Callable[[dict[str, str]], Value]
) -> Iterator[tuple[tuple[str, str], Value]]:
    for line, cells in read_rows(path, columns):
        try:
            value = read(cells)
        except ValueError as error:
            raise ValueError(f"{path}, line {line}: {error}") from error
        yield (ascii_digits(cells["student"]), cells["assignment"]), value


def _sent(cells: dict[str, str]) -> Sent:
    return Sent(cells["assignment"], read_moment(cells["deadline"]), read_moment(cells["time"]))


def _extension(cells: dict[str, str]) -> Extension:
    hours = ascii_digits(cells["hours"])
    if not hours.isdigit():
        raise ValueError(f"{cells['hours']!r} is no whole number of hours")
    return Extension(timedelta(hours=int(hours)), cells["reason"])
