"""Grades one submission by nbgrader's own converter, into a folder and a gradebook of the worker's own."""

import logging
import os
import shutil
from pathlib import Path

from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from .. import assignment

GRADING = ".grading"  # below the course folder: what is being graded, thrown away on the next run


def grade(root: Path, student: str) -> str:
    """Grade one student's submission; return what went wrong, empty when nothing did.

    Leaves .grading/<process>/<student>/hw2 and .grading/<process>.db for the writer.
    """
    config = _config(root)
    logging.getLogger("traitlets").setLevel(logging.CRITICAL)
    coursedir = CourseDirectory(config=config)
    coursedir.assignment_id, coursedir.student_id = assignment.NAME, student
    converter = Autograde(coursedir=coursedir, config=config)
    converter.force = True
    converter.log = _log(root, student)
    try:
        converter.start()
    except Exception as error:  # one submission's trouble is not the class's
        return f"{type(error).__name__}: {error}"
    return ""


def place(root: Path, process: int) -> tuple[Path, Path]:
    """The folder and the gradebook of the worker that runs as this process."""
    return root / GRADING / str(process), root / GRADING / f"{process}.db"


def course_config(root: Path) -> Config:
    """What nbgrader_config.py of the course folder says."""
    return PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()


def _config(root: Path) -> Config:
    """The course's configuration, with this worker's folder and gradebook in place of the class's."""
    folder, database = place(root, os.getpid())
    if not database.exists():
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / "gradebook.db", database)
    config = course_config(root)
    config.CourseDirectory.db_url = f"sqlite:///{database}"
    config.CourseDirectory.autograded_directory = str(folder.relative_to(root))
    return config


def _log(root: Path, student: str) -> logging.Logger:
    """What nbgrader says of this submission goes to logs/autograde/<student>.log."""
    path = root / "logs" / "autograde" / f"{student}.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    logger = logging.getLogger(f"autograde.{student}")
    logger.propagate = False
    logger.handlers = [logging.FileHandler(path, mode="w", encoding="utf-8")]
    logger.setLevel(logging.INFO)
    return logger
