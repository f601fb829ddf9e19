"""uploads.csv: every upload that was ever seen, with the time it came in and where that time is from."""

from dataclasses import dataclass
from pathlib import Path

from ..tables import add_rows, read_rows

LEDGER = "uploads.csv"
COLUMNS = ("sha256", "file", "time", "source", "first_seen")


@dataclass(frozen=True)
class Entry:
    """One line. source: times.csv, listing.txt, or file (the archive file's own time)."""

    sha256: str
    file: str
    time: str
    source: str
    first_seen: str


def read_ledger(path: Path) -> dict[tuple[str, str], Entry]:
    """For each upload, by hash and name, its last line."""
    rows = read_rows(path, COLUMNS, exact=True)
    return {(row["sha256"], row["file"]): Entry(*(row[column] for column in COLUMNS)) for _, row in rows}


def add_to_ledger(path: Path, entries: list[Entry]) -> None:
    """Add the lines that say something new; what stands there stays."""
    known = read_ledger(path)
    new = [entry for entry in entries if not _is_known(entry, known.get((entry.sha256, entry.file)))]
    add_rows(path, COLUMNS, [(e.sha256, e.file, e.time, e.source, e.first_seen) for e in new])


def _is_known(entry: Entry, last: Entry | None) -> bool:
    return last is not None and (last.time, last.source) == (entry.time, entry.source)
