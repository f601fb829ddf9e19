"""What the mistakes came to, as a page: caught or not, by which test, and the points lost beside those expected."""

import functools
import re
from collections.abc import Sequence

from autograder import assignment

from ..course import ROOT
from . import messages
from .mistake import Mistake
from .outcome import Outcome

PAGE = ROOT / "docs" / "mistakes.md"


def judged(mistake: Mistake, outcome: Outcome) -> str:
    """Empty when the mistake is caught, costs what it should, and its message helps; else what is wrong."""
    if outcome.trouble:
        return outcome.trouble
    lost = set(outcome.lost)
    if not mistake.is_caught(lost):
        return "not caught" + (f" (but loses {', '.join(sorted(lost))})" if lost else "")
    if wrong := _cost(mistake, lost):
        return wrong
    said = " ".join(messages.said(mistake, outcome).values())
    if mistake.hint.lower() not in said.lower():
        return f"no {mistake.hint!r} in: {said[:200]}"
    return messages.differs(mistake, outcome)


def points_of(notebook: str) -> dict[str, float]:
    """Test -> points."""
    return {test.id: test.points for test in _tests(notebook)}


def _cost(mistake: Mistake, lost: set[str]) -> str:
    """Empty where as many points are lost as are expected, no test taken out of the sum."""
    points = points_of(mistake.notebook)
    off = sum(points[test] for test in lost) - sum(points[test] for test in mistake.loses)
    more, hanging, less = mistake.surplus(lost), mistake.hanging(lost), mistake.missed(lost)
    words = [f"costs {off:+g} points"]
    words += [f"{word}: {', '.join(sorted(tests))}" for word, tests in (("more", more), ("less", less)) if tests]
    words += [f"what hangs on it: {', '.join(sorted(hanging))}"] if hanging else []
    return "; ".join(words) if off else ""


def page(mistakes: Sequence[Mistake], found: dict[str, Outcome]) -> str:
    """The page, in Markdown."""
    lines = [_HEAD]
    for notebook in dict.fromkeys(mistake.notebook for mistake in mistakes):
        own = [mistake for mistake in mistakes if mistake.notebook == notebook]
        caught = sum(mistake.is_caught(set(found[mistake.name].lost)) for mistake in own)
        exact = sum(not _cost(mistake, set(found[mistake.name].lost)) for mistake in own)
        fine = sum(judged(mistake, found[mistake.name]) == "" for mistake in own)
        costs = f"{len(own)} mistakes, {caught} caught, {exact} at their cost to the point"
        lines += [f"\n## {notebook}\n", f"{costs}, {fine} with the message expected, too.\n"]
        lines += ["| mistake | lost | expected | tests that fail | |", "|---|---|---|---|---|"]
        lines += [_row(mistake, found[mistake.name]) for mistake in own]
        silent = set(points_of(notebook)) - {test for mistake in own for test in found[mistake.name].lost}
        if silent:
            lines.append(f"\nTests that none of these mistakes fails: {', '.join(sorted(silent))}.")
    return "\n".join(lines)


def write_page(mistakes: Sequence[Mistake], found: dict[str, Outcome]) -> None:
    """Record the run of the whole catalogue."""
    PAGE.write_text(page(mistakes, found) + "\n", encoding="utf-8")


def _row(mistake: Mistake, outcome: Outcome) -> str:
    points = points_of(mistake.notebook)
    lost, expected = sum(points[test] for test in outcome.lost), sum(points[test] for test in mistake.loses)
    said = re.sub(r"\s+", " ", judged(mistake, outcome)).replace("|", "\\|")
    return f"| {mistake.name} | {lost:g} | {expected:g} | {', '.join(sorted(outcome.lost)) or 'none'} | {said} |"


@functools.cache
def _tests(notebook: str) -> list[assignment.Check]:
    checks = assignment.checks(assignment.read(assignment.source_folder(ROOT) / f"{notebook}.ipynb"))
    return [check for check in checks if not check.by_hand]


_HEAD = """# Wrong answers against the hidden tests

Each line is one mistake in an otherwise correct submission (`sample_class/mistakes/`), graded by the grader's own
examiner in its sandbox: all tests that the change can reach, by the names that cells and definitions read
(`sample_class/reach.py`). The last column says what is not as it should be: a mistake that is not caught, that costs
more or fewer points than the tests whose property it breaks, or whose message is not the one expected
(`sample_class/mistakes/messages/`). Made by `make mistakes`."""
