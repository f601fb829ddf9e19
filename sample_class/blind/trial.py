"""One shape of a blind round: laid into an empty course, collected twice, compared with what was expected."""

import hashlib
import logging
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.collect.collecting import Course, collect

from ..course import ROOT
from .compare import misses, read_found
from .judged import forgiven

_OURS = {"release", "theory", "data", "course.toml"}
_TABLES = {"downloaded", "submitted", "roster.csv"}
_LOG = logging.getLogger("blind")
_LOG.addHandler(logging.NullHandler())
_LOG.propagate = False


@dataclass
class Outcome:
    """What a shape came to. hard: misses in what is in the submission, who waits, fates; soft: in what is said.

    judged: misses where not the product but the expectation is wrong, and why.
    """

    name: str
    open: bool
    hard: list[str] = field(default_factory=list)
    soft: list[str] = field(default_factory=list)
    judged: list[str] = field(default_factory=list)
    reason: str = ""

    def judge(self) -> None:
        """Take out what is no miss."""
        for found in (self.hard, self.soft):
            for miss in [miss for miss in found if forgiven(self.name, miss)]:
                found.remove(miss)
                self.judged.append(miss)
                self.reason = forgiven(self.name, miss)


def tried(shape: Any, folder: Path) -> Outcome:
    """Try a shape in a new folder; whatever it raises is a miss."""
    outcome = Outcome(shape.name, shape.open)
    shutil.rmtree(folder, ignore_errors=True)
    root = folder / "one" / "two" / "course"  # deep, so that a name that climbs out is seen
    root.mkdir(parents=True)
    for name in _OURS:
        (root / name).symlink_to(ROOT / name)
    try:
        _step(root, shape.lay, shape.expected, outcome, "")
        for number, (change, expected) in enumerate(shape.then, 1):
            _step(root, change, expected, outcome, f"then {number}: ")
    except Exception as error:
        outcome.hard.append(f"{type(error).__name__}: {error}")
    outcome.hard += _outside(folder, root)
    outcome.judge()
    shutil.rmtree(folder, ignore_errors=True)
    return outcome


def _step(root: Path, change: Callable[[Path], None], expected: Any, outcome: Outcome, where: str) -> None:
    """Change the folder, collect, compare; collect again, which must change nothing."""
    change(root)
    before = _hashes(root / "submitted")
    uploads = root / "downloaded" / "hw2"
    course = Course(root, uploads / "archive", "http://127.0.0.1:9/", _LOG)
    try:
        decisions = collect(course)
    except ValueError as error:
        outcome.hard += [
            where + miss
            for miss in _refused(str(error).replace(f"{root}/", ""), expected, _hashes(root / "submitted") == before)
        ]
        return
    if expected.refuse:
        outcome.hard.append(f"{where}taken, expected to be refused at {expected.refuse}")
        return
    hard, soft = misses(expected, read_found(root, decisions))
    outcome.hard += [where + miss for miss in hard]
    outcome.soft += [where + miss for miss in soft]
    once = _hashes(root / "submitted") | _hashes(uploads)
    collect(course)
    twice = _hashes(root / "submitted") | _hashes(uploads)
    changed = sorted(name for name in once.keys() | twice.keys() if once.get(name) != twice.get(name))
    outcome.hard += [f"{where}a second collect changed {', '.join(changed)}"] if changed else []


def _refused(said: str, expected: Any, untouched: bool) -> list[str]:
    if not expected.refuse:
        return [f"refused: {said}"]
    file, line = expected.refuse
    found = [] if file in said and f"line {line}" in said else [f"refused without {file}, line {line}: {said}"]
    return found + ([] if untouched else ["refused, and submitted/ has changed"])


def _hashes(folder: Path) -> dict[str, tuple[str, int]]:
    """Path -> hash and time of each file, but of collected.json, which only saves time."""
    paths = (Path(at) / name for at, _, names in os.walk(folder) for name in names)
    return {
        path.relative_to(folder.parent).as_posix(): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns if folder.name == "submitted" else 0,
        )
        for path in paths
        if path.name != "collected.json"
    }


def _outside(folder: Path, root: Path) -> list[str]:
    """What lies where nothing may be written."""
    there = {path for path in root.iterdir() if path.name not in _OURS | _TABLES}
    there |= {path for path in folder.rglob("*") if path.is_relative_to(root) is False and path not in root.parents}
    return [f"written outside: {path.relative_to(folder)}" for path in sorted(there)]
