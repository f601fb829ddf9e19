"""Puts a written submission into submitted/ by renaming it, and tells our own folders from what a person put there."""

import json
import shutil
from pathlib import Path

from .. import assignment
from .fates import FATES
from .kept import sha256_of

REMARKS, SENDER = "remarks.json", "sender.json"
SAID = (REMARKS, SENDER, FATES)  # what is only said about the submission
_PART, _OLD = f".{assignment.NAME}.part", f".{assignment.NAME}.old"
BY_HAND = "was put there or changed by hand, and stays as it is; move it away and collect again to take this upload"


def place_of(submitted: Path, student: str) -> Path:
    """Where nbgrader looks for the submission."""
    return submitted / student / assignment.NAME


def part_of(submitted: Path, student: str) -> Path:
    """Where the submission is written before it is put in its place: beside it, so that a rename is enough."""
    return submitted / student / _PART


def digests(folder: Path) -> dict[str, str]:
    """Path -> hash of every file but sender.json, which holds them, and what editors leave behind."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() or path.is_symlink())
    inside = ((path.relative_to(folder), path) for path in paths)
    return {
        name.as_posix(): "link" if path.is_symlink() else sha256_of(path)
        for name, path in inside
        if name.as_posix() != SENDER and not any(part.startswith(".") or part == "__pycache__" for part in name.parts)
    }


def sender_in(folder: Path) -> dict[str, object]:
    """sender.json of a submission; {} when it is not there or not ours."""
    try:
        found = json.loads((folder / SENDER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def uploads_of(folder: Path) -> set[str]:
    """The hashes of the uploads that a submission was made of; an older version knew one."""
    found = sender_in(folder)
    uploads = found.get("uploads", [found.get("upload")])
    return {str(upload) for upload in uploads} if isinstance(uploads, list) else set()


def is_ours(folder: Path) -> bool:
    """True when the folder holds, byte for byte, what collecting once wrote there."""
    written = sender_in(folder).get("files")
    return isinstance(written, dict) and written == digests(folder)


def publish(submitted: Path, student: str) -> str:
    """Put a written submission in its place; return why not, empty when it is there.

    The same bytes stay untouched. A folder that is not ours is never replaced.
    """
    part, place = part_of(submitted, student), place_of(submitted, student)
    if place.exists() and any(place.iterdir()):
        if is_ours(place) and (place / SENDER).read_bytes() == (part / SENDER).read_bytes():
            shutil.rmtree(part)
            return ""
        if not (is_ours(place) or _answers(place) == _answers(part)):
            shutil.rmtree(part)
            return f"was not taken: submitted/{student}/{assignment.NAME} {BY_HAND}"
    if place.exists():
        _away(place)
    part.rename(place)
    _forget(place)
    return ""


def _answers(folder: Path) -> dict[str, str]:
    """The hashes without what is only said about the submission: an older version may have said it in other words."""
    return {name: digest for name, digest in digests(folder).items() if name not in SAID}


def _away(place: Path) -> None:
    """Out of its place in one step, so that no half of it is ever seen there."""
    _forget(place)
    place.rename(place.with_name(_OLD))


def _forget(place: Path) -> None:
    shutil.rmtree(place.with_name(_OLD), ignore_errors=True)


def discard(submitted: Path, student: str) -> None:
    """Leave nothing of a submission that could not be written to its end."""
    part = part_of(submitted, student)
    shutil.rmtree(part, ignore_errors=True)
    if part.parent.is_dir() and not any(part.parent.iterdir()):
        part.parent.rmdir()


def withdraw(submitted: Path, student: str) -> None:
    """Take back a submission of ours whose upload has turned out to be another student's, or to count no longer."""
    place = place_of(submitted, student)
    _away(place)
    _forget(place)
    if not any(place.parent.iterdir()):
        place.parent.rmdir()


def tidy(submitted: Path) -> None:
    """Clear up after a run that was killed."""
    for part in submitted.glob(f"*/{_PART}"):
        shutil.rmtree(part, ignore_errors=True)
    for old in submitted.glob(f"*/{_OLD}"):
        if old.with_name(assignment.NAME).exists():
            shutil.rmtree(old, ignore_errors=True)
        else:  # killed between two renames
            old.rename(old.with_name(assignment.NAME))
    for folder in submitted.glob("*"):
        if folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir()):
            folder.rmdir()
