"""Runs one answer through the grader's own examiner and sandbox, and says which tests it loses."""

from dataclasses import dataclass, field

from autograder.result import COULD_NOT_RUN, PASSED

from ..answer import Answer
from ..reach import reached
from ..tried import try_work


@dataclass(frozen=True)
class Outcome:
    """What an answer came to. lost: test -> message; trouble: why it could not run, else empty."""

    name: str
    notebook: str
    lost: dict[str, str] = field(default_factory=dict)
    trouble: str = ""


def outcome_of(answer: Answer) -> Outcome:
    """Run the tests that the answer's edits can reach; whatever goes wrong is told, not raised."""
    try:
        work = answer.work()
        results = try_work(work, answer.notebook, answer.name, reached(work, answer.notebook) or None)
    except Exception as error:
        return Outcome(answer.name, answer.notebook, {}, f"{type(error).__name__}: {error}")
    unsettled = [result.id for result in results if result.state == COULD_NOT_RUN]
    lost = {result.id: result.message for result in results if result.state not in (PASSED, COULD_NOT_RUN)}
    return Outcome(answer.name, answer.notebook, lost, f"could not run: {', '.join(unsettled)}" if unsettled else "")
