"""What one upload says, read once and kept: which files it holds, who it says it is from, links to a repository."""

import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from ..moment import ascii_digits
from .archive import ATTACHMENTS, TEXTS, BadArchive, Contents, read_upload
from .handout import HandOut, hand_out
from .kept import sha256_of
from .links import Link, links_in, links_of
from .recognise import Copy, copies, identities, remarks_on
from .spelling import visible

MOST_LINKS = 3


@dataclass(frozen=True)
class Reading:
    """The outcome of reading an upload. found: file of the homework -> path in it. passing: not to be remembered."""

    problem: str = ""
    remarks: list[str] = field(default_factory=list)
    found: dict[str, str] = field(default_factory=dict)
    attachments: int = 0
    numbers: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    links: list[tuple[str, str, str]] = field(default_factory=list)
    passing: bool = False


def read_one(kept: Path, sha256: str, name: str, release: Path) -> Reading:
    """Read an upload from kept/; whatever is wrong with it is said in the reading's problem."""
    if sha256_of(kept) != sha256:
        return Reading(f"its kept bytes, {kept}, are damaged; put the upload into archive/ again", passing=True)
    try:
        contents = read_upload(kept, name)
    except BadArchive as error:
        return Reading(str(error))
    given = hand_out(release)
    found = copies(contents.members, given)
    links = _links(contents, found, given)
    attachments = sum(member.path.suffix.lower() in ATTACHMENTS for member in contents.members)
    if not found and not links and not attachments:
        return Reading(f"holds no notebook, .py, PDF or picture of the homework{_instead(contents)}; ask the student")
    fields = identities(found)
    return Reading(
        "",
        contents.remarks() + remarks_on(found),
        {wanted: str(first.member.path) for wanted, (first, *_) in found.items()},
        attachments,
        _each(_number(each.get("STUDENT_NUMBER")) for each in fields),
        _each(str(each.get("NAME") or "").strip()[:100] for each in fields),
        _each(member.path.parts[0] for member in contents.members if len(member.path.parts) > 1)[:5],
        [(link.owner, link.repo, link.rest) for link in links],
    )


def _instead(contents: Contents) -> str:
    shown = [str(member.path) for member in contents.members[:3]]
    return f" ({', '.join(shown)}, ...)" if shown else ""


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
        suffix = member.path.suffix.lower()
        if suffix in TEXTS and suffix != ".docx":
            texts += links_of(PurePosixPath(member.path), member.data)
        elif suffix in (".docx", ".pdf"):
            documents += links_of(PurePosixPath(member.path), member.data)
    cells = [cell for first, *_ in found.values() for cell in first.cells]
    written = [cell.source for cell in cells if "github.com" in cell.source.lower()]
    every = [*texts, *(link for source in written for link in links_in(source)), *documents]
    return list(dict.fromkeys(link for link in every if link.url not in given.links))[:MOST_LINKS]
