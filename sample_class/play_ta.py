"""Plays the TA in the demo: marks the explanations and reports of the practicals, full where something was written.

A real TA does the same in formgrader (`hw2 mark`), reading each answer beside its marking scheme.
"""

from itertools import pairwise
from pathlib import Path

from nbgrader.api import Gradebook

from autograder import assignment
from autograder.stubs import TEXT_STUB


def mark_explanations(course: Path) -> int:
    """Enter a mark for every task of the practicals in the gradebook; return how many were entered."""
    marked = 0
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        for submission in gradebook.assignment_submissions(assignment.NAME):
            student = submission.student_id
            for name in assignment.PRACTICALS:
                path = course / "autograded" / student / assignment.NAME / f"{name}.ipynb"
                for task, written in _answers(path).items():
                    grade = gradebook.find_grade(task, name, assignment.NAME, student)
                    grade.manual_score = grade.max_score if written else 0
                    grade.needs_manual_grade = False
                    marked += 1
        gradebook.db.commit()
    return marked


def _answers(path: Path) -> dict[str, bool]:
    """Task id -> whether the cell below it was written in."""
    cells = assignment.read(path).cells
    return {
        str(assignment.grade_id(cell)): below.source.strip() not in ("", TEXT_STUB)
        for cell, below in pairwise(cells)
        if assignment.is_task(cell)
    }
