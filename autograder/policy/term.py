"""What is known of a student's term: other assignments and extensions, from the gradebook and two CSV files."""

from dataclasses import dataclass, field
from datetime import UTC, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

from .. import assignment
from ..course import Course, read_course
from ..moment import Clock, ascii_digits, read_moment
from ..tables import read_rows, read_table
from .known import Known, known_of
from .ledger import Entry, Sent, ledger

TERM, EXTENSIONS = "term.csv", "extensions.csv"


@dataclass(frozen=True)
class Extension:
    """What an instructor granted one student for one assignment."""

    time: timedelta
    reason: str


@dataclass
class Term:
    """The class's term beside this assignment. sent: by (student, assignment); extensions: the same.

    strangers: numbers in the two files whom nobody has heard of, where no roster could say that they are wrong.
    """

    course: Course
    sent: dict[tuple[str, str], Sent] = field(default_factory=dict)
    extensions: dict[tuple[str, str], Extension] = field(default_factory=dict)
    strangers: list[str] = field(default_factory=list)

    def ledger_of(self, student: str, own: Sent) -> list[Entry]:
        """The student's ledger, with this assignment as `own` says."""
        others = [sent for (number, name), sent in self.sent.items() if number == student and name != own.assignment]
        return ledger((self._extended(student, sent) for sent in [*others, own]), self.course.late)

    def entry_of(self, student: str, own: Sent) -> Entry:
        """The ledger's line for this assignment."""
        return next(entry for entry in self.ledger_of(student, own) if entry.sent.assignment == own.assignment)

    @property
    def notes(self) -> list[str]:
        """What a person has to know of the two files' lines that have no effect."""
        return [
            f"{TERM} or {EXTENSIONS} names {number}, of whom nothing was received: without roster.csv nobody can tell "
            "whether the number is right"
            for number in self.strangers
        ]

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
    course, known = read_course(root), known_of(root, gradebook)
    term = Term(course, _of_gradebook(gradebook, course))
    columns = ("student", "assignment", "deadline", "time")
    term.sent.update(read_table(root / TERM, columns, partial(_sent, known, course.clock)))
    columns = ("student", "assignment", "hours", "reason")
    term.extensions.update(read_table(root / EXTENSIONS, columns, partial(_extension, known)))
    term.strangers = sorted(set(known.strangers))
    return term


def read_extensions(root: Path, roster: dict[str, str]) -> dict[str, timedelta]:
    """What extensions.csv grants for this assignment, by student; what it says of others is not looked at here.

    Raises ValueError that names the line.
    """
    known, found = Known(roster, [assignment.NAME], whole=False), dict[str, timedelta]()
    for line, cells in read_rows(root / EXTENSIONS, ("student", "assignment", "hours", "reason")):
        try:
            if known.is_known(cells["assignment"]):
                (student, _), granted = _extension(known, cells)
                found[student] = granted.time
        except ValueError as error:
            raise ValueError(f"{root / EXTENSIONS}, line {line}: {error}") from error
    return found


def _of_gradebook(gradebook: Gradebook, course: Course) -> dict[tuple[str, str], Sent]:
    """Every timed submission of the gradebook's other assignments."""
    return {
        (str(submission.student_id), str(entry.name)): sent_of(submission, course)
        for entry in gradebook.assignments
        if entry.name != assignment.NAME and entry.duedate
        for submission in entry.submissions
        if submission.timestamp
    }


def _sent(known: Known, clock: Clock, cells: dict[str, str]) -> tuple[tuple[str, str], Sent]:
    student, name = known.student(cells["student"]), known.new_assignment(cells["assignment"])
    if name == assignment.NAME:
        raise ValueError(f"{TERM} is for the term's other assignments; delete the line: {name}'s times come with it")
    return (student, name), Sent(name, read_moment(cells["deadline"], clock), read_moment(cells["time"], clock))


def _extension(known: Known, cells: dict[str, str]) -> tuple[tuple[str, str], Extension]:
    key = known.student(cells["student"]), known.assignment(cells["assignment"])
    hours = ascii_digits(cells["hours"])
    if not hours.isdigit():
        raise ValueError(f"{cells['hours']!r} is no whole number of hours")
    return key, Extension(timedelta(hours=int(hours)), cells["reason"])
