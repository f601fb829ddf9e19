"""The one writer of the gradebook: a submission goes in whole, in one transaction, then its folder is published."""

from pathlib import Path

from nbgrader.api import Gradebook

from .. import assignment
from ..gradebook import transaction
from ..marks import Marks, enter
from ..policy.term import Term
from ..sandbox.removal import remove
from .bundle import Graded, write_files
from .times import update_time

GRADING = ".grading"  # below the course folder: what is about to be published, thrown away on the next run


def publish(root: Path, gradebook: Gradebook, term: Term, graded: Graded) -> None:
    """Enter the marks, then move the graded files to autograded/<student>/hw2.

    Marks and comments that a person gave stay. Stopped in between, the submission is simply graded again.
    """
    ready = root / GRADING / graded.student
    remove(ready)
    write_files(graded.files, ready)
    with transaction(gradebook):
        _enter(gradebook, graded.student, graded.marks)
        update_time(root, gradebook.find_submission(assignment.NAME, graded.student), term)
    target = root / "autograded" / graded.student / assignment.NAME
    target.parent.mkdir(parents=True, exist_ok=True)
    remove(target)
    ready.rename(target)


def _enter(gradebook: Gradebook, student: str, marks: dict[str, Marks]) -> None:
    gradebook.update_or_create_student(student)
    gradebook.update_or_create_submission(assignment.NAME, student)
    for name, given in marks.items():
        enter(gradebook, name, student, given)
