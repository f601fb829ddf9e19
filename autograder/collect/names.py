"""Who an upload is from: the student number in its name, in whatever digits it is written; the roster confirms."""

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..moment import ascii_digits
from ..tables import read_table
from .spelling import likeness, same_script, visible

_PREFIX = re.compile(r"(?i)(?:h\s*w|homework|تمر[یي]ن|تکل[یي]ف)[\s_.-]*0?2(?=\D|\d{5}|$)")
_HALF_SPACE = re.compile("[\u200b\u200c]")  # unlike other signs that cannot be seen they part words
_LIKE = 0.7
_ADDED = re.compile(r"(?i)\(\d+\)|\b(copy( of)?|کپی|hw\d*|homework|final|تمرین|پاسخ|نهایی)\b|\d{4,}")


@dataclass(frozen=True)
class Sender:
    """A student number, in ASCII digits, and the name beside it."""

    number: str
    name: str


class UnknownSender(ValueError):
    """No student could be found for the upload; the message says what to do."""


def sender_of(filename: str, roster: dict[str, str]) -> Sender:
    """The student behind HW2-Name-StudentNumber.zip; raises UnknownSender.

    roster: student number -> name; when it is empty every number is accepted. filename: below archive/; where its own
    name holds no number, those of its folders are read.
    """
    path = PurePosixPath(filename)
    numbers: list[str] = []
    for part in (path.stem, *reversed(path.parts[:-1])):
        here = numbers_in(part)
        known = list(dict.fromkeys(number for number in here if number in roster)) or _split(part, roster)
        if len(known) > 1:
            raise UnknownSender(f"its name holds {' and '.join(known)}; say in assigned.csv whose it is")
        if known:
            return Sender(known[0], roster[known[0]])
        if here and not roster:
            return Sender(here[-1], name_in(part))
        numbers += here
    if not numbers:
        raise UnknownSender(
            "its name holds no student number; add a line to assigned.csv, or rename it to HW2-Name-StudentNumber.zip"
        )
    raise UnknownSender(f"student number {numbers[-1]} is not in the roster; correct its name or the roster")


def numbers_in(text: str) -> list[str]:
    """Everything in a text that can be a student number, the HW2 before it taken off; the likeliest last."""
    plain, parted = _plain(text), _plain(_HALF_SPACE.sub(" ", text))
    every = (plain, _PREFIX.sub(" ", plain), parted, _PREFIX.sub(" ", parted))
    return list(dict.fromkeys(number for each in every for number in re.findall(r"\d{5,12}", each)))


def _plain(text: str) -> str:
    return ascii_digits(visible(text))


def _split(text: str, roster: dict[str, str]) -> list[str]:
    """Roster numbers whose digits were written in groups, such as 402-100-101."""
    runs = re.split(r"[\s._-]", _plain(text))
    found = []
    for first in range(len(runs)):
        whole = ""
        for run in runs[first : first + 6]:
            if not run.isdigit():
                break
            whole += run
            found += [whole] if whole in roster else []
    return list(dict.fromkeys(found))


def name_in(text: str) -> str:
    """What is left of a file's name without homework, number and what copying adds: the student's name."""
    plain = re.sub(r"[-_.]+", " ", _PREFIX.sub(" ", _plain(text)))
    return " ".join(_ADDED.sub(" ", plain).split())


def read_roster(path: Path) -> dict[str, str]:
    """Student number -> name from a CSV with the columns number and name; {} when there is no such file.

    Raises ValueError that names the line when a number cannot be one, or stands there for two names.
    """
    return read_table(path, ("number", "name"), _on_roster)


def _on_roster(row: dict[str, str]) -> tuple[str, str]:
    number = ascii_digits(visible(row["number"]))
    if not re.fullmatch(r"(?=\D*\d)[0-9A-Za-z]{1,32}", number):
        raise ValueError(f"{row['number']!r} is no student number; correct it")
    return number, row["name"]


def is_around(folder: str, student: str) -> bool:
    """True for a folder that is called as the homework or its student, and says nothing of what lies in it.

    A name in another script than the roster's cannot be compared: beside homework and number it is taken for the same.
    """
    rest, is_homework, has_number = name_in(folder), bool(_PREFIX.search(_plain(folder))), bool(numbers_in(folder))
    if not rest or likeness(rest, student) >= _LIKE:
        return is_homework or has_number
    return is_homework and has_number and not same_script(rest, student)
