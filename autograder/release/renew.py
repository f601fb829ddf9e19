"""Brings release/ and the gradebook in step with source/: both or neither, and never against marks that exist."""

import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from nbgrader.api import Gradebook, InvalidEntry
from sqlalchemy.exc import DBAPIError

from .. import assignment
from ..batch.run import alone
from ..gradebook import connect, db_url, lost, transaction
from ..sandbox.removal import remove
from .cells import cells_of, changes, impossible, write_cells
from .generate import make_anew
from .step import due_date_in_step, files_below

_NO = """nothing was changed. {count} submissions have marks or comments for just the cells that the gradebook knows:
  {lines}
Put back what is gone, take out what was added; only a locked cell without points may come or go. To take a test out of
the sum, leave it and give it 0 points, then hw2 release and hw2 autograde --again. New tests and questions are for the
next course, in a folder with a gradebook of its own."""
_STALE = """The marks of {count} submissions were given by the cells as they were, and stand. To grade by these cells:
hw2 autograde --again; what a person gave stays."""


class CannotRelease(RuntimeError):
    """Marks that exist forbid it; nothing was changed."""


def renew(root: Path) -> list[str]:
    """Make release/hw2 and the assignment's entry in the gradebook; what there is to say about it.

    Raises CannotRelease, or another RuntimeError where source/ cannot be read or the gradebook does not answer.
    """
    said = [f"the due date has been changed (before: {line.partition(';')[0]})" for line in due_date_in_step(root)]
    url = db_url(root)
    with alone(root), TemporaryDirectory(prefix="hw2-release-") as folder:
        made = make_anew(root, Path(folder))  # if source/ is broken, it ends here
        release = _Release(root, Path(folder))
        try:
            with connect(made) as new, connect(url) as gradebook:
                said += _written(gradebook, new, bool(said), release.answers_gone())
            release.publish()
        except (DBAPIError, InvalidEntry) as error:
            raise RuntimeError(lost(url, error)) from error
        finally:
            release.clear()
    return said


def _written(gradebook: Gradebook, new: Gradebook, moved: bool, gone: set[str]) -> list[str]:
    """Bring the gradebook in step, in one transaction; one that is in step keeps its very bytes. gone: the answers."""
    old, after = cells_of(gradebook), cells_of(new)
    count = len(gradebook.assignment_submissions(assignment.NAME)) if old else 0
    no = sorted({*impossible(old, after), *gone}) if count else []
    if no:
        raise CannotRelease(_NO.format(count=count, lines="\n  ".join(no)))
    if old == after and not moved:
        return []
    with transaction(gradebook):
        write_cells(gradebook, new)
    changed = changes(old, after) if count else []
    return [*changed, _STALE.format(count=count)] if changed else []


class _Release:
    """The new release/hw2, complete beside the old one, which stays in use until it is replaced at one go."""

    def __init__(self, root: Path, made: Path) -> None:
        self._target = root / "release" / assignment.NAME
        self._new, self._old = root / ".release.new", root / ".release.old"
        self.clear()
        shutil.copytree(made / "release" / assignment.NAME, self._new)

    def answers_gone(self) -> set[str]:
        """Lines for the answer cells that students have and will have no more; nbgrader does not know all of them."""
        return {f"{place}: an answer cell is gone" for place in _answers(self._target) - _answers(self._new)}

    def publish(self) -> None:
        """Put it in the old one's place."""
        if files_below(self._new) == files_below(self._target):
            return
        self._target.parent.mkdir(exist_ok=True)
        if self._target.exists():
            self._target.rename(self._old)
        try:
            self._new.rename(self._target)
        except OSError:
            self._old.rename(self._target)
            raise

    def clear(self) -> None:
        """Remove what is of no use any more."""
        for path in (self._new, self._old):
            remove(path)


def _answers(folder: Path) -> set[str]:
    found: set[str] = set()
    for path in folder.glob("*.ipynb"):
        with suppress(ValueError):  # a release that cannot be read is what this mends
            cells = filter(assignment.is_answer, assignment.read(path).cells)
            found |= {f"{path.stem}, cell {assignment.grade_id(cell)}" for cell in cells}
    return found
