"""Runs one answer through the grader's own examiner and sandbox, and says which tests it loses."""

from dataclasses import dataclass, field

from autograder.result import COULD_NOT_RUN, PASSED

from ..answer import Answer
from ..tried import try_work


@dataclass(frozen=True)
class Outcome:
    """What an answer came to. lost: test -> message; trouble: why it could not run, else empty."""

    name: str
    notebook: str
    lost: dict[str, str] = field(default_factory=dict)
    trouble: str = ""


def outcome_of(answer: Answer) -> Outcome:
    """Run the answer's notebook with its edits; whatever goes wrong is told, not raised."""
    try:
        results = try_work(answer.work(), answer.notebook, answer.name)
    except Exception as error:
        return Outcome(answer.name, answer.notebook, {}, f"{type(error).__name__}: {error}")
    unsettled = [result.id for result in results if result.state == COULD_NOT_RUN]
    lost = {result.id: result.message for result in results if result.state not in (PASSED, COULD_NOT_RUN)}
    return Outcome(answer.name, answer.notebook, lost, f"could not run: {', '.join(unsettled)}" if unsettled else "")
