"""Uploads and submissions of two students that are the same, byte for byte or answer for answer: a remark on both."""

from collections import defaultdict

from .decision import Decision, Submission
from .files import PAGE
from .recognise import FILES

MOST_NAMED = 5


def name_alike(decisions: list[Decision], made: list[Submission]) -> None:
    """Remark on uploads of the same bytes, and on submissions of the same answers, whoever filled in their names."""
    by_number = {submission.sender.number: submission for submission in made}
    uploads = defaultdict[str, list[Decision]](list)
    for decision in decisions:
        if decision.sender and _has_work(decision):
            uploads[decision.upload.sha256].append(decision)
    told = set[tuple[str, str]]()
    for same in uploads.values():
        for decision in same:
            others = {_number(other): other.upload.file for other in same if _number(other) != _number(decision)}
            if not others:
                continue
            told |= {(_number(decision), number) for number in others}
            whose = in_short([f"{number} ({file})" for number, file in others.items()])
            remark = f"{decision.upload.file} is byte for byte the same as what came from {whose}"
            decision.remarks.append(remark)
            if _number(decision) in by_number and not decision.gives:
                by_number[_number(decision)].remarks.append(remark)
    _same_answers(made, told)


def _number(decision: Decision) -> str:
    return decision.sender.number if decision.sender else ""


def _has_work(decision: Decision) -> bool:
    return any(file.role == PAGE or (file.role in FILES and file.written) for file in decision.reading.files)


def in_short(names: list[str]) -> str:
    """The first few, and how many more."""
    return ", ".join(names[:MOST_NAMED]) + (f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else "")


def _same_answers(made: list[Submission], told: set[tuple[str, str]]) -> None:
    """The files of the homework are compared; pages alone where nothing is written in those."""
    answers = defaultdict[tuple[str, ...], list[Submission]](list)
    for submission in made:
        if work := _written(submission) or _pages(submission):
            answers[tuple(work)].append(submission)
    for same in answers.values():
        for one in same:
            others = [other for other in same if other is not one and (_who(one), _who(other)) not in told]
            for rest, alike in ((", the pages aside,", False), ("", True)):
                if new := [_who(other) for other in others if (_pages(other) == _pages(one)) == alike]:
                    one.remarks.append(f"every answer in it{rest} is the same as in the submission of {in_short(new)}")


def _who(submission: Submission) -> str:
    return submission.sender.number


def _written(submission: Submission) -> list[str]:
    chosen = submission.bundle.chosen.items()
    return [f"{file} {choice.counts.file.content}" for file, choice in chosen if choice.counts.is_work]


def _pages(submission: Submission) -> list[str]:
    return sorted(page.file.digest for page in submission.bundle.pages)
