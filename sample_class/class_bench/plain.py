"""nbgrader with nothing of ours: its own kernels, its own autograder, the same cells and hidden tests."""

import shutil
import sys
from pathlib import Path

from autograder import assignment

from ..hostile.plain import CONFIG, plain_course
from .cost import Cost, cost_of

_SECONDS = 600  # a cell may take


def one_process(course: Path, folder: Path) -> Cost:
    """`nbgrader autograde hw2` over all submissions of the course."""
    _set_up(course, folder)
    return cost_of([sys.executable, "-m", "nbgrader", "autograde", assignment.NAME], folder)


def gnu_parallel(course: Path, folder: Path, at_once: int = 2) -> Cost:
    """A process a student, so many at once, each with a gradebook of its own: SQLite has one writer at a time."""
    if shutil.which("parallel") is None:
        raise RuntimeError("GNU parallel is not there: apt-get install parallel")
    students = _set_up(course, folder)
    for student in students:
        shutil.copy(folder / "gradebook.db", folder / f"{student}.db")
    one = f"{sys.executable} -m nbgrader autograde {assignment.NAME} --student={{}} "
    one += f"--CourseDirectory.db_url=sqlite:///{folder}/{{}}.db"
    return cost_of(["parallel", "--will-cite", f"--jobs={at_once}", one, ":::", *students], folder)


def _set_up(course: Path, folder: Path) -> list[str]:
    """A course of plain nbgrader's with these submissions; its students."""
    plain_course(folder, CONFIG.replace("timeout = 15", f"timeout = {_SECONDS}"))
    shutil.copytree(course / "submitted", folder / "submitted")
    return sorted(path.name for path in (folder / "submitted").iterdir())
