"""What has been found out about each answer, kept in docs/seeds.csv: a run of hours goes on where it was stopped."""

import csv
import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from autograder import assignment

from ..answer import Answer
from ..course import ROOT
from .plain import is_drawing, run_cells

RECORD = ROOT / "docs" / "seeds.csv"
COLUMNS = ("notebook", "answer", "seeds", "runs", "failed", "digest")


@dataclass
class Outcome:
    """What became of one answer. failed: (test, precision) -> in how many seeds; said: the first message of each."""

    answer: str
    notebook: str
    seeds: int
    runs: int = 0
    failed: Counter[tuple[str, str]] = field(default_factory=Counter)
    said: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, test: str, dtype: str, message: str) -> None:
        """Count one run; message: empty when the test passed."""
        self.runs += 1
        if message:
            self.failed[test, dtype] += 1
            self.said.setdefault((test, dtype), " ".join(message.split()))


class Record:
    """Outcomes by digest; each is written as soon as it is known."""

    def __init__(self, path: Path = RECORD) -> None:
        self._path, self._rows = path, {}
        if path.exists():
            with path.open(newline="", encoding="utf-8") as file:
                self._rows = {row["digest"]: row for row in csv.DictReader(file)}

    def of(self, digest: str, seeds: int) -> Outcome | None:
        """What was found with at least so many seeds."""
        row = self._rows.get(digest)
        if row is None or int(row["seeds"]) < seeds:
            return None
        outcome = Outcome(row["answer"], row["notebook"], int(row["seeds"]), int(row["runs"]))
        for test, dtype, count, said in json.loads(row["failed"]):
            outcome.failed[test, dtype], outcome.said[test, dtype] = count, said
        return outcome

    def keep(self, digest: str, outcome: Outcome) -> None:
        """Write an outcome, whole or not at all, in place of an older one of this answer."""
        failed = [[*key, count, outcome.said[key]] for key, count in outcome.failed.items()]
        values = (outcome.notebook, outcome.answer, outcome.seeds, outcome.runs, json.dumps(failed), digest)
        row = dict(zip(COLUMNS, map(str, values), strict=True))
        others = {old: kept for old, kept in self._rows.items() if any(kept[c] != row[c] for c in COLUMNS[:2])}
        self._rows = {**others, digest: row}
        part = self._path.with_suffix(".part")
        with part.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(self._rows.values())
        part.replace(self._path)


def digest_of(answer: Answer) -> str:
    """Of all that the outcome depends on: what the answer runs, the tests that are run, what tests are made of."""
    work, name = answer.work(), answer.notebook
    source = assignment.read(assignment.source_folder(ROOT) / f"{name}.ipynb")
    texts = [f"{name}/{answer.name}", str(work.module)]
    texts += [
        text for id, cell, text in run_cells(name, source, work) if not assignment.is_test(cell) or is_drawing(id, cell)
    ]
    made_of = [
        assignment.source_folder(ROOT) / "libs" / "checks.py",
        *sorted((ROOT / "autograder/oracles").glob("*.py")),
    ]
    texts += [path.read_text(encoding="utf-8") for path in made_of]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]
