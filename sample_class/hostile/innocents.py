"""Who is graded beside the hostile class, and what must not change: marks, a person's marks and comments, files."""

from pathlib import Path

from nbgrader.api import Gradebook

from autograder import assignment

from .submission import EMBED_LABEL, GOODNESS, NETWORKS, SUPERVISED, Hostile

GRADED_BEFORE = Hostile(
    "402990001",
    "an innocent student with a person's marks and comments",
    "innocent",
    (),
    (f"{SUPERVISED}/embed_label", "relu_forward", "relu_backward"),
    (EMBED_LABEL, f"{NETWORKS}/relu_*"),
)
GRADED_BESIDE = Hostile(
    "402990002",
    "an innocent student who is graded among the others",
    "innocent",
    (),
    (f"{SUPERVISED}/goodness", "sgd_momentum"),
    (GOODNESS, f"{NETWORKS}/sgd_momentum_*"),
)
INNOCENTS = (GRADED_BEFORE, GRADED_BESIDE)


def mark_by_hand(course: Path, student: str) -> None:
    """A person's marks and comments: an explanation, a test overruled, a comment."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        entry = gradebook.find_submission_notebook(SUPERVISED, assignment.NAME, student)
        task = next(grade for grade in entry.grades if grade.cell_type == "markdown")
        test = next(grade for grade in entry.grades if grade.cell_type == "code")
        task.manual_score, task.needs_manual_grade, test.manual_score = 2.5, False, 1.0
        entry.comments[0].manual_comment = "well explained"
        gradebook.db.commit()


def enter_graded(course: Path) -> None:
    """The innocent students in a gradebook, as if graded some time ago."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        for innocent in INNOCENTS:
            gradebook.update_or_create_student(innocent.number)
            submission = gradebook.update_or_create_submission(assignment.NAME, innocent.number)
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    grade.auto_score, grade.needs_manual_grade = grade.max_score, False
        gradebook.db.commit()
