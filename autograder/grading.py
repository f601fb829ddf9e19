"""The verbs of a grading night: from uploads to marks, feedback and the report."""

import json as as_json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from . import assignment
from .batch.run import autograde as grade_class
from .batch.run import submitted
from .batch.times import update_times
from .course import read_course
from .gradebook import open_gradebook
from .policy.term import read_term
from .report.class_marks import Row, class_rows
from .report.page import write_report
from .report.status import status as standing
from .report.table import class_table, late_table, status_table
from .report.uploads import unseen_files, unsettled_uploads
from .stages import environment
from .stages import run as run_stage
from .visible import say, visible_in


def collect(root: Path, *, json: bool = False) -> int:
    """Bring the uploads in downloaded/hw2/archive/ into submitted/ (nbgrader zip_collect).

    Their times stand in downloaded/hw2/times.csv, the class in roster.csv. What was decided about each upload, and why,
    stands in downloaded/hw2/decisions.json; an upload that could not be matched is assigned by a line in assigned.csv.
    """
    archive = root / "downloaded" / assignment.NAME / "archive"
    if not archive.is_dir() or not any(archive.iterdir()):
        raise ValueError(f"{archive} holds no uploads: put the zips there, and their times beside it in times.csv")
    failed = run_stage(root, "zip_collect", silent=json)
    waiting = unsettled_uploads(root)
    if json:
        _print({"collected": submitted(root), "uploads": waiting, "not_looked_at": unseen_files(root)})
    return 2 if failed else 1 if waiting or unseen_files(root) else 0


def autograde(root: Path, *, again: bool = False, workers: int = 2, scheduler: str = "", json: bool = False) -> int:
    """Grade what is in submitted/ and not graded yet into autograded/ and gradebook.db (like nbgrader autograde).

    A submission is graded again when its files have changed; marks and comments that a person gave stay. Many machines
    grade through a Dask scheduler: docs/scaling.md.
    """
    if not submitted(root):
        raise ValueError(f"{root / 'submitted'} holds no submission: run hw2 collect first")
    if workers < 1:
        raise ValueError(f"--workers {workers}: at least one process is needed")
    problems = grade_class(root, workers=workers, again=again, silent=json, scheduler=scheduler)
    if json:
        _print({"submissions": submitted(root), "not_graded": problems})
    return 1 if problems else 0


def status(root: Path, *, json: bool = False) -> int:
    """Say for each student what has been done and what is next, and which uploads wait for a person."""
    with open_gradebook(root) as gradebook:
        found = standing(root, gradebook)
    if json:
        _print(found)
    else:
        say(status_table(found["students"], read_course(root).zone))
        _print_uploads(found["uploads"])
        for line in (line for student in found["students"] for line in student["said"]):
            say(line)
        _print_lines(found["tables"])
    return 1 if found["uploads"] or found["tables"] or any(student["next"] for student in found["students"]) else 0


def table(root: Path, *, json: bool = False) -> int:
    """Print the class: marks by notebook, lateness, what waits for a person, remarks."""
    with open_gradebook(root) as gradebook:
        rows = class_rows(root, gradebook)
    if json:
        _print({"students": [_row(row) for row in rows]})
        return 0
    say(class_table(rows) if rows else "No submission has been graded yet: hw2 collect, then hw2 autograde.")
    _print_uploads(unsettled_uploads(root))
    return 0


def late(root: Path, *, json: bool = False) -> int:
    """Bring times and penalties in the gradebook up to date with submitted/, extensions.csv and term.csv.

    Nothing is graded again. Prints the ledger of everybody who is late; feedback says the same, line by line.
    """
    with open_gradebook(root) as gradebook:
        changed = update_times(root, gradebook)
        rows, notes = class_rows(root, gradebook), read_term(root, gradebook).notes
    if json:
        _print({"changed": changed, "late": {row.student: str(row.late) for row in rows}, "tables": notes})
    else:
        say(late_table(rows, changed))
        _print_lines(notes)
    return 0


def similarity(root: Path) -> int:
    """Rank pairs of submissions by what they share and few others have, into report/similarity/index.html."""
    from .similarity.stage import compare  # slow to import, and this verb's alone

    say(compare(root))
    return 0


def feedback(root: Path) -> int:
    """Write feedback/<student>/hw2 (nbgrader generate_feedback)."""
    return run_stage(root, "generate_feedback", "--force", folder="autograded")


def export(root: Path) -> int:
    """Write grades.csv (nbgrader export)."""
    command = [sys.executable, "-m", "nbgrader", "export"]
    done = subprocess.run(command, cwd=root, env=environment(), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"nbgrader export failed in {root}:\n{done.stdout}{done.stderr}")
    say(root / "grades.csv")
    return 0


def report(root: Path) -> int:
    """Write report/index.html: the class, its hardest checks, and what waits for a person."""
    say(write_report(root))
    return 0


def _row(row: Row) -> dict[str, Any]:
    """The row for machines; what was changed outside the answers stands in report/changes/."""
    return {**asdict(row), "final": row.final, "late": str(row.late), "changes": bool(row.changes)}


def _print(value: Any) -> None:
    print(as_json.dumps(visible_in(value), indent=1, ensure_ascii=False, default=str))


def _print_lines(notes: list[str]) -> None:
    for note in notes:
        say(f"without effect: {note}")


def _print_uploads(uploads: list[dict[str, Any]]) -> None:
    for upload in uploads:
        say(f"not graded: {upload['file']}: {upload['problem']}")
