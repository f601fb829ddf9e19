"""The term's ledger of late hours: every assignment of one student, in the order of their deadlines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ..course import LateRules
from .late import Lateness, after_deadline, lateness


@dataclass(frozen=True)
class Sent:
    """One assignment that a student sent. extension: what an instructor granted this student, with the reason."""

    assignment: str
    deadline: datetime
    time: datetime
    extension: timedelta = timedelta(0)
    reason: str = ""


@dataclass(frozen=True)
class Entry:
    """A line of the ledger. used_before: free hours that assignments with earlier deadlines had used."""

    sent: Sent
    used_before: int
    late: Lateness

    @property
    def used(self) -> int:
        """Free hours of the term that this assignment uses; what is not accepted uses none."""
        return self.late.hours - self.late.charged if self.late.accepted else 0


def ledger(term: Iterable[Sent], rules: LateRules) -> list[Entry]:
    """The entries of one student's term; of equal deadlines the one whose name comes first is counted first."""
    entries: list[Entry] = []
    used = 0
    for sent in sorted(term, key=lambda sent: (sent.deadline.astimezone(UTC), sent.assignment)):
        late = lateness(after_deadline(sent.time, sent.deadline) - sent.extension, rules, used)
        entries.append(Entry(sent, used, late))
        used += entries[-1].used
    return entries
