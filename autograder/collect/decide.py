"""Whose each upload is: the student number in its name decides, or a line in assigned.csv; then what it counts for."""

from pathlib import PurePosixPath

from .accepted import Accepted
from .alike import name_alike
from .assigned import SET_ASIDE, Line
from .candidates import FILE, RENAMED, Candidate
from .contradictions import contradictions
from .decision import Decision, Submission
from .evidence import another, in_words
from .fates import REPLACED, UNREAD
from .guesses import guesses
from .names import Sender, UnknownSender, name_in, sender_of
from .reading import Reading
from .settle import settle
from .times import from_file, from_other_name, stamp


def decide(
    readings: dict[Candidate, Reading], lines: dict[Candidate, Line], roster: dict[str, str], accepted: Accepted
) -> tuple[list[Decision], list[Submission], list[str]]:
    """A decision about every upload, by file name, the version that came last first; submissions; notes on lines."""
    decisions = [_one(upload, readings[upload], lines.get(upload), roster) for upload in readings]
    notes = _settle_renamed(decisions)
    by_student: dict[str, list[Decision]] = {}
    for decision in decisions:
        if decision.sender and decision.superseded is None:
            by_student.setdefault(decision.sender.number, []).append(decision)
    for decision in decisions:
        _wait_for_another(decision, roster, set(by_student))
    made = list[Submission]()
    for _, same in sorted(by_student.items()):
        made += settle(sorted(same, key=lambda decision: decision.upload.order()), accepted, notes)
    name_alike(decisions, made)
    for decision in decisions:
        decision.tell()
    decisions.sort(key=lambda decision: decision.upload.order(), reverse=True)
    return sorted(decisions, key=lambda decision: decision.upload.file), made, notes


def _one(upload: Candidate, reading: Reading, line: Line | None, roster: dict[str, str]) -> Decision:
    decision = Decision(upload, reading, line, found=dict(reading.found))
    if line and line.number == SET_ASIDE:
        decision.replace("assigned.csv, which sets it aside", "", UNREAD, "assigned.csv sets its upload aside")
        return decision
    try:
        if line is None:
            decision.sender = sender_of(upload.file, roster)
        else:
            decision.sender = Sender(line.number, roster.get(line.number) or name_in(PurePosixPath(upload.file).stem))
            decision.remarks.append(f"given to {line.number} by assigned.csv")
    except UnknownSender as error:
        decision.problem, decision.guesses = str(error), guesses(upload.file, reading, roster)
        return decision
    decision.problem, decision.stays = reading.problem, reading.passing
    if upload.source == FILE:
        decision.remarks.append(from_file(upload.file))
    elif upload.source == RENAMED:
        decision.remarks.append(from_other_name(upload.file))
    number = line.number if line else None
    decision.remarks += [*contradictions(decision.sender, upload.file, reading, roster, number), *reading.remarks]
    return decision


def _settle_renamed(decisions: list[Decision]) -> list[str]:
    """The same bytes that lie in archive/ under another name now were renamed, unless that is another student's.

    Of those nobody can say whether they were renamed or two students sent the same: a note for each.
    """
    present = {decision.upload.sha256: decision for decision in decisions if decision.upload.present}
    notes = []
    for decision in decisions:
        known, old = present.get(decision.upload.sha256), decision.upload.file
        if known is None or decision.upload.present or decision.superseded or decision.line:
            continue
        if decision.sender is None or (known.sender and known.sender.number == decision.sender.number):
            decision.replace(known.upload.file, stamp(known.upload.time), REPLACED, f"{known.upload.file!r}, the same")
        else:
            notes.append(
                f"{old!r} is no longer in archive/, where its bytes are called {known.upload.file!r} now: it still "
                f"counts for {decision.sender.number}; if it was renamed, write {old},- into assigned.csv"
            )
    return notes


def _wait_for_another(decision: Decision, roster: dict[str, str], senders: set[str]) -> None:
    """An upload that names another student and not its sender waits, unless a person has said whose it is."""
    if decision.sender is None or decision.problem or decision.superseded is not None:
        return
    others = another(decision.sender, decision.upload.file, decision.reading, roster, senders)
    if decision.line is None and others:
        decision.guesses, decision.problem = others, in_words(others, decision.sender.number)
    elif decision.line and not others:
        decision.is_obvious = _sender_by_name(decision.upload, roster) == decision.sender.number


def _sender_by_name(upload: Candidate, roster: dict[str, str]) -> str:
    try:
        return sender_of(upload.file, roster).number
    except UnknownSender:
        return ""
