"""`python -m sample_class.right`: every right answer through the grader; those that lose a point, and where."""

import sys
import time

from tqdm import tqdm

from ..course import ROOT
from ..many import command_line, graded, is_meant
from ..mistakes.outcome import Outcome
from .catalogue import RIGHT
from .outcome import outcome_named

PAGE = ROOT / "docs" / "right.md"


def main() -> int:
    """Run all right answers, or those that --only names; the exit status is 1 when one of them loses a point.

    A run of all is recorded in docs/right.md.
    """
    wanted = command_line("right", main.__doc__).parse_args()
    chosen = [right.name for right in RIGHT if is_meant(wanted.only, right.name, right.notebook)]
    start = time.monotonic()
    found = list(graded(outcome_named, chosen, wanted.workers, "right answers"))
    losing = sum(_says(outcome) for outcome in found)
    print(f"{len(chosen)} right answers, {losing} lose a point, {time.monotonic() - start:.0f} s")
    if len(chosen) == len(RIGHT):
        PAGE.write_text(page(found) + "\n", encoding="utf-8")
    return 1 if losing else 0


def page(found: list[Outcome]) -> str:
    """The page, in Markdown."""
    lines = [_HEAD]
    for notebook in dict.fromkeys(outcome.notebook for outcome in found):
        own = [outcome for outcome in found if outcome.notebook == notebook]
        paid = sum(not outcome.lost and not outcome.trouble for outcome in own)
        lines += [f"\n## {notebook}\n", f"{len(own)} right answers, {paid} paid in full.\n"]
        lines += [f"- {outcome.name}{_loses(outcome)}" for outcome in own]
    return "\n".join(lines)


def _loses(outcome: Outcome) -> str:
    lost = [*outcome.lost, *filter(None, [outcome.trouble])]
    return f": **loses** {', '.join(lost)}" if lost else ""


def _says(outcome: Outcome) -> bool:
    """Whether it loses a point; if so, the answer is printed, and each test that it loses with its message."""
    said = [outcome.trouble] if outcome.trouble else []
    said += [f"{test}: {message}" for test, message in outcome.lost.items()]
    if said:
        tqdm.write("\n  ".join([f"{outcome.name} ({outcome.notebook})", *said]))
    return bool(said)


_HEAD = """# Right answers against the hidden tests

Each line is one way to write a part of the assignment that is right (`sample_class/right/`), graded by the grader's own
examiner in its sandbox: all tests that it can reach. Made by `make mistakes`."""

if __name__ == "__main__":
    sys.exit(main())
