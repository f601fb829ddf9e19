"""`python -m sample_class.right`: every right answer through the grader; those that lose a point, and where."""

import argparse
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from fnmatch import fnmatch
from multiprocessing import get_context

from tqdm import tqdm

from autograder.examiner.trial import runner

from ..course import ROOT
from ..mistakes.outcome import Outcome
from .catalogue import RIGHT
from .outcome import outcome_named
from .right import Right


def main() -> int:
    """Run all right answers, or those that --only names; the exit status is 1 when one of them loses a point."""
    parser = argparse.ArgumentParser(prog="python -m sample_class.right", description=main.__doc__)
    parser.add_argument("--only", default="*", help="patterns of names or notebooks, separated by commas")
    parser.add_argument("--workers", type=int, default=2)
    wanted = parser.parse_args()
    chosen = [right for right in RIGHT if _named(right, wanted.only.split(","))]
    start = time.monotonic()
    losing = sum(_says(outcome) for outcome in _run(chosen, wanted.workers))
    print(f"{len(chosen)} right answers, {losing} lose a point, {time.monotonic() - start:.0f} s")
    return 1 if losing else 0


def _named(right: Right, patterns: list[str]) -> bool:
    return any(fnmatch(right.name, pattern) or fnmatch(right.notebook, pattern) for pattern in patterns)


def _run(rights: list[Right], workers: int) -> Iterator[Outcome]:
    runner(ROOT).share_template()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        names = [right.name for right in rights]  # an edit is a function within a function, which does not travel
        yield from tqdm(pool.map(outcome_named, names), total=len(names), unit=" right answers")


def _says(outcome: Outcome) -> bool:
    """Whether it loses a point; if so, the answer is printed, and each test that it loses with its message."""
    said = [outcome.trouble] if outcome.trouble else []
    said += [f"{test}: {message}" for test, message in outcome.lost.items()]
    if said:
        tqdm.write("\n  ".join([f"{outcome.name} ({outcome.notebook})", *said]))
    return bool(said)


if __name__ == "__main__":
    sys.exit(main())
