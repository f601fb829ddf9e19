"""The late rule in the gradebook's marks, through nbgrader's plugin."""

from nbgrader.plugins import LateSubmissionPlugin

from .late import lateness


class HomeworkLate(LateSubmissionPlugin):
    """The penalty nbgrader takes off a notebook's score."""

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float | None:
        """Points to take off; None when none are."""
        cost = lateness(total_seconds_late).cost
        return float(cost * 10**6 * round(score * 10**6)) / 10**12 if cost else None
