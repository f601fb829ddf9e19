"""What became of one answer under all seeds."""

import json
from collections import Counter
from dataclasses import dataclass, field

from .record import Row

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

    def row(self) -> Row:
        """As it is kept, but for the digest."""
        failed = json.dumps([[*key, count, self.said[key]] for key, count in self.failed.items()])
        values = (self.notebook, self.answer, self.seeds, self.runs, failed)
        return dict(zip(COLUMNS, map(str, values), strict=False))


def outcome_of(row: Row) -> Outcome:
    """An outcome that was kept."""
    outcome = Outcome(row["answer"], row["notebook"], int(row["seeds"]), int(row["runs"]))
    for test, dtype, count, said in json.loads(row["failed"]):
        outcome.failed[test, dtype], outcome.said[test, dtype] = count, said
    return outcome
