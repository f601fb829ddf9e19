"""What hidden inputs are drawn from: a line of the instructor's in nbgrader_config.py, or a text made once a course."""

import os
import secrets
import sys
from pathlib import Path

from . import assignment
from .result import RECORDS

FILE = "secret.txt"  # in the course folder
PUBLIC = "change this line for your class; the inputs of all hidden tests are drawn from it"  # once everybody's


def secret_of(root: Path, configured: str) -> str:
    """What c.RunNotebook.secret says, else what secret.txt keeps. Raises ValueError with the repair."""
    if configured == PUBLIC:
        raise ValueError(
            "c.RunNotebook.secret in nbgrader_config.py is the text that everybody knows: remove that line, and one is "
            f"made for this course and kept in {root / FILE}"
        )
    return configured or _kept(root / FILE)


def _kept(path: Path) -> str:
    """What the file says; the first time it is made."""
    if not os.path.lexists(path):
        _make(path)
    try:
        text = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} cannot be read ({error}): {_REPAIR}") from error
    if not text:
        raise ValueError(f"{path} is empty: {_REPAIR}")
    return text


_REPAIR = (
    "put back the file that this course was graded with, from a copy; without one remove it, and if anybody has been "
    "graded write another text into it and grade all of them again (hw2 autograde --again)"
)


def _make(path: Path) -> None:
    """Write a random secret, whole or not at all; where two begin at once both use the one that was there first."""
    if any((path.parent / "autograded").glob(f"*/{assignment.NAME}/{RECORDS}/*.json")):
        raise ValueError(
            f"{path} is missing, from which the inputs of those in autograded/ were drawn (or the line "
            "c.RunNotebook.secret that was in nbgrader_config.py): put it back from a copy. To draw another exam on "
            "purpose, write a text of your own into it and grade everybody again: hw2 autograde --again"
        )
    part = path.with_name(f".{FILE}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
        _place(part, path)
    finally:
        part.unlink(missing_ok=True)


def _place(part: Path, path: Path) -> None:
    try:
        os.link(part, path)  # never over one that is there
    except FileExistsError:
        return
    except OSError:  # a file system that has no hard links
        part.replace(path)
    print(f"{path}: made; hidden inputs are drawn from it. Keep it with your copies of gradebook.db.", file=sys.stderr)
