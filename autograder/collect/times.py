"""When an upload came in: from times.csv, else from the file, with a remark."""

import csv
from datetime import UTC, datetime
from pathlib import Path

from .names import ascii_digits


def read_times(path: Path) -> dict[str, datetime]:
    """Upload name -> time in UTC, from a CSV with the columns file and time (ISO 8601 with offset); {} without it."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if not {"file", "time"} <= set(rows.fieldnames or []):
            raise ValueError(f"{path}: the first line must name the columns file and time")
        return {row["file"].strip(): _utc(row["time"], path, row["file"]) for row in rows if row["file"]}


def _utc(text: str, path: Path, name: str) -> datetime:
    try:
        time = datetime.fromisoformat(ascii_digits(text).strip())
    except ValueError as error:
        raise ValueError(f"{path}: {text!r} of {name} is no ISO 8601 time such as 2023-11-13T23:59+03:30") from error
    if time.tzinfo is None:
        raise ValueError(f"{path}: {text!r} of {name} has no offset; write it as 2023-11-13T23:59+03:30")
    return time.astimezone(UTC)


def time_of(upload: Path, times: dict[str, datetime]) -> tuple[datetime, list[str]]:
    """The time of an upload in UTC, and a remark when it had to be taken from the file itself."""
    if upload.name in times:
        return times[upload.name], []
    time = datetime.fromtimestamp(upload.stat().st_mtime, UTC).replace(microsecond=0)
    return time, [f"{upload.name} is not in times.csv: the time of the file was taken"]


def stamp(time: datetime) -> str:
    """The time as nbgrader reads it without mistaking the offset: in UTC, without spaces."""
    return time.astimezone(UTC).isoformat(timespec="seconds")
