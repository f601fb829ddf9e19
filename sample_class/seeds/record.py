"""What has been found out about each answer, kept as a table: a run of hours goes on where it was stopped."""

import csv
import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from nbformat import NotebookNode

from autograder import assignment

from ..answer import Answer
from ..course import ROOT
from .plain import run_cells

Row = dict[str, str]  # with the columns notebook, answer, seeds and digest among others


class Record:
    """Rows by digest; each is written as soon as it is known."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._path, self._columns, self._rows = path, columns, {}
        if path.exists():
            with path.open(newline="", encoding="utf-8") as file:
                self._rows = {row["digest"]: row for row in csv.DictReader(file)}

    def of(self, digest: str, seeds: int) -> Row | None:
        """What was found with at least so many seeds."""
        row = self._rows.get(digest)
        return row if row and int(row["seeds"]) >= seeds else None

    def keep(self, row: Row) -> None:
        """Write a row, whole or not at all, in place of an older one of this answer."""
        same = [old for old, kept in self._rows.items() if all(kept[c] == row[c] for c in ("notebook", "answer"))]
        self._rows = {**{old: kept for old, kept in self._rows.items() if old not in same}, row["digest"]: row}
        part = self._path.with_suffix(".part")
        with part.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, self._columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(self._rows.values())
        part.replace(self._path)


def digest_of(answer: Answer, is_run: Callable[[str, NotebookNode], bool], made_of: Iterable[Path]) -> str:
    """Of all that an outcome depends on: what the answer runs, the tests that are run, the oracles.

    made_of: further files that these tests are made of.
    """
    work, name = answer.work(), answer.notebook
    source = assignment.read(assignment.source_folder(ROOT) / f"{name}.ipynb")
    texts = [f"{name}/{answer.name}", str(work.module)]
    texts += [
        text for id, cell, text in run_cells(name, source, work) if not assignment.is_test(cell) or is_run(id, cell)
    ]
    files = [*made_of, *sorted((ROOT / "autograder" / "oracles").glob("*.py"))]
    texts += [path.read_text(encoding="utf-8") for path in files]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]
