"""`python -m sample_class.right`: every right answer through the grader; those that lose a point, and where."""

import sys
import time

from tqdm import tqdm

from ..many import command_line, graded, is_meant
from ..mistakes.outcome import Outcome
from .catalogue import RIGHT
from .outcome import outcome_named


def main() -> int:
    """Run all right answers, or those that --only names; the exit status is 1 when one of them loses a point."""
    wanted = command_line("right", main.__doc__).parse_args()
    chosen = [right.name for right in RIGHT if is_meant(wanted.only, right.name, right.notebook)]
    start = time.monotonic()
    losing = sum(_says(outcome) for outcome in graded(outcome_named, chosen, wanted.workers, "right answers"))
    print(f"{len(chosen)} right answers, {losing} lose a point, {time.monotonic() - start:.0f} s")
    return 1 if losing else 0


def _says(outcome: Outcome) -> bool:
    """Whether it loses a point; if so, the answer is printed, and each test that it loses with its message."""
    said = [outcome.trouble] if outcome.trouble else []
    said += [f"{test}: {message}" for test, message in outcome.lost.items()]
    if said:
        tqdm.write("\n  ".join([f"{outcome.name} ({outcome.notebook})", *said]))
    return bool(said)


if __name__ == "__main__":
    sys.exit(main())
