"""Which version of a file of the homework counts over all uploads of a student: the latest that is written in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from .candidates import Candidate, clash
from .files import File
from .pages import Part


@dataclass(frozen=True)
class Version:
    """What one upload has of a file of the homework; others: further copies in the same upload, which do not count."""

    upload: Candidate
    file: File
    others: tuple[File, ...] = ()

    @property
    def is_work(self) -> bool:
        """True for one that can be read and is not as it was handed out."""
        return self.file.readable and self.file.written


@dataclass(frozen=True)
class Choice:
    """The version that counts, those that do not, and when what is in it first came."""

    counts: Version
    others: list[Version]
    since: datetime


def versions_in(wanted: str, parts: Sequence[Part]) -> list[Version]:
    """One version from each upload that has the file, in the order of the uploads."""
    found = []
    for upload, reading in parts:
        copies = [file for file in reading.files if file.role == wanted]
        if copies:
            found.append(Version(upload, copies[0], tuple(copies[1:])))
    return found


def _work(versions: list[Version]) -> list[Version]:
    """Those that are written in; without those that have only the name, where others have the content, too."""
    work = [version for version in versions if version.is_work]
    return [version for version in work if version.file.sure] or work


def choose(versions: list[Version]) -> Choice:
    """The last that is written in; where none is, the last that can be read, else the last. versions: not empty."""
    work = _work(versions)
    rest = [version for version in versions if version.file.readable] or versions
    counts = (work or rest)[-1]
    same = [version.upload.time for version in work if version.file.content == counts.file.content]
    since = min([counts.upload.time, *same])  # what is sent again came when it first came, whatever was between
    return Choice(counts, [version for version in versions if version is not counts], since)


def differ(versions: list[Version], first: set[Candidate]) -> tuple[Version, Version] | None:
    """Two that came at one time with other answers, of which nobody can say which counts. first: uploads that win."""
    work = _work(versions)
    for version in work[:-1]:
        if clash(version.upload, work[-1].upload, first) and version.file.content != work[-1].file.content:
            return version, work[-1]
    return None


def lost(choice: Choice) -> str:
    """What an earlier version holds and the one that counts does not; empty when nothing is lost."""
    for version in reversed(choice.others):
        gone = [answer for answer in version.file.answers if answer not in choice.counts.file.answers]
        if version.is_work and choice.counts.file.answers and gone:
            more = f" and {len(gone) - 5} more" if len(gone) > 5 else ""
            return f"{version.upload.file} holds answers that are empty in it: {', '.join(gone[:5])}{more}"
    return ""
