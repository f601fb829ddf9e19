"""The hand-out's own files, known by their bytes wherever they turn up: its question sheets are nobody's answers."""

import hashlib
import json
from pathlib import Path

from .. import assignment
from .contents import Member
from .kinds import TEXTS, page_order
from .links import links_of

GIVEN = Path("libs") / "given.json"  # "files": name -> SHA-256 of what is handed out beside release/
SAME = "is the hand-out's own, byte for byte: not taken for written answers"
SHEET = "written-pages.png"  # what libs draws of the pages, for the student to see their numbers


def own_digests(release: Path) -> frozenset[str]:
    """SHA-256 of every file that is handed out, notebooks and module aside: the sheets, what they lie beside, libs."""
    ours = {f"{name}.ipynb" for name in assignment.NOTEBOOKS} | {assignment.MODULE}
    paths = [path for path in release.rglob("*") if path.is_file() and path.name not in ours]
    paths += (release.parent.parent / "theory").glob("questions-*.pdf")
    there = {hashlib.sha256(path.read_bytes()).hexdigest() for path in paths if "__pycache__" not in path.parts}
    return frozenset(there | _noted(release / GIVEN))


def _noted(path: Path) -> set[str]:
    """The digests in given.json; none when it is not there, as in a course of an older release."""
    files = json.loads(path.read_text(encoding="utf-8")).get("files", {}) if path.is_file() else {}
    return {digest for noted in files.values() for digest in ([noted] if isinstance(noted, str) else noted)}


def own_links(release: Path) -> set[str]:
    """The repositories that the hand-out's own texts name; no student's is among them."""
    texts = [path for path in release.rglob("*") if path.suffix.lower() in TEXTS and path.is_file()]
    return {link.url for path in texts for link in links_of(path, path.read_bytes())}


def is_own(member: Member, own: frozenset[str]) -> bool:
    """True for a file of the hand-out, under whatever name."""
    return hashlib.sha256(member.data).hexdigest() in own


def no_answer(member: Member, own: frozenset[str]) -> str:
    """Why a file that could be pages holds none of the student's; empty for all others."""
    if not member.is_page:
        return ""
    if not member.data:
        return "is empty: send it again"
    if is_own(member, own):  # who believes to have written on the sheet sees that it was not saved
        return SAME
    return "is the overview of the pages that libs draws: no page itself" if member.path.name == SHEET else ""


def pages_of(members: list[Member], own: frozenset[str]) -> list[Member]:
    """The files of written answers, in the order of their names, which the packer of libs counts pages in, too."""
    found = [member for member in members if member.is_page and not no_answer(member, own)]
    return sorted(found, key=lambda member: page_order(str(member.path)))
