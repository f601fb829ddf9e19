"""Grades every submission that is not graded yet, on several cores; may be stopped at any time and run again."""

import fcntl
import shutil
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from multiprocessing import get_context
from os import getpid
from pathlib import Path

from nbgrader.api import Gradebook
from tqdm import tqdm

from .. import assignment
from ..answers.digest import digest
from ..examiner.execute import RunNotebook
from ..policy.term import read_term
from ..result import RECORDS, read_record
from .times import update_times
from .worker import GRADING, course_config, grade, place
from .writer import publish


def autograde(root: Path, workers: int, again: bool = False, silent: bool = False) -> dict[str, str]:
    """Grade submitted/ into autograded/ and gradebook.db; return student -> problem for those that failed.

    again: grade also what has been graded and has not changed since. Raises RuntimeError when another run grades here.
    """
    with _alone(root):
        shutil.rmtree(root / GRADING, ignore_errors=True)
        students = [student for student in submitted(root) if again or not is_graded(root, student)]
        problems = _grade_all(root, students, workers, silent)
        shutil.rmtree(root / GRADING, ignore_errors=True)
    return problems


def _grade_all(root: Path, students: list[str], workers: int, silent: bool) -> dict[str, str]:
    problems: dict[str, str] = {}
    if students:
        RunNotebook(config=course_config(root)).share_template()
    pool = ProcessPoolExecutor(min(workers, max(1, len(students))), mp_context=get_context("spawn"))
    with pool, Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        read_term(root, gradebook)  # what cannot be read there stops the run before it begins
        waiting = {pool.submit(_graded, root, student): student for student in students}
        for future in _shown(waiting, silent):
            student = waiting[future]
            process, problem = future.result()
            if problem:
                problems[student] = problem
                tqdm.write(f"{student}: {problem} (see logs/autograde/{student}.log)")
            else:
                publish(root, gradebook, student, *place(root, process))
        update_times(root, gradebook)
    return problems


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """The gradebook has one writer; the lock ends with its process, however that ends."""
    with (root / ".grading.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RuntimeError(f"another hw2 autograde is grading in {root}: wait until it has ended") from None
        yield


def submitted(root: Path) -> list[str]:
    """The students with a submission, by number."""
    return sorted(path.parent.name for path in (root / "submitted").glob(f"*/{assignment.NAME}"))


def is_graded(root: Path, student: str) -> bool:
    """True when every notebook has its record, and what was graded is what was submitted; its time may differ."""
    graded, submission = (root / step / student / assignment.NAME for step in ("autograded", "submitted"))
    records = {name: graded / RECORDS / f"{name}.json" for name in assignment.NOTEBOOKS}
    return all(
        path.exists() and read_record(path).submission == digest(submission, name) for name, path in records.items()
    )


def _graded(root: Path, student: str) -> tuple[int, str]:
    """In a worker: which process graded, and what went wrong."""
    return getpid(), grade(root, student)


def _shown(waiting: dict[Future[tuple[int, str]], str], silent: bool) -> Iterator[Future[tuple[int, str]]]:
    """The futures as they complete, with a progress bar."""
    yield from tqdm(as_completed(waiting), total=len(waiting), desc="autograde", unit=" students", disable=silent)
