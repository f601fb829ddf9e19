"""Whom and what a line of a table means: students and assignments, spelled as people spell them, or nobody and none."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.api import Gradebook

from .. import assignment
from ..collect.names import read_roster
from ..collect.spelling import visible
from ..moment import ascii_digits


@dataclass
class Known:
    """Students by number with their names, and assignments; whole: whether the roster says who is in the class."""

    names: dict[str, str]
    assignments: list[str]
    whole: bool
    strangers: list[str] = field(default_factory=list)  # numbers that nobody can confirm

    def student(self, text: str) -> str:
        """The number that a cell means. Raises ValueError that says what to write."""
        number = re.sub(r"[\s'’-]", "", ascii_digits(visible(text)))
        for known in self.names:
            if known.casefold() == number.casefold():
                return known
        meant = [known for known, name in self.names.items() if name and name.casefold() == visible(text).casefold()]
        if len(meant) == 1:
            raise ValueError(f"{text!r} is a name, and no student number; write {meant[0]}, if that is who is meant")
        if not re.fullmatch(r"[0-9A-Za-z]{1,32}", number):
            raise ValueError(f"{text!r} is no student number; write the number that stands in roster.csv")
        if self.whole:
            raise ValueError(f"student number {number} is not in the roster; correct it or the roster")
        self.strangers.append(number)
        return number

    def assignment(self, text: str) -> str:
        """The assignment that a cell means. Raises ValueError that says which there are."""
        if found := self._spelled(text):
            return found
        raise ValueError(
            f"no assignment {text!r} is known; write {' or '.join(self.assignments)}, or give its deadline in term.csv"
        )

    def is_known(self, text: str) -> bool:
        """True when a cell means one of the assignments."""
        return self._spelled(text) is not None

    def new_assignment(self, text: str) -> str:
        """The same where a line itself may tell of an assignment. Raises ValueError for an empty cell."""
        if not visible(text):
            raise ValueError("names no assignment; write one, such as hw1")
        if not (found := self._spelled(text)):
            found = visible(text)
            self.assignments.append(found)
        return found

    def _spelled(self, text: str) -> str | None:
        same = [known for known in self.assignments if _folded(known) == _folded(text)]
        return text if text in same else same[0] if same else None


def known_of(root: Path, gradebook: Gradebook) -> Known:
    """Who is in roster.csv, submitted/ or the gradebook, and the gradebook's assignments."""
    roster = read_roster(root / "roster.csv")
    others: Iterable[str] = (path.parent.name for path in (root / "submitted").glob(f"*/{assignment.NAME}"))
    numbers = {*others, *(str(student.id) for student in gradebook.students)}
    names = {**dict.fromkeys(sorted(numbers), ""), **roster}
    assignments = [assignment.NAME, *(str(entry.name) for entry in gradebook.assignments)]
    return Known(names, list(dict.fromkeys(assignments)), whole=bool(roster))


def _folded(name: str) -> str:
    """Without case, white space, strokes and leading zeros, in ASCII digits: HW 02 is hw2."""
    plain = re.sub(r"[\s_-]", "", ascii_digits(visible(name))).casefold()
    return re.sub(r"(?<!\d)0+(?=\d)", "", plain)
