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
_SLACK = 0.1  # of the points of the section that a mistake may cost more or less


def judged(mistake: Mistake, outcome: Outcome) -> str:
    """Empty when the mistake is caught, costs what it should, and its message helps; else what is wrong."""
    if outcome.trouble:
        return outcome.trouble
    lost = set(outcome.lost)
    if not mistake.is_caught(lost):
        return "not caught" + (f" (but loses {', '.join(sorted(lost))})" if lost else "")
    points, section = points_of(mistake.notebook), section_points(mistake)
    off = sum(points[test] for test in mistake.surplus(lost)) - sum(points[test] for test in mistake.missed(lost))
    if abs(off) > _SLACK * section:
        words = [f"costs {off:+g} points of {section:g}"]
        words += [f"more: {', '.join(sorted(mistake.surplus(lost)))}"] if mistake.surplus(lost) else []
        words += [f"less: {', '.join(sorted(mistake.missed(lost)))}"] if mistake.missed(lost) else []
        return "; ".join(words)
    said = " ".join(messages.said(mistake, outcome).values())
    if mistake.hint.lower() not in said.lower():
        return f"no {mistake.hint!r} in: {said[:200]}"
    return messages.differs(mistake, outcome)


def points_of(notebook: str) -> dict[str, float]:
    """Test -> points."""
    return {test.id: test.points for test in _tests(notebook)}


def section_points(mistake: Mistake) -> float:
    """The points of the sections that the mistake's own tests stand in."""
    tests = _tests(mistake.notebook)
    sections = {test.section for test in tests if test.id in mistake.loses}
    return sum(test.points for test in tests if test.section in sections)


def page(mistakes: Sequence[Mistake], found: dict[str, Outcome]) -> str:
    """The page, in Markdown."""
    lines = [_HEAD]
    for notebook in dict.fromkeys(mistake.notebook for mistake in mistakes):
        own = [mistake for mistake in mistakes if mistake.notebook == notebook]
        caught = sum(mistake.is_caught(set(found[mistake.name].lost)) for mistake in own)
        exact = sum(judged(mistake, found[mistake.name]) == "" for mistake in own)
        lines += [f"\n## {notebook}\n", f"{len(own)} mistakes, {caught} caught, {exact} as expected.\n"]
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
more or less than it should by over 10 % of its section's points, or whose message is not the one expected
(`sample_class/mistakes/messages/`). Made by `make mistakes`."""
