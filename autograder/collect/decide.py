"""Whose each upload is, and which of a student's uploads counts: the student number decides, then the time."""

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from .assigned import SET_ASIDE
from .candidates import FILE, Candidate
from .contradictions import contradictions
from .guesses import guesses
from .names import Sender, UnknownSender, name_in, sender_of
from .reading import Reading
from .recognise import PRACTICAL_FILES
from .times import from_file, stamp


@dataclass
class Decision:
    """What was decided about one upload, as it stands in decisions.json."""

    upload: Candidate
    reading: Reading
    sender: Sender | None = None
    problem: str = ""
    remarks: list[str] = field(default_factory=list)
    found: dict[str, str] = field(default_factory=dict)
    guesses: list[dict[str, Any]] = field(default_factory=list)
    superseded: dict[str, str] | None = None

    @property
    def counts(self) -> bool:
        """True for the upload that becomes its student's submission."""
        return self.sender is not None and not self.problem and self.superseded is None

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
            "remarks": self.remarks,
            "found": self.found,
            "attachments": self.reading.attachments,
        }


def decide(
    readings: dict[Candidate, Reading], assigned: dict[Candidate, str], roster: dict[str, str]
) -> list[Decision]:
    """A decision about every upload, by file name, the version that came last first."""
    decisions = [_one(upload, readings[upload], assigned.get(upload), roster) for upload in readings]
    _settle_renamed(decisions)
    by_student: dict[str, list[Decision]] = {}
    for decision in decisions:
        if decision.sender and decision.superseded is None:
            by_student.setdefault(decision.sender.number, []).append(decision)
    for same in by_student.values():
        _last_counts(sorted(same, key=lambda decision: decision.upload.order()))
    decisions.sort(key=lambda decision: decision.upload.order(), reverse=True)
    return sorted(decisions, key=lambda decision: decision.upload.file)


def _one(upload: Candidate, reading: Reading, number: str | None, roster: dict[str, str]) -> Decision:
    decision = Decision(upload, reading, found=dict(reading.found))
    if number == SET_ASIDE:
        decision.superseded = {"by": "assigned.csv, which sets it aside", "by_time": "", "time": stamp(upload.time)}
        return decision
    try:
        if number is None:
            decision.sender = sender_of(upload.file, roster)
        else:
            decision.sender = Sender(number, roster.get(number) or name_in(PurePosixPath(upload.file).stem))
            decision.remarks.append(f"given to {number} by assigned.csv")
    except UnknownSender as error:
        decision.problem, decision.guesses = str(error), guesses(upload.file, reading, roster)
        return decision
    decision.problem = reading.problem
    if upload.source == FILE:
        decision.remarks.append(from_file(upload.file))
    decision.remarks += [*contradictions(decision.sender, upload.file, reading, roster, number), *reading.remarks]
    return decision


def _settle_renamed(decisions: list[Decision]) -> None:
    """An upload without a student that lies in archive/ under another name now is settled: it was renamed."""
    present = {decision.upload.sha256: decision for decision in decisions if decision.upload.present}
    for decision in decisions:
        known = present.get(decision.upload.sha256)
        if decision.sender is None and known and not decision.upload.present and decision.superseded is None:
            decision.problem, decision.guesses = "", []
            decision.superseded = _by(decision, known)


def _last_counts(same: list[Decision]) -> None:
    """Of a student's uploads, in order of time, the last that can be read counts."""
    readable = [decision for decision in same if not decision.problem]
    if not readable:
        return
    last = readable[-1]
    for decision in same:
        if decision.problem and decision.upload.order() > last.upload.order():
            what = f"a later upload, {decision.upload.file} of {stamp(decision.upload.time)}, could not be read"
            last.remarks.append(f"{what}: it waits for a person")
        elif decision is not last:
            decision.superseded, decision.problem = _by(decision, last), ""
    _more_before(last, readable[:-1])


def _more_before(last: Decision, earlier: list[Decision]) -> None:
    """A remark on files that only an earlier upload holds: perhaps the last one was meant to be added to it."""
    for decision in reversed(earlier):
        lacking = [name for name in PRACTICAL_FILES if name in decision.found and name not in last.found]
        if lacking:
            what = f"an earlier upload, {decision.upload.file} of {stamp(decision.upload.time)}, holds"
            last.remarks.append(f"{what} {', '.join(lacking)}, which this one lacks")
            return


def _by(decision: Decision, other: Decision) -> dict[str, str]:
    return {
        "by": other.upload.file,
        "by_time": stamp(other.upload.time),
        "time": stamp(decision.upload.time),
    }
