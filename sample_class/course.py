"""A course folder of its own for the sample class, so that a demo or a test leaves the checkout as it is."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from autograder import secret
from autograder.stages import run as run_stage

from .pack import write_class
from .students import Student

ROOT = Path(__file__).resolve().parent.parent


def make_course(course: Path, students: Sequence[Student]) -> Path:
    """Set up `course` anew: assignment, empty gradebook, and the class's uploads as downloaded."""
    shutil.rmtree(course, ignore_errors=True)
    course.mkdir(parents=True)
    for name in ("source", "release"):
        shutil.copytree(ROOT / name, course / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("nbgrader_config.py", "gradebook.db"):
        shutil.copy(ROOT / name, course)
    (course / "data").symlink_to(ROOT / "data")
    (course / secret.FILE).write_text(secret.PUBLIC, encoding="utf-8")  # expected messages hold numbers drawn from it
    write_class(ROOT, course, students)
    return course


def collected_course(course: Path, students: Sequence[Student]) -> Path:
    """The same after collecting; raises RuntimeError when an upload could not be collected."""
    make_course(course, students)
    if run_stage(course, "zip_collect", silent=True):
        raise RuntimeError(f"the class could not be collected; see {course / 'logs' / 'zip_collect.log'}")
    return course
