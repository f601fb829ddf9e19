"""Moments: read as people of this course write them, in either calendar, and shown as they read them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import jdatetime

EXAMPLES = "2023-11-13T23:59 or 1402-08-22 23:59"
_PERSIAN = range(1300, 1500)  # years of the Persian calendar; in the other one nobody hands anything in
_DATE = r"(?P<year>\d{4})\s*(?P<by>[-/.])\s*(?P<month>\d{1,2})\s*(?P=by)\s*(?P<day>\d{1,2})"
_DATE_AT_ONCE = r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)"
_TIME = r"(?P<hour>\d{1,2})\s*:\s*(?P<minute>\d\d)(?:\s*:\s*(?P<second>\d\d)(?:[.,٫]\d+)?)?"
_TIME_AT_ONCE = r"(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?"
_BETWEEN = r"(?=[\s,،;Tس])[\s,،;]*(?:T|ساعت)?[\s,،;]*"
_OFFSET = r"\s*(?:UTC|GMT)?\s*(?P<offset>Z|(?<=UTC)|(?<=GMT)|[+-]\s*\d{1,2}(?::?\d\d)?)"
_WRITTEN = tuple(
    re.compile(rf"{date}(?:{_BETWEEN}{time}(?:{_OFFSET})?)?", re.IGNORECASE)
    for date, time in ((_DATE, _TIME), (_DATE_AT_ONCE, _TIME_AT_ONCE))
)
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212\uff0d"), "-")


@dataclass(frozen=True)
class Clock:
    """What a course's people mean when they write a time: its zone, and from when to when it can be."""

    zone: ZoneInfo
    first: datetime
    last: datetime


def read_moment(text: str, clock: Clock | None = None) -> datetime:
    """The moment in UTC; raises ValueError that says what to write.

    Without a clock an offset must stand there, and any year is taken.
    """
    local, offset = read_written(text)
    if offset is not None:
        moment = (local - offset).replace(tzinfo=UTC)
    elif clock is None:
        raise ValueError(f"{text!r} has no offset; write it as 2023-11-13T23:59+03:30")
    else:
        moment = local_moment(local, clock.zone).astimezone(UTC)
    if clock and not clock.first <= moment <= clock.last:
        raise ValueError(
            f"{text!r} is {moment:%Y-%m-%d}, which lies outside this course ({clock.first:%Y-%m-%d} to "
            f"{clock.last:%Y-%m-%d}); write it such as {EXAMPLES}, or correct the deadline in course.toml"
        )
    return moment


def read_written(text: str) -> tuple[datetime, timedelta | None]:
    """Date and time of day as they are written, in the Gregorian calendar, and the offset if there is one."""
    plain = ascii_digits(_seen(text)).translate(_DASHES).strip()
    found = next(filter(None, (form.fullmatch(plain) for form in _WRITTEN)), None)
    if not found:
        raise ValueError(f"{text!r} is no date with a time of day, the year first; write it such as {EXAMPLES}")
    if not found["hour"]:
        raise ValueError(f"{text!r} has no time of day; write it such as {EXAMPLES}")
    year, month, day = (int(found[part]) for part in ("year", "month", "day"))
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    calendar = "Persian" if year in _PERSIAN else "Gregorian"
    try:
        date = jdatetime.date(year, month, day).togregorian() if year in _PERSIAN else datetime(year, month, day)
        local = datetime(date.year, date.month, date.day, hour, minute, second)
        offset = None if found["offset"] is None else _offset(found["offset"])
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text!r} is no time of the {calendar} calendar: {error}; correct it") from error
    if not 1900 <= local.year < 2200:
        raise ValueError(f"{text!r}: the year {year:04} cannot be; write it such as {EXAMPLES}")
    return local, offset


def local_moment(local: datetime, zone: ZoneInfo) -> datetime:
    """A time that clocks of this zone show; raises ValueError for one that they leave out or show twice."""
    there = local.replace(tzinfo=zone)
    if there.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        raise ValueError(f"{local} never was in {place(zone)}, where clocks were set forward; correct it")
    if there.utcoffset() != there.replace(fold=1).utcoffset():
        raise ValueError(f"{local} was twice in {place(zone)}, where clocks were set back; write its offset behind it")
    return there


def _offset(text: str) -> timedelta:
    """Of Z, nothing, +03:30, +0330, +330 or +3."""
    digits = re.sub(r"\D", "", text)
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits or 0), 0)
    if minutes > 59 or hours > 14:
        raise ValueError("no place on earth has this offset")
    size = timedelta(hours=hours, minutes=minutes)
    return -size if text.startswith("-") else size


def _seen(text: str) -> str:
    """The text without marks of direction and other characters that cannot be seen."""
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def place(zone: ZoneInfo) -> str:
    """The town that a time zone is named after."""
    return zone.key.rpartition("/")[2].replace("_", " ")


def ascii_digits(text: str) -> str:
    """The text with Persian, Arabic and other decimal digits as 0 to 9."""
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def both_calendars(time: datetime, zone: ZoneInfo) -> str:
    """Such as 'Mon 13 Nov 2023, 23:59:00 Tehran (22 Aban 1402)'; a time without an offset is UTC."""
    there = (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(zone)
    jalali = jdatetime.date.fromgregorian(date=there.date())
    month = jalali.j_months_en[jalali.month - 1]
    return f"{there:%a} {there.day} {there:%b %Y, %H:%M:%S} {place(zone)} ({jalali.day} {month} {jalali.year})"
