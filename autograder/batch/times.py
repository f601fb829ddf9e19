"""Times of submission and what lateness costs, brought up to date in the gradebook without grading anything again."""

from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry

from .. import assignment
from ..answers.preprocessor import TIMESTAMP
from ..moment import read_moment
from ..policy.late_plugin import penalty
from ..policy.term import Term, read_term, sent_of


def update_times(root: Path, gradebook: Gradebook) -> list[str]:
    """Take each graded submission's time from submitted/, and its penalties from the ledger; return what changed."""
    try:
        submissions = gradebook.assignment_submissions(assignment.NAME)
    except MissingEntry:
        return []
    term, changed = read_term(root, gradebook), []
    for submission in sorted(submissions, key=lambda submission: str(submission.student_id)):
        if update_time(root, submission, term):
            changed.append(str(submission.student_id))
        gradebook.db.commit()  # a submission at a time
    return changed


def update_time(root: Path, submission: Any, term: Term) -> bool:
    """The same for one submission, which is left for the caller to commit; returns whether anything changed."""
    before = _state(submission)
    _take_time(root, submission)
    cost = term.entry_of(str(submission.student_id), sent_of(submission, term.course)).late.cost
    for notebook in submission.notebooks:
        notebook.late_submission_penalty = penalty(float(notebook.score), cost) if cost else None
    return _state(submission) != before


def _state(submission: Any) -> tuple[object, ...]:
    return submission.timestamp, [notebook.late_submission_penalty for notebook in submission.notebooks]


def _take_time(root: Path, submission: Any) -> None:
    """The time in submitted/<student>/hw2/timestamp.txt, if there is one, into the gradebook and beside the marks."""
    folders = (root / step / str(submission.student_id) / assignment.NAME for step in ("submitted", "autograded"))
    source, target = (folder / TIMESTAMP for folder in folders)
    if not source.exists():
        return
    text = source.read_text(encoding="utf-8")
    try:
        submission.timestamp = read_moment(text).replace(tzinfo=None)
    except ValueError as error:
        raise ValueError(f"{source}: {error}") from error
    if target.exists() and target.read_text(encoding="utf-8") != text:
        part = target.with_suffix(".part")
        part.write_text(text, encoding="utf-8")
        part.replace(target)
