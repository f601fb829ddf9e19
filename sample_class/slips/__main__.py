"""`python -m sample_class.slips`: each slip before packing and after grading, recorded in docs/slips.md."""

import re
import sys

from ..course import ROOT
from .catalogue import SUBMISSIONS, Slip
from .compare import hidden, missing
from .trial import Tried, tried

PAGE = ROOT / "docs" / "slips.md"
_HEAD = """# Slips, before packing and after grading

Each slip is made in a solved hand-out, several in one submission where they do not touch each other. The tables quote
what `python -m libs.check` says of it before packing; then the zip is packed, collected and graded. Nothing of what
grading says may be missing in what was said before, hidden tests aside. Made by `make slips`."""


def main() -> int:
    """Try all; the exit status is 1 when something was not said before."""
    found = tried(ROOT / "scratch" / "slips")
    parts = [_part(place, *pair) for place, pair in enumerate(zip(found, SUBMISSIONS, strict=True), 1)]
    text = "\n\n".join([_HEAD, *parts]) + "\n"
    PAGE.write_text(text, encoding="utf-8")
    print(text)
    return 1 if any(missing(*pair) for pair in zip(found, SUBMISSIONS, strict=True)) else 0


def _part(place: int, one: Tried, slips: tuple[Slip, ...]) -> str:
    lines = [f"## Submission {place}\n", "| slip | case | said before packing |\n|---|---|---|"]
    lines += [f"| {slip.name} | {slip.case} | {_sentence(slip, one.said)} |" for slip in slips]
    lines += ["\nRemarks of grading:\n", *(f"- {remark}" for remark in one.remarks)]
    lines += ["\n| points lost in grading | before packing |\n|---|---|", *_lost(one)]
    lines += ["\nMissing before packing: " + ("; ".join(missing(one, slips)) or "nothing") + "."]
    return "\n".join(lines)


def _lost(one: Tried) -> list[str]:
    """Tests with their points, by what was known of them before."""
    kinds: dict[str, list[str]] = {}
    for test, (points, section, _) in one.lost.items():
        notebook = test.partition("/")[0]
        raises = f'"{section}" raises' if section in one.raised.get(notebook, []) else ""
        state = "passed: only the hidden part fails" if test in hidden(one) else one.before.get(test, "missing")
        kinds.setdefault(raises or state, []).append(f"{test} ({points:g})")
    return [f"| {', '.join(tests)} | {state} |" for state, tests in kinds.items()]


def _sentence(slip: Slip, said: str) -> str:
    """The report's line that speaks of the slip."""
    lines = [line.strip(" -") for line in said.splitlines() if re.search(slip.said, line)]
    return re.sub(r"^\d+\. ", "", lines[0]).replace("|", "\\|")[:220] if lines else "**nothing**"


if __name__ == "__main__":
    sys.exit(main())
