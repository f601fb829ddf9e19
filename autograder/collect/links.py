"""Links to a GitHub repository in whatever people write around them."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import unquote

_LINK = re.compile(
    r"(?<![\w.@-])(?:(?:https?|ssh|git)://)?(?:[\w.:+%-]{1,100}@)?(?:www\.)?github\.com(?::\d+)?[:/]+"
    r"(?P<owner>[A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))/(?P<repo>[\w.-]{1,100})"
    r"(?:/(?:tree|blob|raw|commit|commits)/(?P<rest>[^\s\"'<>()\[\]{}?#\\،؛]+))?",
    re.IGNORECASE | re.ASCII,
)
_NO_OWNERS = {"orgs", "topics", "features", "about", "settings", "login", "marketplace", "sponsors", "search"}
_LONGEST_TEXT = 2**20
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_DOCUMENT = ("word/_rels/document.xml.rels", "word/document.xml")


@dataclass(frozen=True)
class Link:
    """A repository, and what stands behind /tree/ or /blob/: a branch or commit, perhaps with a path behind it."""

    owner: str
    repo: str
    rest: str = ""

    @property
    def url(self) -> str:
        """The link as it is shown and kept, one spelling for all that mean the same."""
        return f"https://github.com/{self.owner}/{self.repo}{f'/tree/{self.rest}' if self.rest else ''}"


def links_in(text: str) -> list[Link]:
    """The repositories named in a text, in order, each once."""
    found = []
    for match in _LINK.finditer(text[:_LONGEST_TEXT]):
        repo = re.sub(r"(?i)\.git$", "", match["repo"].rstrip(".-_")) or ""
        rest = unquote(match["rest"] or "").rstrip("./،,;:!*`")
        if repo.strip(".") and match["owner"].casefold() not in _NO_OWNERS:
            found.append(Link(match["owner"], repo, rest))
    return list(dict.fromkeys(found))


def links_of(path: PurePath, data: bytes) -> list[Link]:
    """The repositories named in a text file, a shortcut, a web page, a Word document, or a PDF's links."""
    suffix = path.suffix.lower()
    if suffix == ".docx":
        data = _document(data)
    elif suffix == ".pdf":
        data = _pdf(data)
    text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8", "replace")
    return links_in(text)


def _document(data: bytes) -> bytes:
    """The text and links of a Word document; nothing of it when it is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return b"\n".join(
                archive.open(name).read(_LONGEST_TEXT) for name in _DOCUMENT if name in archive.namelist()
            )
    except Exception:  # no Word document, or a wrong one: then it names no repository
        return b""


def _pdf(data: bytes) -> bytes:
    """The plain parts of a PDF and of its packed objects in which a link can stand."""
    parts, left = [], _LONGEST_TEXT
    for match in re.finditer(rb"/URI *\(([^)]{1,500})\)", data):
        parts.append(match[1])
    for match in _STREAM.finditer(data, 0, 20 * _LONGEST_TEXT):
        if left <= 0:
            break
        try:
            text = zlib.decompressobj().decompress(match[1], left)
        except zlib.error:
            continue
        left -= len(text)
        parts += re.findall(rb"/URI *\(([^)]{1,500})\)", text)
    return b"\n".join(parts)
