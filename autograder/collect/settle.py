"""Which of a student's uploads belong to the submission, which wait for a person, and which count no more."""

from .accepted import Accepted
from .alike import in_short
from .bundle import bundle, contradiction
from .candidates import FILE
from .decision import Decision, Submission
from .fates import REPLACED, UNREAD
from .pages import Part
from .times import stamp

LATE_DAYS = "the rule of late days"
TOO_LATE = "it came too late, when nothing was accepted any more"


def settle(same: list[Decision], accepted: Accepted, notes: list[str]) -> list[Submission]:
    """The submission of a student's uploads, if they make one; notes get the lines of assigned.csv without effect."""
    named = {id(decision) for decision in same if decision.guesses}  # those that name another student
    sure = _alone(same, notes) or _in_time([d for d in same if not d.problem], accepted)
    notes += _without_effect(same, accepted)
    parts = sorted(sure, key=lambda decision: decision.is_first)
    while parts and _wait_together(parts):
        parts = [decision for decision in parts if not decision.problem]
    if not parts or parts[0].sender is None:
        return []
    sender = parts[0].sender
    made = bundle(_parts(parts), sender.name)
    gives = [decision for decision in sorted(parts, key=lambda d: d.upload.order()) if decision.upload in made.gives]
    if not gives:
        return []
    submission = Submission(sender, made, gives, list(made.remarks))
    for decision in parts:
        decision.fates, decision.gives = made.fates[decision.upload], decision in gives
        if not decision.gives:
            _supersede(decision, submission.head)
    _unread(same, named, submission)
    submission.others = [decision for decision in same if id(decision) not in named]
    _say(submission, same, named)
    return [submission]


def _parts(decisions: list[Decision]) -> list[Part]:
    return [(decision.upload, decision.reading) for decision in decisions]


def _alone(same: list[Decision], notes: list[str]) -> list[Decision]:
    """The upload that a person let stand alone, if it can be read; the others are replaced by it."""
    alone = [decision for decision in same if decision.is_alone and not decision.problem]
    for decision in same:
        if alone and decision is not alone[0]:
            file, time = alone[0].upload.file, stamp(alone[0].upload.time)
            decision.replace(file, time, REPLACED, f"{file!r}, which assigned.csv lets stand alone")
    return alone


def _in_time(readable: list[Decision], accepted: Accepted) -> list[Decision]:
    """Without those that came too late to join what came in time, unless a person took them."""
    in_time = [d for d in readable if d.line or (d.sender and accepted.holds(d.sender.number, d.upload.time))]
    late = [decision for decision in readable if decision not in in_time]
    for decision in late:
        if decision.upload.source == FILE:
            decision.problem = (
                "came after anything is accepted, if the time of the file is right: write its time in times.csv, "
                "or a line in assigned.csv"
            )
        elif in_time:
            decision.replace(LATE_DAYS, "", UNREAD, TOO_LATE)
    return in_time or [decision for decision in late if not decision.problem]


def _wait_together(parts: list[Decision]) -> bool:
    """Let what contradicts itself, and all that came since, wait for a person; False when nothing does."""
    first = {decision.upload for decision in parts if decision.is_first}
    found = contradiction(_parts(parts), first, parts[0].sender.name if parts[0].sender else "")
    if found is None:
        return False
    one, other = found.uploads
    files = f"{one.file} and {other.file}"
    how = "write the one that counts into assigned.csv, with first in the column use"
    for decision in parts:
        if decision.upload in found.uploads:
            its = other if decision.upload == one else one
            decision.problem = f"came at the same time as {its.file}, which holds another {found.what}: {how}"
        elif decision.upload.time >= one.time:
            decision.problem = f"waits for {files}, which came at the same time with different {found.what}: {how}"
    return True


def _supersede(decision: Decision, head: Decision) -> None:
    """Nothing of it is used; its files keep their own fates."""
    fates = decision.fates
    decision.replace(head.upload.file, stamp(head.upload.time), REPLACED, repr(head.upload.file))
    decision.fates = fates


def _unread(same: list[Decision], named: set[int], submission: Submission) -> None:
    """An upload that cannot be read needs no person when all that it may hold came later."""
    last = max(part.upload.time for part in submission.parts)
    for decision in same:
        if not decision.reading.problem or not decision.problem or id(decision) in named:
            continue
        came_later = submission.bundle.is_whole and decision.upload.time < last
        if came_later or decision.reading.is_idle:
            what, head = decision.problem, submission.head
            decision.replace(head.upload.file, stamp(head.upload.time), UNREAD, f"it {what}")


def _say(submission: Submission, same: list[Decision], named: set[int]) -> None:
    """Remarks on the submission: what waits beside it, what came too late, and what it was joined from."""
    head, parts = submission.head, submission.parts
    for decision in same:
        upload = f"{decision.upload.file} of {stamp(decision.upload.time)}"
        when = "a later" if decision.upload.order() > head.upload.order() else "an earlier"
        if decision.problem and decision.reading.problem:
            submission.remarks.append(f"{when} upload, {upload}, could not be read: it waits for a person")
        elif decision.problem:
            submission.remarks.append(f"{when} upload, {upload}, waits for a person: it {decision.problem}")
        elif decision.superseded and decision.superseded["by"] == LATE_DAYS:
            submission.remarks.append(f"{when} upload, {upload}, does not count: {TOO_LATE}; assigned.csv can take it")
    if len(parts) > 1:
        submission.remarks.append(f"made of {len(parts)} uploads: {in_short([part.upload.file for part in parts])}")


def _without_effect(same: list[Decision], accepted: Accepted) -> list[str]:
    """Notes on lines that change nothing: what they say is so already, or cannot be done."""
    notes = []
    for decision in same:
        line = decision.line
        if line is None:
            continue
        in_time = accepted.holds(line.number, decision.upload.time)
        if decision.reading.problem:
            notes.append(f"{line.place}: {line.file!r} cannot be read, so nothing of it counts")
        elif line.use and len(same) == 1:
            notes.append(
                f"{line.place}: {line.file!r} is the only upload of {line.number}, so {line.use} changes nothing"
            )
        elif not line.use and decision.is_obvious and in_time:
            notes.append(f"{line.place}: {line.file!r} is {line.number}'s without this line")
    return notes
