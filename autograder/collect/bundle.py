"""What belongs together: the uploads of one student as one submission, and what became of each file in them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from .. import assignment
from .candidates import Candidate
from .fates import QUIET, REPLACED, UNREAD, USED, Fate, summed
from .files import LINK, File
from .links import Link
from .pages import Page, Part, first_times, pages_in, twice, union
from .recognise import FILES, PRACTICAL_FILES
from .times import stamp
from .versions import Choice, choose, differ, lost, versions_in

_STRANGE = "nothing of the hand-out's is in it"
NOT_MISSING = "no practical file is missing that a repository could give"


@dataclass
class Bundle:
    """A submission to be made. chosen: by file of the homework; pages: in their order; links: to what may hold
    the practical files that it lacks; remarks: on what was not joined.
    """

    chosen: dict[str, Choice] = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)
    page_times: dict[str, datetime] = field(default_factory=dict)
    links: list[tuple[Candidate, Link]] = field(default_factory=list)
    fates: dict[Candidate, list[Fate]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    @property
    def lacks(self) -> list[str]:
        """The practical files that are not there, or as they were handed out."""
        return [file for file in PRACTICAL_FILES if file not in self.chosen or not self.chosen[file].counts.is_work]

    @property
    def since(self) -> datetime | None:
        """When the last came of all that is used; None when nothing is."""
        times = [choice.since for choice in self.chosen.values()]
        times += [self.page_times[page.file.digest] for page in self.pages]
        return max(times, default=None)

    @property
    def gives(self) -> list[Candidate]:
        """The uploads that something is taken from, in the order of time."""
        used = {choice.counts.upload for choice in self.chosen.values()} | {page.upload for page in self.pages}
        used |= {upload for upload, _ in self.links}
        return sorted(used, key=Candidate.order)

    @property
    def is_whole(self) -> bool:
        """True when every file of the homework is there, the practical ones written in."""
        return not self.lacks and all(file in self.chosen for file in FILES)


@dataclass(frozen=True)
class Contradiction:
    """Two uploads of one time that hold a file in two versions."""

    what: str
    uploads: tuple[Candidate, Candidate]


def contradiction(parts: Sequence[Part], first: set[Candidate], student: str) -> Contradiction | None:
    """The first file of which nobody can say which version counts; None when all is clear. parts: as for bundle."""
    for wanted in FILES:
        if found := differ(versions_in(wanted, parts), first):
            return Contradiction(wanted, (found[0].upload, found[1].upload))
    if pages := twice(pages_in(parts, student), first):
        return Contradiction(pages[0].name, (pages[0].upload, pages[1].upload))
    return None


def bundle(parts: Sequence[Part], student: str) -> Bundle:
    """The submission that these uploads make together; the later ones are last, and those that a person put first."""
    made, replaced = Bundle(), dict[int, str]()
    for wanted in FILES:
        if versions := versions_in(wanted, parts):
            choice = made.chosen[wanted] = choose(versions)
            replaced |= _replaced(choice)
            made.remarks += _said(wanted, choice)
    pages, theory = pages_in(parts, student), made.chosen.get(f"{assignment.WRITTEN}.ipynb")
    both = union(pages, theory.counts.upload if theory else None)
    made.pages, made.page_times = both.stay, first_times(pages)
    replaced |= {id(page.file): _by(page.upload, page.file, by.upload, by.file) for page, by in both.replaced}
    if made.lacks:
        made.links = [(upload, Link(*link)) for upload, reading in reversed(parts) for link in reading.links]
    made.fates = {upload: _fates(upload, reading.files, replaced, made.lacks) for upload, reading in parts}
    return made


def _replaced(choice: Choice) -> dict[int, str]:
    """For each copy that does not count, by its place in memory, what took its place."""
    counts, found = choice.counts, dict[int, str]()
    for version in (counts, *choice.others):
        for file in (version.file, *version.others):
            if file is not counts.file:
                found[id(file)] = _by(version.upload, file, counts.upload, counts.file)
    return found


def _by(upload: Candidate, file: File, other: Candidate, by: File) -> str:
    """What took the place of a file, and that it is the same, or why a later one did not count."""
    place = f" of {other.file!r}" if other != upload else ""
    why = ", the same" if (file.content or file.digest) == (by.content or by.digest) else ""
    if not why and not file.readable:
        why = ", for it cannot be read"
    elif not why and not file.written:
        why = ", for nothing is written in it"
    elif not why and by.sure and not file.sure:
        why = f", for {_STRANGE}"
    return f"{by.path!r}{place}{why}"


def _why_less(file: File, counts: File) -> str:
    """Why a file cannot replace one that is written in; empty when it can."""
    if not file.readable:
        return "cannot be read"
    if not file.written:
        return "is as it was handed out"
    return f"is that by its name only, for {_STRANGE}" if counts.sure and not file.sure else ""


def _said(wanted: str, choice: Choice) -> list[str]:
    """Remarks on what a later upload did not replace, and on what it replaced by less."""
    counts, remarks = choice.counts, []
    for version in choice.others:
        what = _why_less(version.file, counts.file)
        if version.upload.order() > counts.upload.order() and what and counts.is_work:
            later = f"{wanted} of {version.upload.file}, which came later ({stamp(version.upload.time)}), {what}"
            remarks.append(f"{later}: the one of {counts.upload.file} counts")
    gone = lost(choice)
    return remarks + ([f"{wanted} of {counts.upload.file} counts, which came last; {gone}"] if gone else [])


def _fates(upload: Candidate, files: list[File], replaced: dict[int, str], lacks: list[str]) -> list[Fate]:
    """What became of each file of an upload that belongs to the submission."""
    found, quiet = list[Fate](), dict[str, list[str]]()
    inside = {(file.path, file.digest): file.role for file in files if file.is_inside and id(file) not in replaced}
    for file in files:
        also = inside.get((file.path, file.digest))
        if file.is_inside:
            continue
        if also:
            roles = [*([file.role] if id(file) not in replaced else []), also]
            found.append(Fate(upload.file, file.path, USED, " and ".join(roles)))
        elif file.why in QUIET:
            quiet.setdefault(file.why, []).append(file.path)
        elif id(file) in replaced:
            found.append(Fate(upload.file, file.path, REPLACED, replaced[id(file)]))
        elif file.role == LINK and not lacks:
            found.append(Fate(upload.file, file.path, UNREAD, NOT_MISSING))
        elif file.role:
            found.append(Fate(upload.file, file.path, USED, file.role))
        else:
            found.append(Fate(upload.file, file.path, UNREAD, file.why))
    return found + [fate for why, paths in quiet.items() for fate in summed(upload.file, why, paths)]


def one_fate(upload: Candidate, files: list[File], fate: str, what: str) -> list[Fate]:
    """The same fate for all files of an upload that could be used; for the upload itself where they are not known."""
    files = [file for file in files if not file.is_inside]
    quiet = [file for file in files if file.why in QUIET]
    found = [
        Fate(upload.file, file.path, *((UNREAD, file.why) if file.why else (fate, what)))
        for file in files
        if file.why not in QUIET
    ]
    found += [each for why in QUIET for each in summed(upload.file, why, [f.path for f in quiet if f.why == why])]
    return found or [Fate(upload.file, "", fate, what)]
