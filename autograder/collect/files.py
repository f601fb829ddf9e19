"""Each file of an upload as what it can be: a version of a file of the homework, a page, a link, or nothing."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from .. import assignment
from ..answers.blank import says_more
from ..answers.module import blocks, decoded
from ..answers.notebook import answered
from .contents import SOURCE, Contents, Member, is_notebook
from .fates import LITTER, OWN
from .handout import HandOut, hand_out, is_written
from .kinds import PRACTICAL, ending, is_text
from .links import links_of
from .own import is_own, no_answer, pages_of
from .recognise import Copy, is_identity

PAGE, LINK = "a page of written answers", "the address of a repository"
UNKNOWN = "it was not recognised as any file of the homework"
_CHANGED = "the grader uses its own of this name; write changes into the answer cells and blocks"
_NO_USE = "it is no file of the homework"


@dataclass(frozen=True)
class File:
    """One file. role: the homework's file that it is a version of, PAGE, LINK, or empty with the reason why.

    digest: of its bytes; content: of what is written in it, who wrote it and outputs aside; answers: which are written;
    is_inside: another one is this file, too, as a notebook that holds the module; sure: more than its name says so;
    as_is: it is read as it came, not in another encoding and not from inside another file.
    """

    path: str
    role: str = ""
    why: str = ""
    digest: str = ""
    content: str = ""
    readable: bool = True
    written: bool = True
    answers: tuple[str, ...] = ()
    is_inside: bool = False
    sure: bool = True
    as_is: bool = True


def files_of(contents: Contents, found: dict[str, list[Copy]], release: Path) -> list[File]:
    """All files of an upload, of several versions the one that counts first."""
    given = hand_out(release)
    versions, taken = list[File](), set[int]()
    for copy in (copy for several in found.values() for copy in several):
        versions.append(_version(copy, given, id(copy.came) in taken))
        taken.add(id(copy.came))
    pages = [member for member in pages_of(contents.members, given.own) if id(member) not in taken]
    taken |= {id(page) for page in pages}
    rest = [member for member in contents.members if id(member) not in taken]
    files = [*versions, *(File(str(page.path), PAGE, digest=digest_of(page)) for page in pages)]
    files += [_other(member, contents, given, release) for member in rest]
    files += [File(path, why=_outside(path, why, release)) for path, why in contents.outside]
    return files + [File("", why=LITTER)] * contents.litter


def digest_of(member: Member) -> str:
    """The hash of a file's bytes as they are held."""
    return hashlib.sha256(member.data).hexdigest()


def _version(copy: Copy, given: HandOut, is_inside: bool) -> File:
    try:
        marked, answers = _answers(copy, given)
    except Exception:  # where its answers stand cannot be told
        marked, answers = False, []
    written = bool(answers) if marked else copy.written  # a cell that was added makes no hand-out an answer
    path, content = str(copy.member.path), _content(copy)
    came = copy.came or copy.member
    return File(
        path=path,
        role=copy.wanted,
        digest=digest_of(came),
        content=content,
        readable=copy.readable,
        written=written,
        answers=tuple(answers),
        is_inside=is_inside,
        sure=copy.by_content,
        as_is=came.data == copy.member.data,
    )


def _content(copy: Copy) -> str:
    """A digest of what was written: files that differ in outputs, ids or who filled them in are the same work."""
    if copy.cells:
        cells = [cell for cell in copy.cells if not is_identity(cell) and (cell.source.strip() or cell.attachments)]
        parts = [[cell.cell_type, _plain(cell.source), cell.attachments] for cell in cells]
        data = json.dumps(parts, sort_keys=True).encode()
    else:
        data = copy.member.data.replace(b"\r\n", b"\n").strip()
    return hashlib.sha256(data).hexdigest()


@lru_cache(4096)  # most cells are the hand-out's, student after student
def _plain(source: str) -> str:
    """A cell's text without what editors add at the ends of its lines."""
    return "\n".join(line.rstrip() for line in source.strip().splitlines())


def _answers(copy: Copy, given: HandOut) -> tuple[bool, list[str]]:
    """Whether answers can be told by their marks, and those in which something is written."""
    if copy.wanted == assignment.MODULE:
        stubs, bodies = _bodies(given.module), _bodies(decoded(copy.member.data)[0])
        return bool(bodies), [name for name, body in bodies.items() if says_more(body, stubs.get(name, ""))]
    notebook, answers = given.notebooks[copy.wanted.removesuffix(".ipynb")], given.answers[copy.wanted]
    texts = {cell.id: cell.source for cell in copy.cells if cell.id in answers}
    written = [str(id) for id, text in texts.items() if is_written(text, given) and says_more(text, answers[id])]
    return bool(texts), written or (answered(notebook, copy.member.data) if texts and copy.written else [])


def _bodies(text: str) -> dict[str, str]:
    lines = text.splitlines()
    return {block.name: "\n".join(lines[block.first : block.last]) for block in blocks(text)}


def _other(member: Member, contents: Contents, given: HandOut, release: Path) -> File:
    """A file that was read and gives neither answers nor pages."""
    path, said = str(member.path), contents.reason(member.path)
    if why := no_answer(member, given.own) or said:
        return File(path, why=f"it {why}")
    if is_own(member, given.own):
        return File(path, why=OWN)
    if path in contents.sources:
        return File(path, why=f"it {SOURCE}")
    if is_text(member.path) and links_of(member.path, member.data):
        return File(path, LINK)
    if is_notebook(member.path):
        return File(path, why=UNKNOWN)
    if _is_given(path, release):
        return File(path, why=_CHANGED if ending(member.path) in PRACTICAL else OWN)
    return File(path, why=UNKNOWN if ending(member.path) in PRACTICAL else _NO_USE)


def _outside(path: str, why: str, release: Path) -> str:
    if why:
        return f"it {why}"
    return OWN if _is_given(path, release) else _NO_USE


def _is_given(path: str, release: Path) -> bool:
    """True for a path that ends as one of the hand-out's own files."""
    parts = path.split("/")
    return any("/".join(parts[at:]) in _given_names(release) for at in range(len(parts)))


@cache
def _given_names(release: Path) -> frozenset[str]:
    """What the hand-out holds beside notebooks and module, by its paths; the digits as they are unpacked, too."""
    names = {path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file()}
    digits = {path.name for path in (release.parent.parent / "data" / "mnist").glob("*")}
    names |= {f"mnist/{name}" for name in digits}
    names |= {
        f"{folder}/{name.removesuffix('.gz')}" for name in digits for folder in ("mnist", "raw") if name.endswith(".gz")
    }
    ours = {*(f"{name}.ipynb" for name in assignment.NOTEBOOKS), assignment.MODULE}
    return frozenset(names - ours)
