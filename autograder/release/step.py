"""release/ and gradebook.db hold what source/ and course.toml say: made anew in a scratch folder and compared."""

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from nbgrader.api import MissingEntry

from .. import assignment
from ..course import FILE, read_course
from ..gradebook import connect, db_url, is_missing
from ..moment import both_calendars
from .cells import Cells, cells_of
from .generate import make_anew


def release_in_step(root: Path) -> Iterator[str]:
    """release/ is, file for file, what source/ makes."""
    fresh, _ = _made_anew(root)
    ours, theirs = files_below(root / "release"), files_below(fresh / "release")
    for name in sorted(ours.keys() | theirs.keys()):
        if ours.get(name) != theirs.get(name):
            yield f"release/{name}: out of step with source/; run make release"


def gradebook_in_step(root: Path) -> Iterator[str]:
    """gradebook.db holds the cells and points of source/."""
    ours, theirs = _cells(db_url(root)), _cells(_made_anew(root)[1])
    differ = {(key.notebook, key.cell) for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key)}
    for notebook, cell in sorted(differ):
        yield f"gradebook.db, {notebook}/{cell}: out of step with source/; run make release"


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
def _made_anew(root: Path) -> tuple[Path, str]:
    """A scratch course folder with release/ made from source/, and the url of the gradebook made with it."""
    scratch = Path(tempfile.mkdtemp(prefix="hw2-release-"))
    return scratch, make_anew(root, scratch)


def files_below(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _cells(url: str) -> Cells:
    """What the gradebook grades by; nothing where there is none yet."""
    if is_missing(url):
        return {}
    with connect(url) as gradebook:
        return cells_of(gradebook)
