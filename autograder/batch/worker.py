"""A grading process: takes submissions one after another and grades them in a folder of its own.

It ends when the other end of its channel does, so that nothing of a run that was killed goes on.
"""

import logging
import os
import resource
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory

from .. import assignment
from ..examiner.bounds import MOST
from ..gradebook import course_config
from ..marks import Marks, marks_of
from ..sandbox.own_folder import OwnFolder, close_all
from ..sandbox.removal import remove
from ..sandbox.template import close_template
from .bundle import Course, Graded, Submission, read_files, write_files
from .core import Core
from .packing import EMPTY

_BOOK = "grading.db"


def main() -> None:
    """Answer each Submission that comes with a Graded; a Course that comes says what they are submissions of."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (MOST if hard < 0 else min(MOST, hard), hard))
    channel: Connection = Connection(int(sys.argv[1]))
    inbox: SimpleQueue[Course | Submission] = SimpleQueue()
    core = Core()
    place = OwnFolder().path
    Thread(target=_listen, args=(channel, inbox), daemon=True).start()
    while True:
        message = inbox.get()
        if isinstance(message, Course):
            _lay_out(message, place)
        else:
            channel.send(grade(place, message))
            core.leave_if_shared()


def grade(place: Path, submission: Submission) -> Graded:
    """Grade one submission by nbgrader's own converter, in the course that is laid out in `place`."""
    shutil.copy(place / EMPTY, place / _BOOK)
    folders = [place / step / submission.student / assignment.NAME for step in ("submitted", "autograded")]
    with _log(place, submission.student) as log:
        try:
            write_files(submission.files, folders[0])
            _converter(place, submission.student, log).start()
            return Graded(
                submission.student, "", read_files(folders[1]), _marks(place, submission.student), _said(place)
            )
        except Exception as error:  # one submission's trouble is not the class's
            return Graded(submission.student, f"{type(error).__name__}: {error}", log=_said(place))
        finally:
            for folder in folders:
                remove(folder.parent)


def _listen(channel: Connection, inbox: "SimpleQueue[Course | Submission]") -> None:
    try:
        while True:
            inbox.put(channel.recv())
    except (EOFError, OSError):
        close_template()
        close_all()
        os._exit(0)  # in the middle of whatever it is: nobody waits for it any more


def _lay_out(course: Course, place: Path) -> None:
    close_template()  # it has loaded the course before
    for path in place.iterdir():
        remove(path)
    write_files(course.files, place)


def _converter(place: Path, student: str, log: logging.Logger) -> Autograde:
    config = course_config(place)
    config.CourseDirectory.root = str(place)
    config.CourseDirectory.db_url = f"sqlite:///{place / _BOOK}"
    config.RunNotebook.secret = ""  # the one that came with the course counts, wherever its machine has it from
    logging.getLogger("traitlets").setLevel(logging.CRITICAL)
    coursedir = CourseDirectory(config=config)
    coursedir.assignment_id, coursedir.student_id = assignment.NAME, student
    converter = Autograde(coursedir=coursedir, config=config)
    converter.force = True
    converter.log = log
    return converter


def _marks(place: Path, student: str) -> dict[str, Marks]:
    with Gradebook(f"sqlite:///{place / _BOOK}") as gradebook:
        return {
            notebook.name: marks_of(gradebook, notebook.name, student)
            for notebook in gradebook.find_assignment(assignment.NAME).notebooks
        }


@contextmanager
def _log(place: Path, student: str) -> Iterator[logging.Logger]:
    """A logger for what nbgrader says of this submission."""
    logger = logging.getLogger(f"autograde.{student}")
    logger.propagate = False
    handler = logging.FileHandler(place / "log", mode="w", encoding="utf-8")
    logger.handlers = [handler]
    logger.setLevel(logging.INFO)
    try:
        yield logger
    finally:
        logger.handlers = []
        handler.close()


def _said(place: Path) -> str:
    return (place / "log").read_text(encoding="utf-8")


if __name__ == "__main__":
    main()
