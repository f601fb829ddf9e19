"""The command line: one verb for each stage a submission passes through."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from nbgrader.api import Gradebook

from . import assignment
from .batch.run import autograde as grade_class
from .batch.run import submitted
from .release.generate import generate
from .release.lint import lint as lint_assignment
from .release.pack import pack as pack_handout
from .release.step import gradebook_in_step, release_in_step
from .report.class_marks import class_rows, unsettled_uploads
from .report.page import write_report
from .report.table import class_table
from .stages import environment
from .stages import run as run_stage


def release(root: Path) -> int:
    """Make release/hw2 and the assignment's entry in gradebook.db from source/hw2."""
    if any(release_in_step(root)) or any(gradebook_in_step(root)):  # else gradebook.db keeps its very bytes
        generate(root)
    print(f"{root / 'release' / assignment.NAME} and {root / 'gradebook.db'} are in step with source/")
    return 0


def pack(root: Path) -> int:
    """Pack release/hw2 and the digits into dist/HW2.zip, the hand-out."""
    print(pack_handout(root))
    return 0


def lint(root: Path) -> int:
    """Prove the assignment: every rule of autograder/release/lint.py."""

    def report(rule: str, problems: list[str]) -> None:
        print(f"{'ok  ' if not problems else 'FAIL'} {rule}", flush=True)
        for problem in problems:
            print(f"     {problem}", flush=True)

    return 1 if lint_assignment(root, report) else 0


def collect(root: Path) -> int:
    """Bring downloaded/hw2/archive/*.zip into submitted/ (nbgrader zip_collect)."""
    archive = root / "downloaded" / assignment.NAME / "archive"
    if not archive.is_dir() or not any(archive.iterdir()):
        raise ValueError(f"{archive} holds no uploads: put the zips there, and their times beside it in times.csv")
    return run_stage(root, "zip_collect")


def autograde(root: Path) -> int:
    """Grade what is in submitted/ and not graded yet into autograded/ and gradebook.db (like nbgrader autograde)."""
    if not submitted(root):
        raise ValueError(f"{root / 'submitted'} holds no submission: run hw2 collect first")
    return 1 if grade_class(root, workers=os.cpu_count() or 1) else 0


def feedback(root: Path) -> int:
    """Write feedback/<student>/hw2 (nbgrader generate_feedback)."""
    return run_stage(root, "generate_feedback", "--force", folder="autograded")


def export(root: Path) -> int:
    """Write grades.csv (nbgrader export)."""
    command = [sys.executable, "-m", "nbgrader", "export"]
    done = subprocess.run(command, cwd=root, env=environment(), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"nbgrader export failed in {root}:\n{done.stdout}{done.stderr}")
    print(root / "grades.csv")
    return 0


def report(root: Path) -> int:
    """Write report/index.html: the class, its hardest checks, and what waits for a person."""
    print(write_report(root))
    return 0


def table(root: Path) -> int:
    """Print the class: marks by notebook, lateness, what waits for a person, remarks."""
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        rows = class_rows(root, gradebook)
    print(class_table(rows) if rows else "No submission has been graded yet: hw2 collect, then hw2 autograde.")
    for upload in unsettled_uploads(root):
        print(f"not graded: {upload['file']}: {upload['problem']}")
    return 0


VERBS: tuple[Callable[[Path], int], ...] = (release, lint, pack, collect, autograde, feedback, export, report, table)


def main() -> None:
    """Run the verb named on the command line in the course folder."""
    parser = argparse.ArgumentParser(prog="hw2", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the course folder (default: this folder)")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    for verb in VERBS:
        verbs.add_parser(verb.__name__, help=(verb.__doc__ or "").strip()).set_defaults(run=verb)
    chosen = parser.parse_args()
    root = chosen.root.resolve()
    if not (root / "nbgrader_config.py").exists():
        parser.exit(2, f"hw2: {root} is not the course folder: it holds no nbgrader_config.py. Give it with --root.\n")
    try:
        parser.exit(chosen.run(root))
    except (RuntimeError, ValueError, OSError) as error:
        parser.exit(1, f"hw2 {chosen.verb}: {error}\n")


if __name__ == "__main__":
    main()
