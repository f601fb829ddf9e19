"""Every upload that was ever seen, kept by the hash of its bytes; nothing in it is written over or deleted."""

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from .spelling import readable

_UNFINISHED = (".part", ".crdownload", ".download", ".partial", ".tmp")
_UPLOADS = (".zip", ".ipynb", ".py", ".pdf", ".rar", ".7z")
_LITTER = ("thumbs.db", "desktop.ini")
_THREADS = 8


@dataclass(frozen=True)
class Seen:
    """A file in archive/: its path below it, the hash and size of its bytes, and the time of the file."""

    file: str
    sha256: str
    size: int
    modified: datetime


def keep_all(archive: Path, kept: Path) -> tuple[list[Seen], list[str]]:
    """Keep every upload in archive/, folders in it included; return what was seen, and notes on what is no upload."""
    kept.mkdir(exist_ok=True)
    for left_over in kept.glob(".*.part"):
        left_over.unlink()
    paths, notes = _uploads(archive)
    with ThreadPoolExecutor(_THREADS) as threads:
        return list(threads.map(lambda path: _keep(path, archive, kept), paths)), notes


def _uploads(archive: Path) -> tuple[list[Path], list[str]]:
    paths, notes = [], []
    for path in sorted(archive.rglob("*")):
        name, inside = path.name.lower(), path.relative_to(archive)
        if any(part.startswith(".") for part in inside.parts) or name in _LITTER:
            if path.is_file() and name.endswith(_UPLOADS) and not name.startswith("._"):
                notes.append(f"archive/{_shown(inside)} is hidden, and not looked at: rename it if it is an upload")
        elif path.is_symlink():
            notes.append(f"archive/{_shown(inside)} is a link, not an upload: put the file itself there")
        elif path.is_file() and name.endswith(_UNFINISHED):
            notes.append(f"archive/{_shown(inside)} is a download that has not ended: it is not looked at yet")
        elif path.is_file():
            paths.append(path)
    return paths, notes


def _shown(path: Path) -> str:
    """A path as text that can be written to a table, in whatever encoding the file's name is."""
    return readable(os.fsencode(path.as_posix()))


def _keep(path: Path, archive: Path, kept: Path) -> Seen:
    """Copy an upload to kept/ unless its bytes are there and whole."""
    stat = path.stat()
    sha256 = sha256_of(path)
    if not _is_whole(kept / sha256, sha256, stat.st_size):
        sha256 = _copy(path, kept)
    modified = datetime.fromtimestamp(stat.st_mtime, UTC).replace(microsecond=0)
    return Seen(_shown(path.relative_to(archive)), sha256, stat.st_size, modified)


def _is_whole(path: Path, sha256: str, size: int) -> bool:
    return path.is_file() and path.stat().st_size == size and sha256_of(path) == sha256


def _copy(path: Path, kept: Path) -> str:
    """Write beside, then rename; the name is the hash of the bytes that were written, whatever happens meanwhile."""
    part = kept / f".{hashlib.sha256(os.fsencode(path)).hexdigest()}.part"
    whole = hashlib.sha256()
    with path.open("rb") as source, part.open("wb") as target:
        while piece := source.read(2**20):
            whole.update(piece)
            target.write(piece)
        target.flush()
        os.fsync(target.fileno())
    part.chmod(0o444)
    part.replace(kept / whole.hexdigest())
    return whole.hexdigest()


def sha256_of(path: Path) -> str:
    """The hash of a file's bytes; empty when it is not there."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
