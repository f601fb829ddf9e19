"""Grading on a Dask cluster: its workers run on any machines that have this package, and share nothing with ours."""

import asyncio
import logging
import sys
import warnings
from collections.abc import Iterable
from concurrent.futures import CancelledError
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tqdm import tqdm

from .bundle import Course, Graded, Submission, digest_of, read_files
from .flow import Results, in_flight
from .graders import Graders

_DECIDING = ("torch", "torchvision", "numpy", "nbgrader", "nbformat")  # packages whose version may decide a mark
_PATIENCE = "10s"  # for a scheduler to answer
_LEAST = 8  # submissions under way, where few workers have come yet


def on_cluster(scheduler: str, course: Course, submissions: Iterable[Submission]) -> Results:
    """Each submission graded, in the order of completion, by the workers of the scheduler at this address.

    Raises RuntimeError that says what to do when the scheduler cannot be reached or is lost.
    """
    distributed = _distributed()
    for name in ("distributed", "distributed.client", "distributed.core"):  # what they have to say is said below
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with _client(distributed, scheduler) as client:
        try:
            if not client.nthreads():
                tqdm.write(f"no worker has come to {scheduler} yet; waiting: dask worker {scheduler} --nthreads 1")
            yield from _on(distributed, client, course, submissions)
        except (OSError, CancelledError, asyncio.CancelledError) as error:  # Dask's own errors are among these
            raise RuntimeError(
                f"the Dask scheduler {scheduler} was lost; what was graded is kept: start it, then hw2 autograde "
                "again, and it goes on"
            ) from error
        except OtherVersions as error:
            raise RuntimeError(f"a worker has other versions: {error}; install the same, start it again") from error


def _client(distributed: Any, scheduler: str) -> Any:
    try:
        return distributed.Client(scheduler, timeout=_PATIENCE)
    except (OSError, TimeoutError, ValueError) as error:
        raise RuntimeError(f"no Dask scheduler answers at {scheduler}: see that it runs, then start again") from error


def _on(distributed: Any, client: Any, course: Course, submissions: Iterable[Submission]) -> Results:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Sending large graph")  # once a run, and then from worker to worker
        there = client.submit(Course, course.key, course.files, key=f"hw2-course-{course.key}")
    for student, future in in_flight(
        submissions,
        lambda submission: client.submit(grade_there, code(), there, submission, pure=False),
        lambda waiting: distributed.wait(waiting, return_when="FIRST_COMPLETED").done,
        lambda: max(_LEAST, 2 * sum(client.nthreads().values())),
    ):
        try:
            yield future.result()
        except distributed.KilledWorker:
            yield Graded(student, "the workers that graded it died, one after the other; have they enough memory?")


class OtherVersions(RuntimeError):
    """A worker has not what the class's machine has."""


_graders = Graders()  # of a worker


def grade_there(theirs: str, course: Course, submission: Submission) -> Graded:
    """In a Dask worker: the submission graded. Raises OtherVersions where it might get other marks than here."""
    if theirs != code():
        raise OtherVersions(f"here {theirs}; there {code()}")
    return _graders.grade(course, submission)


@cache
def code() -> str:
    """What decides marks beside the course: this package's files and the versions of some others."""
    files = digest_of(read_files(Path(__file__).resolve().parent.parent))
    versions = ", ".join(f"{name} {version(name)}" for name in _DECIDING)
    return f"autograder {files[:12]}, Python {sys.version_info[0]}.{sys.version_info[1]}, {versions}"


def _distributed() -> Any:
    try:
        import distributed
    except ModuleNotFoundError as error:
        raise RuntimeError(f"--scheduler needs Dask: pip install '.[scale]' ({error})") from error
    return distributed
