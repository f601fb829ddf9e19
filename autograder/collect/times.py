"""When an upload came in: from times.csv, else from a folder listing, else from the file, with a remark."""

import re
from datetime import UTC, datetime
from pathlib import Path

from ..moment import ascii_digits, read_moment
from ..tables import read_rows
from .spelling import visible

_LISTED = re.compile(
    r"^-\S+\s+\d+\s.*?\s(?P<size>\d+)\s+(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? [+-]\d{4}) (?P<file>.+)$"
)


def read_times(path: Path) -> dict[str, datetime]:
    """Upload name -> time in UTC, from a CSV with the columns file and time (ISO 8601 with offset); {} without it.

    Raises ValueError that names the line.
    """
    found: dict[str, datetime] = {}
    for line, row in read_rows(path, ("file", "time")):
        name, time = visible(row["file"]), _utc(row["time"], f"{path}, line {line}", row["file"])
        if not name:
            raise ValueError(f"{path}, line {line}: a time without a file; name the upload or delete the line")
        if found.get(name, time) != time:
            raise ValueError(f"{path}, line {line}: {name} has another time further up; keep one of the two lines")
        found[name] = time
    return found


def _utc(text: str, place: str, name: str) -> datetime:
    plain = re.sub(r"\s+(?=[+-]\d\d:?\d\d$)", "", ascii_digits(visible(text)))
    try:
        return read_moment(plain).replace(microsecond=0)
    except ValueError as error:
        raise ValueError(f"{place}, of {name}: {error}") from error


def read_listing(path: Path) -> dict[str, tuple[datetime, int]]:
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
        time = re.sub(r"\.\d+", "", listed["time"])
        moment = datetime.strptime(time, "%Y-%m-%d %H:%M:%S %z").astimezone(UTC)
        found[visible(listed["file"])] = moment, int(listed["size"])
    return found


def from_file(name: str) -> str:
    """The remark on a time that only the file itself gives."""
    return f"{name} is not in times.csv: the time of the file was taken"


def stamp(time: datetime) -> str:
    """The time as nbgrader reads it without mistaking the offset: in UTC, without spaces."""
    return time.astimezone(UTC).isoformat(timespec="seconds")
