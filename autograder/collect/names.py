"""Who an upload is from: the student number in its name, in whatever digits it is written."""

import csv
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Sender:
    """A student number, in ASCII digits, and the name beside it."""

    number: str
    name: str


class UnknownSender(ValueError):
    """No student could be found for the upload; the message says what to do."""


def sender_of(filename: str, roster: dict[str, str]) -> Sender:
    """The student behind HW2-Name-StudentNumber.zip; raises UnknownSender.

    roster: student number -> name; when it is empty every number is accepted.
    """
    stem = ascii_digits(unicodedata.normalize("NFC", Path(filename).stem))
    numbers = re.findall(r"\d{5,12}", stem)
    if not numbers:
        raise UnknownSender("its name holds no student number; rename it to HW2-Name-StudentNumber.zip")
    known = [number for number in numbers if number in roster]
    if roster and not known:
        raise UnknownSender(f"student number {numbers[-1]} is not in the roster; correct its name or the roster")
    number = (known or numbers)[-1]
    return Sender(number, roster.get(number) or _name_in(stem, number))


def ascii_digits(text: str) -> str:
    """The text with Persian, Arabic and other decimal digits as 0 to 9."""
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def read_roster(path: Path) -> dict[str, str]:
    """Student number -> name from a CSV with the columns number and name; {} when there is no such file."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if not {"number", "name"} <= set(rows.fieldnames or []):
            raise ValueError(f"{path}: the first line must name the columns number and name")
        return {ascii_digits(row["number"]).strip(): row["name"].strip() for row in rows if row["number"]}


def _name_in(stem: str, number: str) -> str:
    rest = stem.replace(number, " ")
    rest = re.sub(r"(?i)^\s*hw\s*2", " ", rest)
    return " ".join(re.sub(r"[-_]+", " ", rest).split())
