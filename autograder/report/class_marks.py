"""One row a student: marks by notebook, lateness and remarks, read from the gradebook and the records."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry

from .. import assignment
from ..answers.changes import CHANGES
from ..collect.publish import REMARKS, SENDER
from ..collect.ranked import condensed
from ..policy.late import Lateness
from ..policy.late_plugin import penalty
from ..policy.term import Term, read_term, sent_of
from ..result import RECORDS, Record, read_record
from ..visible import visible, visible_in
from .declared import Declared, declared


@dataclass
class Row:
    """What a class table says of one student. waiting: graded cells that wait for a person."""

    student: str
    name: str
    marks: dict[str, float]
    total: float
    penalty: float
    waiting: int
    late: Lateness
    remarks: list[str] = field(default_factory=list)
    declared: Declared = field(default_factory=lambda: Declared((), ()))
    changes: str = ""

    @property
    def final(self) -> float:
        """The marks less what lateness costs."""
        return self.total - self.penalty


def class_rows(root: Path, gradebook: Gradebook) -> list[Row]:
    """A row for each submission in the gradebook, by student number."""
    try:
        submissions = gradebook.assignment_submissions(assignment.NAME)
    except MissingEntry:
        return []
    term = read_term(root, gradebook)
    return [_row(root, submission, term) for submission in sorted(submissions, key=lambda s: str(s.student_id))]


def _row(root: Path, submission: Any, term: Term) -> Row:
    student = str(submission.student_id)
    submitted, autograded = (root / step / student / assignment.NAME for step in ("submitted", "autograded"))
    notebooks = sorted(submission.notebooks, key=lambda n: assignment.NOTEBOOKS.index(n.name))
    records = records_of(autograded)
    own = declared(records)
    late = term.entry_of(student, sent_of(submission, term.course)).late
    return Row(
        student=student,
        name=(_json(submitted / SENDER) or {}).get("name", ""),
        marks={notebook.name: float(notebook.score) for notebook in notebooks},
        total=float(submission.score),
        penalty=penalty(float(submission.score), late.cost),  # of the marks as they are now, a person's included
        waiting=sum(grade.needs_manual_grade for notebook in notebooks for grade in notebook.grades),
        late=late,
        remarks=remarks_of(submitted, autograded) + (own.remarks if records else []),
        declared=own,
        changes=_changes(submitted, autograded),
    )


def records_of(folder: Path) -> list[Record]:
    """The records of the notebooks in an autograded folder, in the order of the assignment."""
    paths = [folder / RECORDS / f"{name}.json" for name in assignment.NOTEBOOKS]
    return [read_record(path) for path in paths if path.exists()]


def remarks_of(submitted: Path, autograded: Path) -> list[str]:
    """What collecting and grading remarked about a submission, what costs something first, many alike as a few."""
    collected: list[str] = _json(submitted / REMARKS) or []
    graded = [remark for record in records_of(autograded) for remark in record.remarks]
    return condensed(collected + graded)


def _changes(submitted: Path, autograded: Path) -> str:
    """The diffs of what was changed outside the answers, from collecting and from autograding."""
    paths = [submitted / CHANGES, *sorted((autograded / RECORDS).glob("*.diff"))]
    return visible("".join(path.read_text(encoding="utf-8") for path in paths if path.is_file()))


def _json(path: Path) -> Any:
    return visible_in(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None
