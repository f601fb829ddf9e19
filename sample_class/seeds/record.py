"""What each test said of each answer, kept as a table: a run of hours goes on where it was stopped."""

import csv
import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from ..answer import Answer
from ..course import ROOT
from .plain import Parts, parts_of

Row = dict[str, str]  # with the columns notebook, answer, test, seeds and digest among others
_SAME = ("notebook", "answer", "test")


class Record:
    """Rows by digest; they are written as soon as they are known."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._path, self._columns, self._rows = path, columns, {}
        if path.exists():
            with path.open(newline="", encoding="utf-8") as file:
                self._rows = {row["digest"]: row for row in csv.DictReader(file)}

    def of(self, digest: str, seeds: int) -> Row | None:
        """What was found with at least so many seeds."""
        row = self._rows.get(digest)
        return row if row and int(row["seeds"]) >= seeds else None

    def keep(self, rows: Sequence[Row]) -> None:
        """Write rows, all or none, in place of older ones of the same answers and tests."""
        new = {tuple(row[column] for column in _SAME) for row in rows}
        kept = [row for row in self._rows.values() if tuple(row[column] for column in _SAME) not in new]
        self._rows = {row["digest"]: row for row in (*kept, *rows)}
        part = self._path.with_suffix(".part")
        with part.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, self._columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(self._rows.values())
        part.replace(self._path)


def digests_of(answer: Answer, tests_of: Callable[[Parts], list[str]], made_of: Iterable[Path] = ()) -> dict[str, str]:
    """Of each of these tests of the answer: of all that its outcome depends on, the answer, the test and the oracles.

    made_of: further files that tests are made of.
    """
    parts = parts_of(answer)
    files = [*made_of, *sorted((ROOT / "autograder" / "oracles").glob("*.py"))]
    texts = [f"{answer.notebook}/{answer.name}", parts.module, *parts.cells]
    texts += [path.read_text(encoding="utf-8") for path in files]
    return {
        test: hashlib.sha256("\0".join([*texts, test, parts.tests[test]]).encode()).hexdigest()[:16]
        for test in tests_of(parts)
    }
