"""The verbs of an author: from source/ to the hand-out."""

from pathlib import Path

from . import assignment
from .gradebook import db_url, spoken
from .release.colab import write_address
from .release.generate import generate
from .release.lint import lint as lint_assignment
from .release.pack import pack as pack_handout
from .release.step import due_date_in_step, gradebook_in_step, release_in_step


def release(root: Path) -> int:
    """Make release/hw2 and the assignment's entry in gradebook.db from source/hw2 and course.toml."""
    write_address(root)
    moved = list(due_date_in_step(root))
    if moved or any(release_in_step(root)) or any(gradebook_in_step(root)):  # else gradebook.db keeps its very bytes
        generate(root, db_url(root))
    if moved:
        print(f"the due date has been changed (before: {moved[0].partition(';')[0]})")
    print(f"{root / 'release' / assignment.NAME} and {spoken(db_url(root))} are in step with source/")
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
