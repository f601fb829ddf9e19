"""The pages of written answers over all uploads of a student: which stay, and in which order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from .candidates import Candidate, clash
from .files import PAGE, File
from .kinds import page_order
from .names import is_around
from .reading import Reading
from .spelling import visible

Part = tuple[Candidate, Reading]


@dataclass(frozen=True)
class Page:
    """A page in one upload. name: its path without the folders around the homework, whose names mean nothing."""

    upload: Candidate
    file: File
    name: str


@dataclass(frozen=True)
class Union:
    """The pages that stay, in order, and for each other one the page that took its place."""

    stay: list[Page]
    replaced: list[tuple[Page, Page]]


def pages_in(parts: Sequence[Part], student: str) -> list[Page]:
    """Every page of the uploads. student: the sender's name, which a folder around the homework may bear."""
    return [
        Page(upload, file, _name(upload, file, student))
        for upload, reading in parts
        for file in reading.files
        if file.role == PAGE
    ]


def _name(upload: Candidate, file: File, student: str) -> str:
    folders = PurePosixPath(upload.file).parts[:-1] if file.path == PurePosixPath(upload.file).name else ()
    parts = [*folders, *PurePosixPath(visible(file.path)).parts]
    while len(parts) > 1 and is_around(parts[0], student):
        del parts[0]
    return "/".join(parts)


def union(pages: list[Page], theory: Candidate | None) -> Union:
    """One page of each name, the later one, and the same bytes once. pages: of the later uploads last.

    theory: the upload whose theory.ipynb counts; what came with it is in front, so that "page 2" there stays page 2.
    """
    last = {page.name: page.upload for page in pages}
    named = [page for page in pages if page.upload == last[page.name]]
    by_name = {page.name: page for page in named}
    home = {page.file.digest: page.upload for page in named}
    home |= {page.file.digest: page.upload for page in named if page.upload == theory}
    stay = [page for page in named if page.upload == home[page.file.digest]]
    by_bytes = {page.file.digest: page for page in stay}
    gone = [(page, by_name[page.name]) for page in pages if page.upload != last[page.name]]
    gone = [(page, by_bytes.get(page.file.digest) or by_bytes[by.file.digest]) for page, by in gone]
    gone += [(page, by_bytes[page.file.digest]) for page in named if page.upload != home[page.file.digest]]
    return Union(_in_order(stay, pages, theory), gone)


def first_times(pages: list[Page]) -> dict[str, datetime]:
    """When each page first came, by the digest of its bytes."""
    return {
        page.file.digest: page.upload.time for page in sorted(pages, key=lambda page: page.upload.time, reverse=True)
    }


def _in_order(stay: list[Page], pages: list[Page], theory: Candidate | None) -> list[Page]:
    """By name as the packer of libs counts them; what came with the theory.ipynb that counts first."""
    if len({page.upload for page in stay}) == 1:
        return sorted(stay, key=lambda page: page_order(page.file.path))
    beside = {page.name for page in pages if theory and page.upload.time == theory.time}
    has_own = any(page.upload == theory for page in pages)
    return sorted(stay, key=lambda page: (has_own and page.name not in beside, page_order(page.name), page.file.path))


def twice(pages: list[Page], first: set[Candidate]) -> tuple[Page, Page] | None:
    """Two pages of one name and time and other bytes, of which nobody can say which counts. first: uploads that win."""
    bytes_of: dict[tuple[str, Candidate], set[str]] = {}
    for page in pages:
        bytes_of.setdefault((page.name, page.upload), set()).add(page.file.digest)
    last = {page.name: page for page in pages}
    for page in pages:
        end = last[page.name]
        differ = bytes_of[page.name, page.upload] != bytes_of[page.name, end.upload]
        if differ and clash(page.upload, end.upload, first):
            return page, end
    return None
