"""How far each student has come on grading night, and what waits for whom."""

import re
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

from .. import assignment
from ..answers.preprocessor import TIMESTAMP
from ..batch.run import is_graded
from ..collect.fates import Fate
from ..collect.names import read_roster
from ..collect.ranked import weighs
from ..harmless.page import MARKS
from ..policy.late_plugin import penalty
from ..policy.term import read_term
from .class_marks import Row, class_rows, remarks_of
from .uploads import decisions_of, fates_by_student, shown, unsettled_uploads, waiting_by_student

_SCORE = re.compile(rf'<meta name="{MARKS}" content="([^"]*)"')


@dataclass
class Standing:
    """One student. graded: yes, no, or changed since; feedback: yes, no, or older than the marks.

    uploads: those that wait for a person; fates: of all files that came; remark: the one that weighs most.
    """

    student: str
    name: str
    received: str | None
    graded: str
    waiting: int
    feedback: str
    uploads: list[str] = field(default_factory=list)
    fates: list[Fate] = field(default_factory=list)
    remark: str = ""

    @property
    def next(self) -> str:
        """What is to be done for this student, by whom."""
        if self.uploads:
            return f"a person: {self.uploads[0]}"
        if self.received is None:
            return "nothing was received"
        if self.graded != "yes":
            return "hw2 autograde"
        if self.waiting:
            return f"a person: {self.waiting} answers in formgrader"
        return "" if self.feedback == "yes" else "hw2 feedback"

    @property
    def said(self) -> list[str]:
        """The remark that weighs most and the files that were not used, for the terminal."""
        return [f"{self.student}: {line}" for line in [*filter(None, [self.remark]), *shown(self.fates)]]


def standings(root: Path, gradebook: Gradebook) -> list[Standing]:
    """A standing for everybody in the roster, in submitted/ or in the gradebook, by student number."""
    rows = {row.student: row for row in class_rows(root, gradebook)}
    roster = read_roster(root / "roster.csv")
    decisions = decisions_of(root)
    waiting, fates = waiting_by_student(decisions), fates_by_student(decisions)
    collected = {path.parent.name for path in (root / "submitted").glob(f"*/{assignment.NAME}")}
    found = []
    for number in sorted({*roster, *collected, *rows, *waiting}):
        standing = _standing(root, number, roster.get(number, ""), rows.get(number))
        standing.uploads, standing.fates = waiting.get(number, []), fates.get(number, [])
        standing.remark = next(iter(_remarks(root, number)), "")
        found.append(standing)
    return found


def status(root: Path, gradebook: Gradebook) -> dict[str, Any]:
    """All of it for machines: students with what is next, uploads that wait for a person, and lines without effect."""
    found = standings(root, gradebook)
    students = [{**asdict(standing), "next": standing.next, "said": standing.said} for standing in found]
    return {"students": students, "uploads": unsettled_uploads(root), "tables": read_term(root, gradebook).notes}


def _remarks(root: Path, number: str) -> list[str]:
    """What was remarked about a student's submission and costs something, the heaviest first."""
    submitted, autograded = (root / step / number / assignment.NAME for step in ("submitted", "autograded"))
    return [remark for remark in remarks_of(submitted, autograded) if weighs(remark)]


def _standing(root: Path, number: str, name: str, row: Row | None) -> Standing:
    stamp = root / "submitted" / number / assignment.NAME / TIMESTAMP
    received = stamp.read_text(encoding="utf-8").strip() if stamp.exists() else None
    graded = "no" if row is None else "yes" if received is None or is_graded(root, number) else "changed since"
    feedback = "no" if row is None else _feedback(root, row)
    return Standing(number, name or (row.name if row else ""), received, graded, row.waiting if row else 0, feedback)


def _feedback(root: Path, row: Row) -> str:
    """Whether the pages say the marks as they are now."""
    folder = root / "feedback" / row.student / assignment.NAME
    pages = [folder / f"{name}.html" for name in assignment.NOTEBOOKS]
    if not any(page.exists() for page in pages):
        return "no"
    said = [_SCORE.search(page.read_text(encoding="utf-8")[:4000]) if page.exists() else None for page in pages]
    now = [f"{_left(row, name):.6f}" for name in assignment.NOTEBOOKS]
    return "yes" if [match and match[1] for match in said] == now else "older than the marks"


def _left(row: Row, name: str) -> float:
    score = row.marks.get(name, 0.0)
    return score - penalty(score, row.late.cost)
