"""What one upload says, read once and kept: which files it holds, who it says it is from, links to a repository."""

import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from .. import assignment
from ..moment import ascii_digits
from .archive import BadArchive, read_upload
from .bare import known_kind
from .contents import Contents, Member, is_notebook
from .fates import OWN, QUIET
from .files import File, files_of
from .handout import HandOut, hand_out, text_marks
from .kept import sha256_of
from .kinds import IPHONE, beside, ending, is_text
from .links import Link, links_in, links_of
from .own import SAME, is_own, no_answer, pages_of
from .recognise import FEWEST_MARKS, Copy, copies, identities, remarks_on
from .spelling import visible

MOST_LINKS = 3
_ABOUT = ("readme", "requirements", "license")  # texts that are about the work
_A_NOTE = 300  # characters of a text without a link that are no answer


@dataclass(frozen=True)
class Reading:
    """The outcome of reading an upload. found: file of the homework -> path in it. passing: not to be remembered.

    files: every file in it. attachments: how many files of written answers.
    fields: notebook -> STUDENT_NUMBER and NAME in its identity cell.
    """

    problem: str = ""
    remarks: list[str] = field(default_factory=list)
    found: dict[str, str] = field(default_factory=dict)
    attachments: int = 0
    fields: dict[str, list[str]] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)
    links: list[tuple[str, str, str]] = field(default_factory=list)
    passing: bool = False
    files: list[File] = field(default_factory=list)

    @classmethod
    def of(cls, noted: dict[str, Any]) -> "Reading":
        """A reading as it was noted in JSON."""
        files = [File(**{**file, "answers": tuple(file["answers"])}) for file in noted["files"]]
        return cls(**{**noted, "files": files})

    @property
    def is_idle(self) -> bool:
        """True when nothing is in it but what the hand-out or a system put there."""
        return bool(self.files) and all(file.why in (*QUIET, f"it {SAME}") for file in self.files)

    @property
    def numbers(self) -> list[str]:
        """The student numbers in its notebooks, each once."""
        return _each(number for number, _ in self.fields.values())

    @property
    def names(self) -> list[str]:
        """The names in its notebooks, each once."""
        return _each(name for _, name in self.fields.values())


def read_one(kept: Path, sha256: str, name: str, release: Path) -> Reading:
    """Read an upload from kept/; whatever is wrong with it is said in the reading's problem."""
    if sha256_of(kept) != sha256:
        return Reading(f"its kept bytes, {kept}, are damaged; put the upload into archive/ again", passing=True)
    try:
        contents = read_upload(kept, name)
    except BadArchive as error:
        files = [File(PurePosixPath(name).name, why=OWN)] if sha256 in hand_out(release).own else []
        return Reading(str(error), files=files or files_of(error.contents, {}, release))
    given = hand_out(release)
    found = copies(contents.members, given)
    links = _links(contents, found, given)
    pages = pages_of(contents.members, given.own)
    _leave_out(contents, found, given)
    _note_disguised(contents, pages)
    files = files_of(contents, found, release)
    if not found and not links and not pages:
        why = f"holds no notebook, .py, PDF or picture of the homework{_instead(contents)}"
        return Reading("; ".join([why, *contents.remarks(), "ask the student"]), files=files)
    return Reading(
        "",
        contents.remarks() + remarks_on(found),
        {wanted: str(first.member.path) for wanted, (first, *_) in found.items()},
        len(pages),
        {wanted: [_number(each.get("STUDENT_NUMBER")), _name(each)] for wanted, each in identities(found).items()},
        _each(member.path.parts[0] for member in contents.members if len(member.path.parts) > 1)[:5],
        [(link.owner, link.repo, link.rest) for link in links],
        files=files,
    )


def _leave_out(contents: Contents, found: dict[str, list[Copy]], given: HandOut) -> None:
    """Name what may be taken for written answers and is not."""
    used = [copy.member for several in found.values() for copy in several]
    shown = beside([member.path for member in contents.members if member.is_page or is_notebook(member.path)])
    for member in contents.members:
        why = no_answer(member, given.own)
        if not why and member not in used and not is_own(member, given.own):
            why = _exported(member, found, given) or _unread(member, bool(beside([member.path]) & shown))
        if why:
            contents.leave_out(why, member.path)


def _exported(member: Member, found: dict[str, list[Copy]], given: HandOut) -> str:
    """Why a .py that a missing notebook was saved as is not read; empty for all others."""
    if ending(member.path) != ".py":
        return ""
    marks = text_marks([member.data.decode("utf-8", "replace")])
    missing = [f"{name}.ipynb" for name in assignment.NOTEBOOKS if f"{name}.ipynb" not in found]
    notebook = next((file for file in missing if len(marks & given.marks[file]) >= FEWEST_MARKS), "")
    return f"holds the code of {notebook} as Python, not the notebook: ask for the .ipynb" if notebook else ""


def _note_disguised(contents: Contents, pages: list[Member]) -> None:
    """Name the photographs that cannot be shown although their names say so."""
    for page in pages:
        if page.kind in IPHONE and ending(page.path) not in IPHONE:
            contents.note("is HEIC by its bytes, which can only be named: export it as JPEG", page.path)


def _unread(member: Member, has_shown: bool) -> str:
    """Why a file that may hold answers is not shown. has_shown: a page or notebook of the same name lies beside it."""
    kind = known_kind(member.data) if ending(member.path) == "" else ""
    if kind in ("a PDF", "a picture"):
        return f"is {kind} whose name has no ending, such as .pdf or .jpg: give it one"
    is_long = is_text(member.path) and len(member.data) > _A_NOTE
    if member.path.stem.casefold() in _ABOUT or not is_long or has_shown or links_of(member.path, member.data):
        return ""
    return "is searched for a link only: if answers are in it, export it as PDF"


def _instead(contents: Contents) -> str:
    shown = [str(member.path) for member in contents.members[:3]]
    return f" ({', '.join(shown)}, ...)" if shown else ""


def _name(identity: dict[str, object]) -> str:
    return str(identity.get("NAME") or "").strip()[:100]


def _number(value: object) -> str:
    """A student number as it was typed into the identity cell: text or a number, in any digits."""
    text = re.sub(r"\D", "", ascii_digits(visible(str(value)))) if isinstance(value, str | int) else ""
    return text[:20]


def _each(values: object) -> list[str]:
    """The values that are not empty, each once, in order."""
    return list(dict.fromkeys(value for value in values if value))  # type: ignore[attr-defined]


def _links(contents: Contents, found: dict[str, list[Copy]], given: HandOut) -> list[Link]:
    """Repositories that the student names: in text files first, then in notebooks, then in documents."""
    texts, documents = [], []
    for member in sorted(contents.members, key=lambda member: str(member.path)):
        if is_text(member.path):
            texts += links_of(PurePosixPath(member.path), member.data)
        elif ending(member.path) in (".docx", ".pdf") and not is_own(member, given.own):
            documents += links_of(PurePosixPath(member.path), member.data)
    cells = [cell for first, *_ in found.values() for cell in first.cells]
    written = [cell.source for cell in cells if "github.com" in cell.source.lower()]
    every = [*texts, *(link for source in written for link in links_in(source)), *documents]
    return list(dict.fromkeys(link for link in every if link.url not in given.links))[:MOST_LINKS]
