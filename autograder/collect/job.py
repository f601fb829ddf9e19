"""A submission to be written: what was picked for it, and what is to be said of it when it is."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from .fates import Fate
from .names import Sender
from .repositories import Kept


@dataclass(frozen=True)
class Source:
    """An upload that something is taken from."""

    sha256: str
    file: str
    kept: Path


@dataclass(frozen=True)
class Pick:
    """A file of an upload that counts; wanted: as which file of the homework, empty for a page; as_is: as File says."""

    wanted: str
    upload: str
    path: str
    digest: str
    as_is: bool = True


@dataclass(frozen=True)
class Named:
    """A repository, and when the upload came that names it."""

    kept: Kept
    time: datetime


@dataclass(frozen=True)
class Job:
    """A submission to be made of what was picked from uploads, and where it is written.

    time: when the last of the picked files came; remarks, fates: what is already to be said;
    unknown: paths of notebooks and modules that were not recognised.
    """

    sender: Sender
    sources: tuple[Source, ...]
    picks: tuple[Pick, ...]
    pages: tuple[Pick, ...]
    time: datetime
    release: Path
    part: Path
    repositories: tuple[Named, ...] = ()
    remarks: tuple[str, ...] = ()
    fates: tuple[Fate, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass
class Outcome:
    """All that is to be said of a submission, where each file of the homework was found, and the repositories' fates.

    replaced: files of the uploads, by what they were used as, and what of a repository took their place.
    problem: why a person is to look at it although it stands in its place.
    """

    remarks: list[str] = field(default_factory=list)
    found: dict[str, str] = field(default_factory=dict)
    fates: list[Fate] = field(default_factory=list)
    replaced: dict[str, str] = field(default_factory=dict)
    problem: str = ""

    @classmethod
    def of(cls, noted: dict[str, Any]) -> "Outcome":
        """An outcome as it was noted in JSON."""
        fates = [Fate(**fate) for fate in noted["fates"]]
        return cls(noted["remarks"], noted["found"], fates, noted["replaced"], noted["problem"])
