"""Moments: read from ISO 8601 with an offset, shown as people of this course read them."""

import unicodedata
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import jdatetime


def read_moment(text: str) -> datetime:
    """The moment in UTC; digits may be Persian; raises ValueError for what is no ISO 8601 time with an offset."""
    try:
        time = datetime.fromisoformat(ascii_digits(text).strip())
    except ValueError as error:
        raise ValueError(f"{text!r} is no ISO 8601 time such as 2023-11-13T23:59+03:30") from error
    if time.tzinfo is None:
        raise ValueError(f"{text!r} has no offset; write it as 2023-11-13T23:59+03:30")
    return time.astimezone(UTC)


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
