"""The course and its rules, as course.toml says them: names, deadline, late days, where to send and to ask."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from . import assignment
from .moment import EXAMPLES, Clock, local_moment, read_written

FILE = "course.toml"
CHECKOUT = Path(__file__).resolve().parent.parent  # what this package lies in


@dataclass(frozen=True)
class Words:
    """A text in both languages of the course."""

    en: str
    fa: str


@dataclass(frozen=True)
class LateRules:
    """Late days as the homework sheet states them; the properties are what the arithmetic needs."""

    days_an_assignment: int
    days_a_term: int
    percent_a_day: int

    @property
    def most_hours(self) -> int:
        """Later than this is kept but not accepted."""
        return self.days_an_assignment * 24

    @property
    def free_hours(self) -> int:
        """Free over all assignments of the term."""
        return self.days_a_term * 24

    @property
    def cost_per_hour(self) -> Fraction:
        """The share of the assignment's marks that an hour costs which is not free."""
        return Fraction(self.percent_a_day, 100) / 24


@dataclass(frozen=True)
class Course:
    """What course.toml says. hand_out: the address from which Colab fetches the zip, or nothing."""

    name: Words
    term: Words
    lecturer: Words
    zone: ZoneInfo
    deadline: datetime
    late: LateRules
    upload: Words
    zip_name: str
    github: bool
    ask: Words
    hand_out: str

    @property
    def clock(self) -> Clock:
        """How times in the course's tables are read: within three years around the term."""
        year = timedelta(days=366)
        return Clock(self.zone, self.deadline - year, self.deadline + 2 * year)


def course_file(root: Path) -> Path:
    """course.toml of the course folder; where it holds none, the one beside this package."""
    own = root / FILE
    return own if own.exists() else CHECKOUT / FILE


def read_course(root: Path) -> Course:
    """The course of this course folder. Raises ValueError that names the file, the key and what to write there."""
    path = course_file(root)
    try:
        found = _flat(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise ValueError(f"{path} is missing: put it back, with the deadline and the rules") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} is no TOML file: {error}; mend that line") from error
    for key in found.keys() - _KEYS.keys():
        raise ValueError(f"{path}, {key}: no such setting; delete it, or take one of {', '.join(_KEYS)}")
    read = {key: _read(path, key, found) for key in _KEYS}
    try:
        read[_DEADLINE] = local_moment(read[_DEADLINE], read["time_zone"])
    except ValueError as error:
        raise ValueError(f"{path}, {_DEADLINE}: {error}") from error
    return _course(read)


def _course(read: dict[str, Any]) -> Course:
    def words(key: str) -> Words:
        return Words(read[f"{key}.en"], read[f"{key}.fa"])

    return Course(
        name=words("name"),
        term=words("term"),
        lecturer=words("lecturer"),
        zone=read["time_zone"],
        deadline=read[_DEADLINE],
        late=LateRules(*(read[f"late.{key}"] for key in ("days_an_assignment", "days_a_term", "percent_a_day"))),
        upload=words("hand_in.place"),
        zip_name=read["hand_in.zip_name"],
        github=read["hand_in.github"],
        ask=words("questions.place"),
        hand_out=read["colab.hand_out"],
    )


def _flat(table: dict[str, Any], above: str = "") -> dict[str, Any]:
    """The settings of a table and of those in it, by their dotted keys."""
    found: dict[str, Any] = {}
    for key, value in table.items():
        found |= _flat(value, f"{above}{key}.") if isinstance(value, dict) else {f"{above}{key}": value}
    return found


def _read(path: Path, key: str, found: dict[str, Any]) -> Any:
    reader, example = _KEYS[key]
    if key not in found:
        raise ValueError(f"{path}, {key}: is missing; add it, such as {key} = {example}")
    try:
        return reader(found[key])
    except ValueError as error:
        raise ValueError(f"{path}, {key}: {error}; write it as {key} = {example}") from error


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{value!r} is no text")
    return value.strip()


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(f"{value!r} is no whole number from 0 on")
    return value


def _percent(value: Any) -> int:
    if _count(value) > 100:
        raise ValueError(f"{value!r} is more than 100 percent")
    return _count(value)


def _yes_or_no(value: Any) -> bool:
    if type(value) is not bool:
        raise ValueError(f"{value!r} is neither true nor false")
    return value


def _zone(value: Any) -> ZoneInfo:
    try:
        return ZoneInfo(_text(value))
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(f"{value!r} is no time zone that this machine knows") from error


def _local(value: Any) -> datetime:
    """A time without an offset, as TOML's own kind or as text, in either calendar and any digits."""
    time, offset = read_written(str(value))
    if offset is not None:
        raise ValueError(f"{str(value)!r} has an offset, but a deadline is local time in time_zone")
    if not 2000 <= time.year < 2100:
        raise ValueError(f"{str(value)!r} is a year that cannot be; a deadline is such as {EXAMPLES}")
    return time


def _zip_name(value: Any) -> str:
    if not all(part in _text(value) for part in ("Name", "StudentNumber")) or re.search(r'[\\/:*?"<>|]', value):
        raise ValueError(f"{value!r} is no name of a file with Name and StudentNumber in it")
    return _text(value)


def _address(value: Any) -> str:
    if value != "" and not re.fullmatch(r'https?://[^\s"\\]+', str(value)):
        raise ValueError(f"{value!r} is no address of a file on the web, and not empty")
    return str(value)


_DEADLINE = f"deadlines.{assignment.NAME}"
_WORDS = ("name", "term", "lecturer", "hand_in.place", "questions.place")
_KEYS: dict[str, tuple[Callable[[Any], Any], str]] = {
    **{f"{key}.{language}": (_text, '"..."') for key in _WORDS for language in ("en", "fa")},
    "time_zone": (_zone, '"Asia/Tehran"'),
    _DEADLINE: (_local, '"2023-11-13T23:59"'),
    "late.days_an_assignment": (_count, "5"),
    "late.days_a_term": (_count, "20"),
    "late.percent_a_day": (_percent, "10"),
    "hand_in.zip_name": (_zip_name, '"HW2-Name-StudentNumber"'),
    "hand_in.github": (_yes_or_no, "true"),
    "colab.hand_out": (_address, '"https://.../HW2.zip"'),
}
