"""What was decided about an upload, and about what a student's uploads make together."""

from dataclasses import dataclass, field
from typing import Any

from .assigned import ALONE, FIRST, Line
from .bundle import Bundle, one_fate
from .candidates import Candidate
from .fates import UNREAD, WAITS, Fate, as_json, replaced
from .job import Outcome
from .names import Sender
from .reading import Reading
from .times import stamp


@dataclass
class Decision:
    """What was decided about one upload, as it stands in decisions.json.

    problem: why a person is needed; line: the one of assigned.csv about it, is_obvious: whose it is would be known
    without; superseded: by what, when nothing of it counts; gives: something of it is used; stays: what stands in
    submitted/ is left there although this upload needs a person.
    """

    upload: Candidate
    reading: Reading
    line: Line | None = None
    sender: Sender | None = None
    problem: str = ""
    remarks: list[str] = field(default_factory=list)
    found: dict[str, str] = field(default_factory=dict)
    guesses: list[dict[str, Any]] = field(default_factory=list)
    superseded: dict[str, str] | None = None
    fates: list[Fate] = field(default_factory=list)
    is_obvious: bool = False
    gives: bool = False
    stays: bool = False

    @property
    def is_first(self) -> bool:
        """True when a person said that its files win."""
        return self.line is not None and self.line.use == FIRST

    @property
    def is_alone(self) -> bool:
        """True when a person said that nothing else of the student's counts."""
        return self.line is not None and self.line.use == ALONE

    def replace(self, by: str, by_time: str, fate: str, what: str) -> None:
        """Let it count no more."""
        self.superseded = {"by": by, "by_time": by_time, "time": stamp(self.upload.time)}
        self.problem, self.guesses = "", []
        self.fates = one_fate(self.upload, self.reading.files, fate, what)

    def tell(self) -> None:
        """Give each file of an upload that waits, or that nobody is known for, its fate."""
        if self.problem and not self.fates:
            waits = WAITS if self.reading.files else f"it {self.problem}"
            self.fates = one_fate(self.upload, self.reading.files, UNREAD, waits)

    def entry(self) -> dict[str, Any]:
        """The decision as JSON."""
        return {
            "file": self.upload.file,
            "sha256": self.upload.sha256,
            "student": self.sender.number if self.sender else None,
            "name": self.sender.name if self.sender else "",
            "time": stamp(self.upload.time),
            "time_from": self.upload.source,
            "problem": self.problem,
            "guesses": self.guesses,
            "superseded": self.superseded,
            "gives": self.gives,
            "remarks": self.remarks,
            "found": self.found,
            "attachments": self.reading.attachments,
            "fates": as_json(self.fates),
        }


@dataclass
class Submission:
    """What is written for a student. parts: the uploads it is made of; remarks: on all of it, not on one upload."""

    sender: Sender
    bundle: Bundle
    parts: list[Decision]
    remarks: list[str] = field(default_factory=list)
    others: list[Decision] = field(default_factory=list)

    @property
    def head(self) -> Decision:
        """The last upload of it, which bears what is to be said of the whole."""
        return self.parts[-1]

    def tell(self, outcome: Outcome) -> None:
        """Note on its uploads what writing it has shown."""
        self.head.remarks, self.head.found, self.head.problem = outcome.remarks, outcome.found, outcome.problem
        for part in self.parts:
            part.fates = replaced(part.fates, outcome.replaced)
        self.head.fates = [*self.head.fates, *outcome.fates]

    def stop(self, problem: str) -> None:
        """It could not be put in its place: its uploads wait for a person, and what stands there stays."""
        for part in self.parts:
            part.problem, part.gives, part.stays, part.fates = problem, False, True, []
            part.tell()
