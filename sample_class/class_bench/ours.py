"""`hw2 autograde` over a class, for one student, for a growing class, and how soon a student's process runs a cell."""

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from autograder.examiner.session import Session
from autograder.examiner.trial import runner

from ..chaos import many
from ..course import ROOT, collected_course
from .cost import Cost, cost_of

_STARTS = 20


def ours(course: Path, workers: int) -> Cost:
    """All submissions of the course, none of which is graded when it begins."""
    shutil.rmtree(course / "autograded", ignore_errors=True)
    shutil.copy(ROOT / "gradebook.db", course / "gradebook.db")
    command = [sys.executable, "-m", "autograder.cli", "--root", str(course), "autograde"]
    return cost_of([*command, "--workers", str(workers)], course)


def growing(folder: Path, number: int) -> Cost:
    """A class of so many simulated students who send the hand-out as it is, which is graded in seconds; two workers."""
    course = collected_course(folder, many(number, cheap=True))
    try:
        return ours(course, 2)
    finally:
        shutil.rmtree(folder)


def seconds_to_first_cell() -> float:
    """From asking for a student's process to the end of its first cell, with a warm template: the median."""
    taken = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(_STARTS):
            session = Session(Path(folder), runner(ROOT)._for_students(), "hw2-sandbox")
            start = time.monotonic()
            session.start()
            session.run("1 + 1", 60, 0)
            taken.append(time.monotonic() - start)
            session.close()
    return statistics.median(taken)
