"""assigned.csv: what a person decided about uploads, one line each: whose they are, and which of several count."""

import re
from dataclasses import dataclass
from pathlib import Path

from ..moment import ascii_digits
from ..tables import read_rows
from .candidates import Candidate
from .spelling import visible

SET_ASIDE = "-"
ALONE, FIRST = "alone", "first"
_USES = ("", ALONE, FIRST)
_HASH = re.compile(r"[0-9a-f]{12,64}")


@dataclass(frozen=True)
class Line:
    """One line: an upload by its name or the first digits of its hash, and whose it is; "-" for nobody's.

    use: ALONE when the student's other uploads do not count, FIRST when its files win over theirs; else it joins them.
    """

    place: str
    file: str
    number: str
    use: str = ""


def read_assigned(path: Path, roster: dict[str, str]) -> list[Line]:
    """The lines of assigned.csv (columns file, number and, if there, use); raises ValueError that names the line."""
    lines = []
    for at, row in read_rows(path, ("file", "number"), optional=("use",)):
        place, number = f"{path}, line {at}", ascii_digits(visible(row["number"]))
        use = visible(row["use"]).casefold()
        if not row["file"] or not re.fullmatch(r"[0-9A-Za-z]{1,32}|-", number):
            raise ValueError(f"{place}: write the upload's name and a student number, or - to set the upload aside")
        if roster and number not in roster and number != SET_ASIDE:
            raise ValueError(f"{place}: student number {number} is not in the roster; correct it or the roster")
        if use not in _USES or (use and number == SET_ASIDE):
            raise ValueError(
                f"{place}: {row['use']!r} is no use: leave it empty, or write {ALONE} or {FIRST} for a student"
            )
        lines.append(Line(place, visible(row["file"]), number, use))
    return lines


def assign(lines: list[Line], candidates: list[Candidate]) -> tuple[dict[Candidate, Line], list[str]]:
    """Upload -> the line about it, and notes on lines without effect; the last line about an upload counts."""
    found: dict[Candidate, Line] = {}
    notes = []
    for line in lines:
        meant = [c for c in candidates if visible(c.file) == line.file] or _by_hash(line, candidates)
        notes += [
            f"{old.place}: {line.place} says otherwise of {line.file!r}, and counts" for old in _each(found, meant)
        ]
        found.update(dict.fromkeys(meant, line))
        if not meant:
            notes.append(f"{line.place}: no upload is called {line.file!r} or has a hash that begins so")
    _one_alone(found)
    return found, notes


def _each(found: dict[Candidate, Line], meant: list[Candidate]) -> list[Line]:
    return list(dict.fromkeys(found[candidate] for candidate in meant if candidate in found))


def _one_alone(found: dict[Candidate, Line]) -> None:
    """Raises ValueError when a student has two uploads that are each to stand alone."""
    alone: dict[str, Line] = {}
    for line in found.values():
        other = alone.setdefault(line.number, line) if line.use == ALONE else line
        if other is not line:
            raise ValueError(f"{line.place}: {other.place} says {ALONE} for {line.number}, too; keep one of the two")


def _by_hash(line: Line, candidates: list[Candidate]) -> list[Candidate]:
    if not _HASH.fullmatch(line.file.lower()):
        return []
    meant = [c for c in candidates if c.sha256.startswith(line.file.lower())]
    if len({c.sha256 for c in meant}) > 1:
        raise ValueError(f"{line.place}: the hashes of several uploads begin with {line.file}; write more of it")
    return meant
