"""What a check came to: passed, failed or could not run. Only the first two decide points."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from .visible import visible_in

RECORDS = "results"  # the folder of the records, beside the graded notebooks
PASSED, FAILED, COULD_NOT_RUN = "passed", "failed", "could-not-run"


@dataclass
class Result:
    """One check of one submission. message: the sentence the student reads when it did not pass.

    held: why a person should look at what passed; its points stand until they are taken.
    """

    id: str
    section: str
    state: str
    max_points: float
    message: str = ""
    held: str = ""

    @property
    def points(self) -> float | None:
        """Full points, none, or None when a person has to decide."""
        return {PASSED: self.max_points, FAILED: 0.0}.get(self.state)


@dataclass
class Record:
    """All that was found out about one notebook of one submission; a mark can be explained from it."""

    student: str
    notebook: str
    seed: str
    results: list[Result] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    identity: dict[str, Any] = field(default_factory=dict)
    sandboxed: bool = True
    submission: str = ""  # the digest of what was graded


def write_record(record: Record, folder: Path) -> None:
    """Write the record as <folder>/<notebook>.json, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{record.notebook}.part"
    part.write_text(json.dumps(visible_in(asdict(record)), indent=1, ensure_ascii=False), encoding="utf-8")
    part.replace(folder / f"{record.notebook}.json")


def read_record(path: Path) -> Record:
    """The record in a file that write_record made."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    results = [Result(**result) for result in raw.pop("results")]
    return Record(**raw, results=results)
