"""The one writer of the gradebook: a submission goes in whole, in one transaction, then its folder is published."""

import shutil
from pathlib import Path

from nbgrader.api import Gradebook, SubmittedAssignment

from .. import assignment


def publish(root: Path, gradebook: Gradebook, student: str, folder: Path, database: Path) -> None:
    """Enter the marks that a worker left in `database`, then move its `folder`/<student>/hw2 to autograded/.

    Marks and comments that a person gave stay. Stopped in between, the submission is simply graded again.
    """
    with Gradebook(f"sqlite:///{database}") as worker:
        _enter(gradebook, student, worker.find_submission(assignment.NAME, student))
    target = root / "autograded" / student / assignment.NAME
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(target, ignore_errors=True)
    (folder / student / assignment.NAME).rename(target)


def _enter(gradebook: Gradebook, student: str, graded: SubmittedAssignment) -> None:
    gradebook.update_or_create_student(student)
    gradebook.update_or_create_submission(assignment.NAME, student, timestamp=graded.timestamp)
    for notebook in graded.notebooks:
        entry = gradebook.find_submission_notebook(notebook.name, assignment.NAME, student)
        entry.late_submission_penalty = notebook.late_submission_penalty
        marks = {grade.name: grade for grade in notebook.grades}
        for grade in entry.grades:
            if grade.cell_type != "code":
                continue  # a person's to give
            grade.auto_score = marks[grade.name].auto_score
            grade.needs_manual_grade = grade.auto_score is None or grade.manual_score is not None
        remarks = {comment.name: comment.auto_comment for comment in notebook.comments}
        for comment in entry.comments:
            comment.auto_comment = remarks[comment.name]
    gradebook.db.commit()
