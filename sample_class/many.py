"""Many answers of ours at once, chosen on a command line: through the grader, or in plain processes."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from fnmatch import fnmatch
from multiprocessing import get_context
from typing import TypeVar

from tqdm import tqdm

from autograder.examiner.trial import runner

from .course import ROOT

Job = TypeVar("Job")
Outcome = TypeVar("Outcome")


def command_line(program: str, description: str | None, only: str = "*") -> argparse.ArgumentParser:
    """A parser that knows which answers are meant and how many processes may run."""
    parser = argparse.ArgumentParser(prog=f"python -m sample_class.{program}", description=description)
    parser.add_argument("--only", default=only, help="patterns of names or notebooks, separated by commas")
    parser.add_argument("--workers", type=int, default=2)
    return parser


def is_meant(only: str, *words: str) -> bool:
    """Whether one of the patterns after --only fits one of the words."""
    return any(fnmatch(word, pattern) for word in words for pattern in only.split(","))


def graded(outcome_named: Callable[[str], Outcome], names: Sequence[str], workers: int, unit: str) -> Iterator[Outcome]:
    """The outcomes in order, from processes that share a template. By name: an edit cannot be sent to a process."""
    runner(ROOT).share_template()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from tqdm(pool.map(outcome_named, names), total=len(names), unit=f" {unit}", smoothing=0)


def in_plain_processes(
    tried: Callable[[Job], Outcome], jobs: Sequence[Job], workers: int, unit: str
) -> Iterator[Outcome]:
    """The outcomes in order, each from a process of its own, forked with the packages loaded."""
    with get_context("fork").Pool(workers, maxtasksperchild=1) as pool:
        yield from tqdm(pool.imap(tried, jobs), total=len(jobs), unit=f" {unit}")
