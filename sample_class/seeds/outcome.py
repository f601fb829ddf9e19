"""What one test said of one answer under all seeds."""

import json
from collections import Counter
from dataclasses import dataclass, field

from .record import Row

COLUMNS = ("notebook", "answer", "test", "seeds", "runs", "failed", "digest")


@dataclass
class Outcome:
    """Of one test and answer. failed: precision -> in how many seeds; said: the first message of each."""

    notebook: str
    answer: str
    test: str
    seeds: int
    runs: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    said: dict[str, str] = field(default_factory=dict)

    def add(self, dtype: str, message: str) -> None:
        """Count one run; message: empty when the test passed."""
        self.runs += 1
        if message:
            self.failed[dtype] += 1
            self.said.setdefault(dtype, " ".join(message.split()))

    def row(self) -> Row:
        """As it is kept, but for the digest."""
        failed = json.dumps([[dtype, count, self.said[dtype]] for dtype, count in self.failed.items()])
        values = (self.notebook, self.answer, self.test, self.seeds, self.runs, failed)
        return dict(zip(COLUMNS, map(str, values), strict=False))


def outcome_of(row: Row) -> Outcome:
    """An outcome that was kept."""
    outcome = Outcome(row["notebook"], row["answer"], row["test"], int(row["seeds"]), int(row["runs"]))
    for dtype, count, said in json.loads(row["failed"]):
        outcome.failed[dtype], outcome.said[dtype] = count, said
    return outcome
