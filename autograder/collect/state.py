"""What collecting need not do again: readings of uploads, and submissions made of them. Without it all is done anew."""

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from ..tables import write_whole
from .candidates import Candidate
from .job import Job, Outcome
from .reading import Reading

STATE = "collected.json"


@dataclass
class State:
    """Readings by upload; submissions by student, each with the key of what it was made from."""

    recipe: str
    readings: dict[str, Reading] = field(default_factory=dict)
    submissions: dict[str, dict[str, Any]] = field(default_factory=dict)

    def made_of(self, job: Job) -> str:
        """A hash of everything that a submission depends on."""
        files = [reading_key(source.sha256, source.file) for source in job.sources]
        whole = replace(job, release=Path(), part=Path(), sources=())
        return hashlib.sha256(json.dumps([self.recipe, files, asdict(whole)], default=str).encode()).hexdigest()

    def note(self, job: Job, sender: str, outcome: Outcome) -> None:
        """Remember a submission; sender: the hash of its sender.json, which holds the hashes of all else."""
        self.submissions[job.sender.number] = {"key": self.made_of(job), "sender": sender, **asdict(outcome)}


def reading_key(sha256: str, file: str) -> str:
    """What a reading depends on: the bytes, and the ending of the name for one that is no zip."""
    return f"{sha256}{PurePosixPath(file).suffix.lower()}"


def key_of(upload: Candidate) -> str:
    """The key of an upload's reading."""
    return reading_key(upload.sha256, upload.file)


def read_state(path: Path, recipe: str) -> State:
    """What was remembered, when it was made by the same code from the same hand-out; else nothing."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["recipe"] != recipe:
            return State(recipe)
        readings = {key: Reading.of(reading) for key, reading in found["readings"].items()}
        return State(recipe, readings, found["submissions"])
    except (OSError, ValueError, KeyError, TypeError):  # it only saves time
        return State(recipe)


def write_state(path: Path, state: State) -> None:
    """Remember it for the next time."""
    readings = {key: asdict(reading) for key, reading in sorted(state.readings.items())}
    whole = {"recipe": state.recipe, "readings": readings, "submissions": dict(sorted(state.submissions.items()))}
    write_whole(path, json.dumps(whole, ensure_ascii=False).encode("utf-8", "replace"))
