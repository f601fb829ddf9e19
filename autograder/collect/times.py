"""When an upload came in: from times.csv, else from a folder listing, else from the file, with a remark."""

import re
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from ..moment import Clock, read_moment
from ..tables import read_table
from .spelling import visible

_LISTED = re.compile(
    r"^-\S+\s+\d+\s.*?\s(?P<size>\d+)\s+(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? [+-]\d{4}) (?P<file>.+)$"
)


def read_times(path: Path, clock: Clock) -> dict[str, datetime]:
    """Upload name -> time in UTC, from a CSV with the columns file and time, as read_moment reads them; {} without it.

    Raises ValueError that names the line.
    """
    return read_table(path, ("file", "time"), partial(_timed, clock))


def _timed(clock: Clock, row: dict[str, str]) -> tuple[str, datetime]:
    name = visible(row["file"])
    if not name:
        raise ValueError("a time without a file; name the upload or delete the line")
    return name, _read(row["time"], clock, name)


def _read(text: str, clock: Clock, name: str) -> datetime:
    try:
        return read_moment(text, clock)
    except ValueError as error:
        raise ValueError(f"of {name}: {error}") from error


def read_listing(path: Path, clock: Clock) -> dict[str, tuple[datetime, int]]:
    """Upload name -> time in UTC and size, from what `ls -l --time-style=full-iso` wrote; {} without it.

    Raises ValueError that names a line about a file that is in another form.
    """
    if not path.exists():
        return {}
    found = {}
    for line, text in enumerate(path.read_text(encoding="utf-8-sig", errors="replace").splitlines(), 1):
        if not text.startswith("-"):
            continue
        listed = _LISTED.match(text)
        if not listed:
            raise ValueError(f"{path}, line {line}: make it with ls -l --time-style=full-iso")
        try:
            moment = _read(listed["time"], clock, listed["file"])
        except ValueError as error:
            raise ValueError(f"{path}, line {line}: {error}") from error
        found[visible(listed["file"])] = moment, int(listed["size"])
    return found


def from_file(name: str) -> str:
    """The remark on a time that only the file itself gives."""
    return f"{name} is not in times.csv: the time of the file was taken"


def from_other_name(name: str) -> str:
    """The remark on a time that was noted for the same bytes before they were renamed."""
    return f"{name} is not in times.csv: the time that was noted under its former name was taken"


def stamp(time: datetime) -> str:
    """The time as nbgrader reads it without mistaking the offset: in UTC, without spaces."""
    return time.astimezone(UTC).isoformat(timespec="seconds")
