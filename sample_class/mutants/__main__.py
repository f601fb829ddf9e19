"""`python -m sample_class.mutants`: every mutant through the grader; those that pass all tests must be equivalent."""

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from fnmatch import fnmatch
from multiprocessing import get_context

from tqdm import tqdm

from autograder.examiner.trial import runner

from ..course import ROOT
from .outcome import Outcome, mutants, outcome_named
from .table import page, unexplained, write_page


def main() -> int:
    """Run all mutants, or those that --only names; all of them are recorded in docs/mutants.md."""
    parser = argparse.ArgumentParser(prog="python -m sample_class.mutants", description=main.__doc__)
    parser.add_argument("--only", default="*", help="patterns of names (notebook/place/number), separated by commas")
    parser.add_argument("--workers", type=int, default=2)
    wanted = parser.parse_args()
    chosen = [name for name in mutants() if any(fnmatch(name, pattern) for pattern in wanted.only.split(","))]
    start = time.monotonic()
    found = run(chosen, wanted.workers)
    print(page(chosen, found))
    print(f"{len(chosen)} mutants, {time.monotonic() - start:.0f} s")
    if len(chosen) == len(mutants()):
        write_page(chosen, found)
    return 1 if unexplained(chosen, found) else 0


def run(names: list[str], workers: int) -> dict[str, Outcome]:
    """What the mutants of these names come to; equivalent ones are run too, so that the list stays true."""
    runner(ROOT).share_template()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        outcomes = tqdm(pool.map(outcome_named, names), total=len(names), unit=" mutants", smoothing=0)
        return {outcome.name: outcome for outcome in outcomes}


if __name__ == "__main__":
    sys.exit(main())
