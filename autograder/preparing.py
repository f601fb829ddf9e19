"""The verbs of an author: from source/ to the hand-out."""

import sys
from pathlib import Path

from . import assignment
from .gradebook import db_url, spoken
from .release.colab import write_address
from .release.pack import pack as pack_handout
from .release.renew import CannotRelease, renew
from .visible import say, visible


def release(root: Path) -> int:
    """Make release/hw2 and the assignment's entry in gradebook.db from source/hw2 and course.toml.

    Where somebody has been graded, it says what changes for their marks; a test, question or answer cell that was added
    or dropped since then is named, and nothing is changed.
    """
    write_address(root)
    try:
        for line in renew(root):
            say(line)
    except CannotRelease as error:
        print(visible(f"hw2 release: {error}"), file=sys.stderr)
        return 1
    say(f"{root / 'release' / assignment.NAME} and {spoken(db_url(root))} are in step with source/")
    return 0


def pack(root: Path) -> int:
    """Pack release/hw2 and the digits into dist/HW2.zip, the hand-out."""
    print(pack_handout(root))
    return 0


def lint(root: Path) -> int:
    """Prove the assignment: every rule of autograder/release/lint.py."""
    from .release.lint import lint as lint_assignment  # brings torch, a second that no other verb should take

    def report(rule: str, problems: list[str]) -> None:
        print(f"{'ok  ' if not problems else 'FAIL'} {rule}", flush=True)
        for problem in problems:
            print(f"     {problem}", flush=True)

    return 1 if lint_assignment(root, report) else 0
