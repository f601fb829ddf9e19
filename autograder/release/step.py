"""release/ and gradebook.db hold what source/ and course.toml say: made anew in a scratch folder and compared."""

import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from nbgrader.api import MissingEntry

from .. import assignment
from ..course import FILE, course_file, read_course
from ..gradebook import connect, db_url, is_missing
from ..moment import both_calendars
from .generate import generate


def release_in_step(root: Path) -> Iterator[str]:
    """release/ is, file for file, what source/ makes."""
    fresh = _made_anew(root)
    ours, theirs = _files(root / "release"), _files(fresh / "release")
    for name in sorted(ours.keys() | theirs.keys()):
        if ours.get(name) != theirs.get(name):
            yield f"release/{name}: out of step with source/; run make release"


def gradebook_in_step(root: Path) -> Iterator[str]:
    """gradebook.db holds the cells and points of source/."""
    fresh = _made_anew(root)
    ours, theirs = _cells(db_url(root)), _cells(_beside(fresh))
    for name in sorted(ours.keys() | theirs.keys()):
        if ours.get(name) != theirs.get(name):
            yield f"gradebook.db, {name}: out of step with source/; run make release"


def due_date_in_step(root: Path) -> Iterator[str]:
    """The assignment is due in gradebook.db when course.toml says; in another there, the gradebook's counts."""
    course, found = read_course(root), due_date(root)
    if found is not None and found != course.deadline:
        there, here = both_calendars(found, course.zone), both_calendars(course.deadline, course.zone)
        yield (
            f"gradebook.db: {assignment.NAME} is due {there}, {FILE} says {here}; "
            f"run make release, or write the gradebook's date in {FILE} if it is the right one"
        )


def due_date(root: Path) -> datetime | None:
    """When the assignment is due by the gradebook, in UTC; None when it says nothing."""
    if is_missing(db_url(root)):
        return None
    with connect(db_url(root)) as gradebook:
        try:
            found: datetime | None = gradebook.find_assignment(assignment.NAME).duedate
        except MissingEntry:
            return None
    return found.replace(tzinfo=UTC) if found else None


@cache
def _made_anew(root: Path) -> Path:
    """A scratch course folder with release/ and gradebook.db made from source/."""
    scratch = Path(tempfile.mkdtemp(prefix="hw2-release-"))
    shutil.copytree(root / "source", scratch / "source", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "nbgrader_config.py", scratch)
    shutil.copy(course_file(root), scratch / FILE)
    if (root / "theory").is_dir():  # the release knows the sheets that are handed out beside it
        (scratch / "theory").symlink_to((root / "theory").resolve())
    generate(scratch, _beside(scratch))  # wherever the class's own gradebook is
    return scratch


def _files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _beside(folder: Path) -> str:
    return f"sqlite:///{folder / 'gradebook.db'}"


def _cells(url: str) -> dict[str, tuple[object, ...]]:
    """notebook/cell -> what nbgrader grades by; empty where the assignment has no entry yet."""
    if is_missing(url):
        return {}
    found: dict[str, tuple[object, ...]] = {}
    with connect(url) as gradebook:
        try:
            notebooks = gradebook.find_assignment(assignment.NAME).notebooks
        except MissingEntry:
            return {}
        for notebook in notebooks:
            for cell in notebook.source_cells:
                found[f"{notebook.name}/{cell.name}"] = (cell.cell_type, cell.source, cell.checksum, cell.locked)
            for cell in [*notebook.grade_cells, *notebook.task_cells]:
                found[f"{notebook.name}/{cell.name} points"] = (cell.max_score,)
    return found
