"""All uploads that can count, those in archive/ and those that were there before, each with its time."""

from dataclasses import dataclass
from datetime import UTC, datetime

from .kept import Seen
from .ledger import Entry
from .spelling import visible
from .times import stamp

TABLE, LISTING, FILE, RENAMED = "times.csv", "listing.txt", "file", "its other name"


@dataclass(frozen=True)
class Candidate:
    """One upload under one name. present: these bytes lie in archive/ under this name now."""

    sha256: str
    file: str
    time: datetime
    source: str
    present: bool

    def order(self) -> tuple[datetime, bool, str, str]:
        """The last in this order counts: the last in time; of the same time the one that lies in archive/."""
        return self.time, self.present, self.file, self.sha256


def clash(one: Candidate, other: Candidate, first: set[Candidate]) -> bool:
    """True for two uploads of one time of which neither replaced the other in archive/ or was put first by a person."""
    return one.time == other.time and one.file != other.file and (one in first) == (other in first)


def candidates_of(
    seen: list[Seen],
    ledger: dict[tuple[str, str], Entry],
    times: dict[str, datetime],
    listing: dict[str, tuple[datetime, int]],
) -> tuple[list[Candidate], list[str]]:
    """Every upload in archive/ and in the ledger with its time, and notes on times that belong to none."""
    here = {upload.file for upload in seen}
    there = {(upload.sha256, upload.file) for upload in seen}
    gone = [entry for key, entry in ledger.items() if key not in there]
    versions = [entry.file for entry in gone]
    before = []
    for entry in gone:
        alone = entry.file not in here and versions.count(entry.file) == 1
        before.append(_gone(entry, times if alone else {}))
    renamed = {old.sha256: old for old in before if old.file not in here and old.source != FILE}
    known = [renamed.get(upload.sha256) or _known(ledger.get((upload.sha256, upload.file))) for upload in seen]
    present = [_present(upload, old, times, listing) for upload, old in zip(seen, known, strict=True)]
    found = [*present, *before]
    names = {visible(candidate.file) for candidate in found}
    notes = [f"times.csv: no upload is called {name!r}" for name in sorted(times) if name not in names]
    notes += [_other_size(upload, listing) for upload in seen if visible(upload.file) in listing.keys() - times.keys()]
    return sorted(found, key=lambda candidate: (candidate.file, candidate.sha256)), [note for note in notes if note]


def _present(
    upload: Seen,
    known: Candidate | None,
    times: dict[str, datetime],
    listing: dict[str, tuple[datetime, int]],
) -> Candidate:
    """An upload in archive/: the tables first, then what was noted before, then the file itself.

    known: what was noted of these bytes under this name, or under one that they were renamed from.
    """
    name = visible(upload.file)
    listed, size = listing.get(name, (None, -1))
    if name in times:
        time, source = times[name], TABLE
    elif listed is not None and size == upload.size:
        time, source = listed, LISTING
    elif known is not None and known.source != FILE:
        time, source = known.time, known.source if known.file == upload.file else RENAMED
    else:  # a copied file is younger than its upload, never older
        time, source = min(upload.modified, known.time if known else upload.modified), FILE
    return Candidate(upload.sha256, upload.file, time, source, True)


def _other_size(upload: Seen, listing: dict[str, tuple[datetime, int]]) -> str:
    """A note on a line of the listing that is about other bytes of this name; empty when it is about these."""
    size = listing[visible(upload.file)][1]
    if size == upload.size:
        return ""
    return f"listing.txt: {upload.file!r} has {size} bytes there, {upload.size} in archive/: its time was not taken"


def _known(entry: Entry | None) -> Candidate | None:
    return Candidate(entry.sha256, entry.file, _read(entry), entry.source, False) if entry else None


def _gone(entry: Entry, times: dict[str, datetime]) -> Candidate:
    """An upload that is no longer in archive/: what was noted, unless the table is sure to mean it."""
    corrected = times.get(visible(entry.file))
    if corrected is not None:
        return Candidate(entry.sha256, entry.file, corrected, TABLE, False)
    return Candidate(entry.sha256, entry.file, _read(entry), entry.source, False)


def _read(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry.time).astimezone(UTC)


def entries_of(candidates: list[Candidate], now: datetime) -> list[Entry]:
    """The candidates as lines of the ledger, first seen now."""
    return [Entry(c.sha256, c.file, stamp(c.time), c.source, stamp(now)) for c in candidates]
