"""What an upload is instead of a zip, by its bytes; a notebook or .py that was sent without a zip can be used."""

from pathlib import Path, PurePosixPath

from ..answers.decoding import as_utf8
from .kinds import is_page

OTHER_KINDS = {
    b"Rar!": "a rar archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"\x1f\x8b": "a gzip archive",
    b"\xfd7zXZ": "an xz archive",
    b"BZh": "a bzip2 archive",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"<!DOCTYPE": "a web page, perhaps of a download that failed,",
    b"<html": "a web page, perhaps of a download that failed,",
}
_PAGES = {b"%PDF": ".pdf", b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg"}
_HEIC = (b"ftypheic", b"ftypheix", b"ftypheim", b"ftypmif1", b"ftypmsf1", b"ftyphevc")
_TEXTS = (".txt", ".md", ".url")
_LONGEST_TEXT = 2**20


def kind_of(path: Path) -> str:
    """What the file is instead of a zip, by its first bytes."""
    with path.open("rb") as file:
        head = file.read(512)
    if known := known_kind(head):
        return f"is {known}, not a zip"
    if head[257:262] == b"ustar":
        return "is a tar archive, not a zip"
    return "is empty" if not head else "is not a zip that can be read"


def known_kind(data: bytes) -> str:
    """What bytes are that begin as one of the other kinds; empty for all others."""
    return next((kind for magic, kind in OTHER_KINDS.items() if data.startswith(magic)), "")


def page_kind(path: Path) -> str:
    """The ending of a PDF or picture that can be a page, by its first bytes; empty for anything else."""
    with path.open("rb") as file:
        return kind_of_page(file.read(32))


def kind_of_page(head: bytes) -> str:
    """The same of the bytes that it begins with."""
    if head[4:12] in _HEIC:
        return ".heic"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return ".webp"
    return next((ending for magic, ending in _PAGES.items() if head.startswith(magic)), "")


def bare_file(path: Path, name: str, largest: int) -> bytes | None:
    """The bytes of a notebook, a .py, a page, or a text with a link that was sent without a zip; None for others."""
    if path.stat().st_size > largest:
        return None
    if page_kind(path):
        return path.read_bytes()
    if kind_of(path).startswith(("is a ", "is an ", "is empty")):
        return None
    data = path.read_bytes()
    suffix = PurePosixPath(name).suffix.lower()
    is_text = suffix in _TEXTS and len(data) < _LONGEST_TEXT and b"github.com" in data.lower()
    is_own = is_page(PurePosixPath(name)) or is_text
    return data if is_own or looks_like_notebook(data) or looks_like_module(data, suffix) else None


def looks_like_notebook(data: bytes) -> bool:
    """True for JSON that has cells."""
    data = as_utf8(data)
    return data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and (b'"cells"' in data or b'"worksheets"' in data)


def looks_like_module(data: bytes, suffix: str) -> bool:
    """True for Python text: by its ending, or by the hand-out's block markers."""
    data = as_utf8(data)
    is_text = bool(data.strip()) and b"\0" not in data[:4096] and not data.lstrip().startswith((b"{", b"%PDF", b"PK"))
    return is_text and (suffix == ".py" or b"# BLOCK " in data)
