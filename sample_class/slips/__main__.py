"""`python -m sample_class.slips`: each slip before packing and after grading, recorded in docs/slips.md.

A number after it tries that submission alone; of the others the page keeps what was found when they were tried last.
"""

import argparse
import re
import sys

from ..course import ROOT
from .catalogue import SUBMISSIONS, Slip
from .compare import hidden, missing
from .trial import Tried, kept, tried

PAGE = ROOT / "docs" / "slips.md"
_HEAD = """# Slips, before packing and after grading

Each slip is made in a solved hand-out, several in one submission where they do not touch each other. The tables quote
what `python -m libs.check` says of it before packing; then the zip is packed, collected and graded. Nothing of what
grading says may be missing in what was said before, hidden tests aside. Made by `make slips`."""


def main() -> int:
    """Try the submissions, all or those named; the exit status is 1 when something was not said before."""
    parser = argparse.ArgumentParser(prog="python -m sample_class.slips", description=__doc__)
    parser.add_argument("only", nargs="*", type=int, help=f"1 to {len(SUBMISSIONS)}")
    only = parser.parse_args().only
    if not set(only) <= set(range(1, len(SUBMISSIONS) + 1)):
        parser.error(f"there are submissions 1 to {len(SUBMISSIONS)}")
    scratch = [ROOT / "scratch" / "slips" / str(place) for place in range(1, len(SUBMISSIONS) + 1)]
    found = [
        tried(folder, place) if not only or place + 1 in only else kept(folder) for place, folder in enumerate(scratch)
    ]
    parts = [_part(place, *pair) for place, pair in enumerate(zip(found, SUBMISSIONS, strict=True), 1)]
    text = "\n\n".join([_HEAD, *parts]) + "\n"
    PAGE.write_text(text, encoding="utf-8")
    print(text)
    return 1 if any(one is None or missing(one, slips) for one, slips in zip(found, SUBMISSIONS, strict=True)) else 0


def _part(place: int, one: Tried | None, slips: tuple[Slip, ...]) -> str:
    if one is None:
        return f"## Submission {place}\n\nNot tried yet: `python -m sample_class.slips {place}`."
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
