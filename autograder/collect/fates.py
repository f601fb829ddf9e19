"""What became of each file that came in: used as something, replaced by something, or not read for a reason."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FATES = "fates.json"  # in a submission: what became of all that its student sent
USED, REPLACED, UNREAD = "used as", "replaced by", "not read because"
MANY = "files"


@dataclass(frozen=True)
class Fate:
    """One file's fate. upload: what it came in; path: empty for the upload itself; what: as what, by what, or why.

    count: more than one where files of one kind are summed up; path then says of what kind.
    """

    upload: str
    path: str
    fate: str
    what: str
    count: int = 1

    def __str__(self) -> str:
        """Such as 'a.docx' of 'HW2-Sara.zip': not read because it is a document."""
        name = self.path if self.count > 1 else repr(self.path or self.upload)
        place = f" of {self.upload!r}" if self.path and self.path != self.upload else ""
        return f"{name}{place}: {self.fate} {self.what}"

    @property
    def matters(self) -> bool:
        """True for a file that did not become part of the submission and might have been meant to."""
        return self.fate != USED and not (self.count > 1 or self.what in QUIET)


OWN = "the hand-out's own: the grader has it"
LITTER = "left there by a system or an editor"
QUIET = (OWN, LITTER)
WAITS = "its upload waits for a person"


def as_json(fates: Iterable[Fate]) -> list[dict[str, Any]]:
    """The fates as they stand in decisions.json and fates.json."""
    return [asdict(fate) for fate in fates]


def read_fates(submission: Path) -> list[Fate]:
    """What became of all that the student of a submission sent; nothing when a person put it there."""
    path = submission / FATES
    return [Fate(**fate) for fate in json.loads(path.read_text(encoding="utf-8"))] if path.is_file() else []


def replaced(fates: Iterable[Fate], by: dict[str, str]) -> list[Fate]:
    """The fates after something else has taken a place. by: what they were used as -> what they are replaced by."""
    return [
        Fate(fate.upload, fate.path, REPLACED, by[fate.what]) if fate.fate == USED and fate.what in by else fate
        for fate in fates
    ]


def summed(upload: str, what: str, paths: list[str]) -> list[Fate]:
    """One fate for all files of a kind that nobody misses."""
    if len(paths) < 2:
        return [Fate(upload, path, UNREAD, what) for path in paths]
    return [Fate(upload, f"{len(paths)} {MANY}", UNREAD, what, len(paths))]
