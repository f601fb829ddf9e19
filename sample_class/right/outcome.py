"""Runs one right answer through the grader's own examiner and sandbox, and says which tests it loses."""

from ..mistakes.mistake import Mistake
from ..mistakes.outcome import Outcome, outcome_of
from .catalogue import RIGHT


def outcome_named(name: str) -> Outcome:
    """What the right answer of this name comes to; for other processes, to which an edit cannot be sent."""
    right = next(right for right in RIGHT if right.name == name)
    return outcome_of(Mistake(right.name, right.notebook, right.edits, loses=()))
