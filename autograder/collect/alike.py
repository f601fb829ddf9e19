"""Uploads and submissions of two students that are the same, byte for byte or answer for answer: a remark on both."""

from collections import defaultdict

from .decision import Decision, Submission
from .files import PAGE
from .recognise import FILES


def name_alike(decisions: list[Decision], made: list[Submission]) -> None:
    """Remark on uploads of the same bytes, and on submissions of the same answers, whoever filled in their names."""
    by_number = {submission.sender.number: submission for submission in made}
    uploads = defaultdict[str, list[Decision]](list)
    for decision in decisions:
        if decision.sender and _has_work(decision):
            uploads[decision.upload.sha256].append(decision)
    told = set[tuple[str, str]]()
    for same in uploads.values():
        for decision, number, other in _pairs(same):
            remark = f"{decision.upload.file} is byte for byte what {other.upload.file} is, which came from {number}"
            told.add((_number(decision), number))
            decision.remarks.append(remark)
            if _number(decision) in by_number and not decision.gives:
                by_number[_number(decision)].remarks.append(remark)
    _same_answers(made, told)


def _number(decision: Decision) -> str:
    return decision.sender.number if decision.sender else ""


def _has_work(decision: Decision) -> bool:
    return any(file.role == PAGE or (file.role in FILES and file.written) for file in decision.reading.files)


def _pairs(same: list[Decision]) -> list[tuple[Decision, str, Decision]]:
    """Each upload with those of other students."""
    return [
        (one, _number(other), other)
        for one in same
        for other in {_number(other): other for other in same}.values()
        if _number(one) != _number(other)
    ]


def _same_answers(made: list[Submission], told: set[tuple[str, str]]) -> None:
    answers = defaultdict[tuple[str, ...], list[Submission]](list)
    for submission in made:
        chosen = submission.bundle.chosen.items()
        work = [f"{file} {choice.counts.file.content}" for file, choice in chosen if choice.counts.is_work]
        work += sorted(page.file.digest for page in submission.bundle.pages)
        if work:
            answers[tuple(work)].append(submission)
    for same in answers.values():
        for one in same:
            for other in same:
                if one is not other and (one.sender.number, other.sender.number) not in told:
                    one.remarks.append(f"every answer in it is the same as in the submission of {other.sender.number}")
