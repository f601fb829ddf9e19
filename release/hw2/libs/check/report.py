"""The report: what costs marks first, one line for one kind of thing, and one sentence at the end."""

import re
import time
from collections.abc import Callable
from pathlib import Path

from .cells import Matched
from .judge import FAILED, PASSED, UNREACHED, UNWRITTEN, Check, Judged
from .said import Said, counted, one_line
from .unwritten import unwritten

Line = Callable[[str], None]


def write_report(said: list[Said], standing: list[str], tell: Line) -> None:
    """Print faults, notes, and where the student stands."""
    faults = [each for each in ranked(said) if each.is_fault]
    notes = [each for each in said if not each.is_fault]
    if faults:
        tell("\nTo mend, what costs marks first:")
        for number, each in enumerate(faults, 1):
            tell(f"{number:2}. {each.text}")
    if notes:
        tell("\nTo know:")
        for each in notes:
            tell(f"  - {each.text}")
    if standing:
        tell("\nWhere you stand (the grader also asks with numbers that you do not see):")
        for line in standing:
            tell(f"  - {line}")
    tell("")


def ranked(said: list[Said]) -> list[Said]:
    """The sentences in order: by rank, then by the points at stake."""
    return sorted(said, key=lambda each: (each.rank, -each.points))


def outcome(said: list[Said]) -> str:
    """The one sentence at the end."""
    faults = [each for each in ranked(said) if each.is_fault]
    if not faults:
        return "Nothing is at fault."
    first = one_line(re.split(r"(?<=[^\d][.?]) ", faults[0].text)[0], 200)
    return f"{counted(len(faults), 'thing')} to mend, first of all: {first}"


def standing_of(matched: Matched, judged: Judged) -> str:
    """What became of a notebook's checks, in numbers."""
    checks, raised = judged.checks, judged.raised
    tests = [entry.points for entry in matched.entries if entry.role == "test"]
    good = [check for check in checks if check.state == PASSED and check.section not in raised]
    parts = [f"{len(good)} of {len(tests)} visible checks pass ({_points(good):g} of {sum(tests):g} points)"]
    for state, what in ((FAILED, "failing"), (UNWRITTEN, "waiting for your code"), (UNREACHED, "not reached")):
        parts += _part([check for check in checks if check.state == state and check.section not in raised], what)
    return ", ".join(parts + _part([check for check in checks if check.section in raised], "in a section that raises"))


def written_of(matched: Matched) -> str:
    """How many of a notebook's answers are written in its cells."""
    answers = sum(entry.role == "answer" for entry in matched.entries)
    return f"{answers - len(unwritten(matched))} of {answers} answers are written in its cells"


def saved(path: Path, matched: Matched) -> str:
    """When a notebook was last saved and how large it is, in words."""
    size, rest = path.stat().st_size / 2**20, sum(cell.rest for cell in matched.cells) / 2**20
    return f"{path.name}, saved {_ago(path)}, {size:.1f} MB (outputs {max(size - rest, 0):.1f})"


def _part(checks: list[Check], what: str) -> list[str]:
    return [f"{what} {len(checks)} ({counted(_points(checks), 'point')})"] if checks else []


def _points(checks: list[Check]) -> float:
    return sum(check.points for check in checks)


def _ago(path: Path) -> str:
    minutes = (time.time() - path.stat().st_mtime) / 60
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{counted(round(minutes), 'minute')} ago"
    if minutes < 48 * 60:
        return f"{counted(round(minutes / 60), 'hour')} ago"
    return f"{counted(round(minutes / 1440), 'day')} ago"
