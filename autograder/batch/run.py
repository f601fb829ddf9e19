"""Grades every submission that is not graded yet, here or on a cluster; may be stopped at any time and run again."""

import fcntl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from nbgrader.api import Gradebook, InvalidEntry
from sqlalchemy.exc import DBAPIError, PendingRollbackError
from tqdm import tqdm

from .. import assignment
from ..answers.digest import digest
from ..examiner.execute import RunNotebook
from ..gradebook import CONFIG, course_config, db_url, lost, open_gradebook
from ..policy.term import read_term
from ..result import RECORDS, read_record
from ..sandbox.removal import remove
from ..secret import FILE as SECRET
from ..visible import visible
from .bundle import Course, Graded, Submission
from .cluster import on_cluster
from .flow import Results, on_this_machine
from .packing import pack_course, pack_submission
from .times import update_times
from .writer import GRADING, publish

LOGS = Path("logs", "autograde")  # what nbgrader said of each submission


def autograde(
    root: Path, workers: int, again: bool = False, silent: bool = False, scheduler: str = ""
) -> dict[str, str]:
    """Grade submitted/ into autograded/ and the gradebook; return student -> problem for those that failed.

    again: grade also what has been graded and has not changed since. scheduler: the address of a Dask scheduler, whose
    workers then grade in place of this machine's. Raises RuntimeError when another run grades here, or when what the
    run needs is lost; it goes on when it is started again.
    """
    with alone(root):
        remove(root / GRADING)
        (root / GRADING).mkdir(exist_ok=True)
        try:
            with open_gradebook(root) as gradebook:
                return _grade_all(root, gradebook, again, silent, workers, scheduler)
        except (DBAPIError, PendingRollbackError, InvalidEntry) as error:  # nbgrader calls every error of a commit so
            raise RuntimeError(lost(db_url(root), error)) from error
        finally:
            remove(root / GRADING)


def _grade_all(
    root: Path, gradebook: Gradebook, again: bool, silent: bool, workers: int, scheduler: str
) -> dict[str, str]:
    problems: dict[str, str] = {}
    term = read_term(root, gradebook)  # what cannot be read there stops the run before it begins
    students = [student for student in submitted(root) if again or not is_graded(root, student)]
    if students:
        course = pack_course(root, gradebook)
        _refuse_another_exam(root, students)
        gradebook.db.commit()  # it waits for hours: no transaction stays open meanwhile
        submissions = _packed(root, students, problems)
        with closing(_graded(root, course, submissions, min(workers, len(students)), scheduler)) as results:
            for graded in tqdm(results, total=len(students), desc="autograde", unit=" students", disable=silent):
                _keep_log(root, graded)
                if graded.problem:
                    problems[graded.student] = graded.problem
                    tqdm.write(visible(f"{graded.student}: {graded.problem} (see {LOGS / graded.student}.log)"))
                else:
                    publish(root, gradebook, term, graded)
    update_times(root, gradebook)
    return problems


def _refuse_another_exam(root: Path, students: list[str]) -> None:
    """Raises ValueError when those who keep their marks now were graded with another secret."""
    kept = [root / "autograded" / student / assignment.NAME / RECORDS for student in submitted(root)]
    records = [path for folder in kept if folder.parent.parent.name not in students for path in folder.glob("*.json")]
    seed = RunNotebook(config=course_config(root)).seed()
    if other := sorted({path.parts[-4] for path in records if read_record(path).seed != seed}):
        raise ValueError(
            f"{root / SECRET}, or the line c.RunNotebook.secret in {CONFIG}, has changed since {other[0]} was graded "
            f"({len(other)} in all): put back what it was, or give everybody another exam: hw2 autograde --again"
        )


def _packed(root: Path, students: list[str], problems: dict[str, str]) -> Iterator[Submission]:
    """The submissions one by one; one that cannot be read is a problem of its own, not the end of the run."""
    for student in students:
        try:
            yield pack_submission(root, student)
        except OSError as error:
            why = f"cannot read {error.filename or 'its files'}: {error.strerror}; mend that, then start again"
            problems[student] = why
            tqdm.write(visible(f"{student}: {why}"))


def _graded(root: Path, course: Course, submissions: Iterator[Submission], workers: int, scheduler: str) -> Results:
    if scheduler:
        return on_cluster(scheduler, course, submissions)
    RunNotebook(config=course_config(root)).share_template()
    return on_this_machine(course, submissions, workers)


@contextmanager
def alone(root: Path) -> Iterator[None]:
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


def _keep_log(root: Path, graded: Graded) -> None:
    (root / LOGS).mkdir(parents=True, exist_ok=True)
    (root / LOGS / f"{graded.student}.log").write_text(visible(graded.log), encoding="utf-8")
