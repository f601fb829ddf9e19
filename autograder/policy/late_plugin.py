"""The late rule in the gradebook's marks, through nbgrader's plugin."""

from fractions import Fraction
from pathlib import Path
from typing import Any

from nbgrader.plugins import LateSubmissionPlugin

from .. import assignment
from .term import read_term, sent_of


class HomeworkLate(LateSubmissionPlugin):
    """The penalty nbgrader takes off a notebook's score, after the student's ledger of the term."""

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float | None:
        """Points to take off; None when none are."""
        preprocessor: Any = self.parent  # nbgrader's AssignLatePenalties, with the gradebook open
        term = read_term(Path(preprocessor.parent.parent.coursedir.root), preprocessor.gradebook)
        submission = preprocessor.gradebook.find_submission(assignment.NAME, student_id)
        cost = term.entry_of(student_id, sent_of(submission, term.course)).late.cost
        return penalty(score, cost) if cost else None


def penalty(score: float, cost: Fraction) -> float:
    """The share `cost` of the score, exactly, then rounded once."""
    return float(Fraction(score) * cost)
