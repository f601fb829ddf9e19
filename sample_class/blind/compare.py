"""What a shape was expected to come to beside what it came to: hard misses and soft ones, in words.

A file that must not be there is expected as judged.ABSENT says; an entry that is summed up has the fate of its sum.
"""

import hashlib
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder import assignment
from autograder.collect.fates import QUIET
from autograder.theory.called import CALLED

_MARK = re.compile(r"MARK_(\w+)\.")


@dataclass(frozen=True)
class Found:
    """What collecting left. decisions: of uploads; notes: of the entry without a file."""

    root: Path
    decisions: list[dict[str, Any]]
    notes: list[str]

    @property
    def archive(self) -> Path:
        """Where the uploads lie."""
        return self.root / "downloaded" / assignment.NAME / "archive"

    def of(self, number: str) -> Path:
        """A student's submission."""
        return self.root / "submitted" / number / assignment.NAME

    def said(self, number: str) -> list[str]:
        """Everything that is said about a student's uploads."""
        own = [d for d in self.decisions if d["student"] == number or (not d["student"] and number in d["file"])]
        said = [text for d in own for text in (*d["remarks"], d["problem"])]
        remarks = self.of(number) / "remarks.json"
        return said + (json.loads(remarks.read_text(encoding="utf-8")) if remarks.is_file() else [])


def read_found(root: Path, decisions: list[dict[str, Any]]) -> Found:
    """The decisions as collect returned them, the notes apart."""
    notes = [note for decision in decisions if not decision["file"] for note in decision.get("notes", [])]
    return Found(root, [decision for decision in decisions if decision["file"]], notes)


def misses(expected: Any, found: Found) -> tuple[list[str], list[str]]:
    """Hard misses and soft ones."""
    hard, soft = [*_waits(expected.waits, found), *_uncounted(found)], list[str]()
    for number, student in expected.students.items():
        hard += [f"{number}: {miss}" for miss in _student(student, found, number)]
        soft += [f"{number}: {miss}" for miss in _said(student, found.said(number))]
    others = {path.parent.name for path in (found.root / "submitted").glob(f"*/{assignment.NAME}")}
    hard += [f"{number}: has a submission" for number in sorted(others - expected.students.keys())]
    notes = [*found.notes, *(json.dumps([d["problem"], d["guesses"]], ensure_ascii=False) for d in found.decisions)]
    soft += [f"no note says {each!r}" for each in expected.notes if not _says(each, notes)]
    return hard, soft + list(_fates(expected.fates, found))


def _says(pattern: str, texts: list[str]) -> bool:
    return any(re.search(pattern, text, re.IGNORECASE) for text in texts)


def _waits(expected: list[str] | None, found: Found) -> list[str]:
    waiting = {decision["file"]: decision["problem"] for decision in found.decisions if decision["problem"]}
    if expected is None or waiting.keys() == set(expected):
        return []
    missing = [f"{file} does not wait" for file in expected if file not in waiting]
    return missing + [f"{file} waits: {why}" for file, why in waiting.items() if file not in expected]


def _student(student: Any, found: Found, number: str) -> Iterator[str]:
    folder = found.of(number)
    if student.none:
        yield from ["has a submission"] if folder.exists() else []
        return
    if not folder.exists():
        yield from ["has no submission"] if student.files or student.pages is not None else []
        return
    for name, mark in student.files.items():
        yield from _marked(name, mark, folder / name)
        if mark is None and not _says(f"^{re.escape(name)} is missing", found.said(number)):
            yield f"nothing says that {name} is missing"
    if student.pages is not None:
        pages = sorted(path for path in (folder / assignment.WRITTEN_PAGES).glob("*") if path.name != CALLED)
        hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in pages]
        if hashes != student.pages:
            yield f"pages {_order(hashes, student.pages)}, expected {_order(student.pages, student.pages)}"
    time = (folder / "timestamp.txt").read_text(encoding="utf-8")
    if student.time and not time.startswith(student.time):
        yield f"time {time}, expected {student.time}"


def _marked(name: str, mark: str | None, path: Path) -> Iterator[str]:
    if mark == "?":
        return
    there, wanted = set(_MARK.findall(path.read_text(encoding="utf-8"))), {mark or ""} - {""}
    if there != wanted:
        yield f"{name} holds {_words(there)}, expected {_words(wanted)}"


def _words(marks: set[str]) -> str:
    return " and ".join(sorted(marks)) or "no mark"


def _order(hashes: list[str], known: list[str]) -> list[str]:
    """Pages by their places in the expected order."""
    return [str(known.index(each) + 1) if each in known else each[:8] for each in hashes]


def _said(student: Any, texts: list[str]) -> Iterator[str]:
    yield from (f"nothing says {each!r}" for each in student.said if not _says(each, texts))
    for each in student.unsaid:
        yield from (f"said, against {each!r}: {text}" for text in texts if _says(each, [text]))


def _fates(expected: dict[str, dict[str, str]], found: Found) -> Iterator[str]:
    for upload, entries in expected.items():
        for entry, pattern in entries.items():
            every = [fate for one in found.decisions if one["file"] == upload for fate in one["fates"]]
            names = (entry,) if entry else ("", upload.split("/")[-1])
            own = [fate for fate in every if fate["path"] in names] or [fate for fate in every if fate["count"] > 1]
            fates = [f"{fate['fate']} {fate['what']}" for fate in own]
            if not _says(pattern, fates):
                yield f"{entry or upload}: {fates or 'no fate'}, expected {pattern!r}"


def _uncounted(found: Found) -> Iterator[str]:
    """Uploads of which some entry has no fate, or two."""
    for decision in found.decisions:
        path = found.archive / decision["file"]
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != decision["sha256"]:
            continue
        fates = [fate for fate in decision["fates"] if fate["upload"] == decision["file"]]
        inside = [fate for fate in fates if fate["path"] or fate["what"] in QUIET]
        entries = _entries(path) if zipfile.is_zipfile(path) else 1
        most = max(Counter(fate["path"] for fate in inside if fate["count"] == 1).values(), default=1)
        told = sum(fate["count"] for fate in inside)
        if told != entries and not (len(fates) == 1 and not inside and (entries == 1 or not entries)):
            yield f"{decision['file']} has {entries} entries, {told} fates of them ({len(fates)} lines)"
        elif most > 1 and most > _most_alike(path):
            yield f"{decision['file']}: an entry has {most} fates"


def _entries(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        return sum(not info.is_dir() for info in archive.infolist())


def _most_alike(path: Path) -> int:
    if not zipfile.is_zipfile(path):
        return 1
    with zipfile.ZipFile(path) as archive:
        return max(Counter(archive.namelist()).values(), default=1)
