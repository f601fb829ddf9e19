"""`make mistakes`: every mistake through the grader; which tests caught it, and what it cost beside what it should."""

import argparse
import json
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from fnmatch import fnmatch
from multiprocessing import get_context
from pathlib import Path

from tqdm import tqdm

from autograder.examiner.trial import runner

from ..course import ROOT
from . import messages
from .catalogue import MISTAKES, outcome_named
from .mistake import Mistake
from .outcome import Outcome
from .table import judged, page, write_page


def main() -> int:
    """Run all mistakes, or those that --only names; the whole catalogue is recorded in docs/mistakes.md."""
    parser = argparse.ArgumentParser(prog="python -m sample_class.mistakes", description=main.__doc__)
    parser.add_argument("--only", default="*", help="patterns of names or notebooks, separated by commas")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep-messages", action="store_true", help="what is said becomes what is expected")
    parser.add_argument("--save", type=Path, help="a file for all that was found, messages too, as JSON")
    wanted = parser.parse_args()
    chosen = [mistake for mistake in MISTAKES if _named(mistake, wanted.only.split(","))]
    start = time.monotonic()
    found = _run(chosen, wanted.workers)
    print(page(chosen, found))
    if wanted.save:
        wanted.save.write_text(json.dumps([asdict(found[mistake.name]) for mistake in chosen], indent=1))
    print(f"{len(chosen)} mistakes, {time.monotonic() - start:.0f} s")
    if wanted.keep_messages and len(chosen) == len(MISTAKES):
        messages.write(chosen, found)
    if len(chosen) == len(MISTAKES):
        write_page(chosen, found)
    return 0 if all(judged(mistake, found[mistake.name]) == "" for mistake in chosen) else 1


def _named(mistake: Mistake, patterns: list[str]) -> bool:
    return any(fnmatch(mistake.name, pattern) or fnmatch(mistake.notebook, pattern) for pattern in patterns)


def _run(mistakes: list[Mistake], workers: int) -> dict[str, Outcome]:
    runner(ROOT).share_template()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        names = [mistake.name for mistake in mistakes]  # an edit is a function within a function, which does not travel
        outcomes = tqdm(pool.map(outcome_named, names), total=len(names), unit=" mistakes")
        return {outcome.name: outcome for outcome in outcomes}


if __name__ == "__main__":
    sys.exit(main())
