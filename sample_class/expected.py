"""What each submission of the sample class must get: marks, lateness, remarks, and the tests it loses with messages.

`python -m sample_class.expected COURSE` writes sample_class/expected/ from a graded course folder. Read the difference
before you keep it: which tests a submission loses is laid down beforehand, in students.py.
"""

import json
import sys
from pathlib import Path
from typing import Any

from autograder import assignment
from autograder.course import read_course
from autograder.policy.late import after_deadline, lateness
from autograder.report.class_marks import records_of, remarks_of
from autograder.result import PASSED

from .students import STUDENTS, Student

FOLDER = Path(__file__).parent / "expected"


def found(course: Path, student: Student) -> dict[str, Any]:
    """What the course folder says of a student, in the form of the files in expected/."""
    submitted, autograded = (course / step / student.number / assignment.NAME for step in ("submitted", "autograded"))
    records, rules = records_of(autograded), read_course(course)
    lost: dict[str, list[str]] = {}
    for record in records:
        for result in record.results:
            if result.state != PASSED:
                lost.setdefault(f"{result.state}: {result.message}", []).append(f"{record.notebook}/{result.id}")
    return {
        "situation": student.situation,
        "marks": {record.notebook: sum(result.points or 0 for result in record.results) for record in records},
        "late": str(lateness(after_deadline(student.moment, rules.deadline), rules.late)) if records else None,
        "upload": _decision(course, student),
        "remarks": remarks_of(submitted, autograded),
        "lost": lost,
    }


def expected(student: Student) -> dict[str, Any]:
    """The file beside the submission."""
    loaded: dict[str, Any] = json.loads((FOLDER / f"{student.number}.json").read_text(encoding="utf-8"))
    return loaded


def _decision(course: Path, student: Student) -> str:
    """What collecting said about the upload: a problem, or that it was taken."""
    decisions = json.loads((course / "downloaded" / assignment.NAME / "decisions.json").read_text(encoding="utf-8"))
    decision = next(decision for decision in decisions if decision["file"] == student.upload)
    return decision["problem"] or f"taken as {decision['student']} {decision['name']}"


def main() -> None:
    """Write expected/ from the course folder named on the command line."""
    course = Path(sys.argv[1]).resolve()
    FOLDER.mkdir(exist_ok=True)
    for student in STUDENTS:
        text = json.dumps(found(course, student), indent=1, ensure_ascii=False)
        (FOLDER / f"{student.number}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
