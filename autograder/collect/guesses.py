"""Whose an upload may be that names no student of the roster: guesses for a person, never a decision."""

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from .names import name_in, numbers_in
from .reading import Reading
from .spelling import distance, likeness

MOST_GUESSES = 5
_MOST_DIGITS_OFF = 2
_LIKE = 0.7
_SURE, _LESS = 3.0, {1: 2.0, 2: 0.8}


@dataclass
class _Guess:
    weight: float = 0.0
    why: list[str] = field(default_factory=list)

    def add(self, weight: float, why: str) -> None:
        self.weight += weight
        if why not in self.why:
            self.why.append(why)


def guesses(file: str, reading: Reading, roster: dict[str, str]) -> list[dict[str, Any]]:
    """The students that the upload is most likely from, best first: number, name and why."""
    found: dict[str, _Guess] = {}
    for where, numbers, names in _clues(file, reading):
        for number in numbers:
            _by_number(found, where, number, roster)
        for name in names:
            _by_name(found, where, name, roster)
    if not roster:
        for number in reading.numbers:
            found.setdefault(number, _Guess()).add(_SURE, "STUDENT_NUMBER in its notebooks")
    best = sorted(found.items(), key=lambda item: (-item[1].weight, item[0]))[:MOST_GUESSES]
    return [{"number": number, "name": roster.get(number, ""), "why": "; ".join(g.why)} for number, g in best]


def _clues(file: str, reading: Reading) -> list[tuple[str, list[str], list[str]]]:
    """Where something was written, and the numbers and names there."""
    parts = [PurePosixPath(file).stem, *PurePosixPath(file).parts[:-1]]
    inside = [name_in(folder) for folder in reading.folders]
    return [
        ("its name", [n for part in parts for n in numbers_in(part)], [name_in(part) for part in parts]),
        ("its notebooks", reading.numbers, reading.names),
        ("the folder in it", [n for folder in reading.folders for n in numbers_in(folder)], inside),
    ]


def _by_number(found: dict[str, _Guess], where: str, number: str, roster: dict[str, str]) -> None:
    if number in roster:
        found.setdefault(number, _Guess()).add(_SURE, f"student number in {where}")
        return
    for known in roster:
        off = distance(number, known) if abs(len(number) - len(known)) <= _MOST_DIGITS_OFF else len(known)
        if off <= _MOST_DIGITS_OFF:
            digits = "one digit" if off == 1 else f"{off} digits"
            found.setdefault(known, _Guess()).add(_LESS[off], f"{digits} from {number} in {where}")


def _by_name(found: dict[str, _Guess], where: str, name: str, roster: dict[str, str]) -> None:
    for number, known in roster.items():
        like = likeness(name, known)
        if like >= _LIKE:
            found.setdefault(number, _Guess()).add(2 * like, f"the name {name!r} in {where}")
