"""assigned.csv: uploads that a person gave to a student, or set aside, by one line each."""

import re
from dataclasses import dataclass
from pathlib import Path

from ..moment import ascii_digits
from ..tables import read_rows
from .candidates import Candidate
from .spelling import visible

SET_ASIDE = "-"
_HASH = re.compile(r"[0-9a-f]{12,64}")


@dataclass(frozen=True)
class Line:
    """One line: an upload by its name or the first digits of its hash, and whose it is; "-" for nobody's."""

    place: str
    file: str
    number: str


def read_assigned(path: Path, roster: dict[str, str]) -> list[Line]:
    """The lines of assigned.csv (columns file and number); raises ValueError that names the line."""
    lines = []
    for at, row in read_rows(path, ("file", "number")):
        place, number = f"{path}, line {at}", ascii_digits(visible(row["number"]))
        if not row["file"] or not re.fullmatch(r"[0-9A-Za-z]{1,32}|-", number):
            raise ValueError(f"{place}: write the upload's name and a student number, or - to set the upload aside")
        if roster and number not in roster and number != SET_ASIDE:
            raise ValueError(f"{place}: student number {number} is not in the roster; correct it or the roster")
        lines.append(Line(place, visible(row["file"]), number))
    return lines


def assign(lines: list[Line], candidates: list[Candidate]) -> tuple[dict[Candidate, str], list[str]]:
    """Upload -> number, and notes on lines that name no upload; the last line about an upload counts."""
    found: dict[Candidate, str] = {}
    notes = []
    for line in lines:
        meant = [c for c in candidates if visible(c.file) == line.file] or _by_hash(line, candidates)
        found.update(dict.fromkeys(meant, line.number))
        if not meant:
            notes.append(f"{line.place}: no upload is called {line.file!r} or has a hash that begins so")
    return found, notes


def _by_hash(line: Line, candidates: list[Candidate]) -> list[Candidate]:
    if not _HASH.fullmatch(line.file.lower()):
        return []
    meant = [c for c in candidates if c.sha256.startswith(line.file.lower())]
    if len({c.sha256 for c in meant}) > 1:
        raise ValueError(f"{line.place}: the hashes of several uploads begin with {line.file}; write more of it")
    return meant
