"""All that grading leaves of a class, to be compared: the gradebook's every mark, and the records byte for byte."""

from pathlib import Path
from typing import Any

from autograder import assignment
from autograder.gradebook import open_gradebook
from autograder.result import RECORDS


def gradebook_of(course: Path) -> dict[tuple[str, ...], Any]:
    """Marks, comments, times and penalties, by whom and what they are of."""
    found: dict[tuple[str, ...], Any] = {}
    with open_gradebook(course) as gradebook:
        for submission in gradebook.assignment_submissions(assignment.NAME):
            who = str(submission.student_id)
            found[who,] = (submission.timestamp, submission.extension, submission.score)
            for notebook in submission.notebooks:
                of = (who, notebook.name)
                found[of] = (notebook.score, notebook.late_submission_penalty, notebook.needs_manual_grade)
                for grade in notebook.grades:
                    marks = (grade.auto_score, grade.manual_score, grade.extra_credit, grade.needs_manual_grade)
                    found[(*of, "grade", grade.name)] = marks
                for comment in notebook.comments:
                    found[(*of, "comment", comment.name)] = (comment.auto_comment, comment.manual_comment)
    return found


def records_of_class(course: Path) -> dict[str, bytes]:
    """The result records, by path below autograded/."""
    graded = course / "autograded"
    return {str(path.relative_to(graded)): path.read_bytes() for path in graded.rglob(f"{RECORDS}/*.json")}


def differences(one: dict[Any, Any], other: dict[Any, Any]) -> list[str]:
    """What is not the same in both."""
    return [
        f"{key}: {one.get(key)!r} and {other.get(key)!r}"
        for key in sorted(one.keys() | other.keys(), key=str)
        if key not in one or key not in other or one[key] != other[key]
    ]
