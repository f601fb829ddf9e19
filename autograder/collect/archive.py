"""Reads an uploaded zip into memory, within limits; nothing is unpacked to disk under a name the upload chose."""

import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

MOST_FILES = 2000
MOST_BYTES = 200 * 2**20
LARGEST_FILE = 50 * 2**20
OTHER_KINDS = {b"Rar!": "a rar archive", b"7z\xbc\xaf": "a 7z archive", b"\x1f\x8b": "a gzip archive", b"%PDF": "a PDF"}


class BadArchive(ValueError):
    """The upload cannot be read; the message says why and what to do."""


@dataclass(frozen=True)
class Member:
    """One file of an upload: its path inside the archive, for recognition only, and its bytes."""

    path: PurePosixPath
    data: bytes


def read_archive(path: Path) -> list[Member]:
    """The files of a zip, without system litter; raises BadArchive."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if _wanted(info)]
            _within_limits(infos)
            return [Member(_path(info), _bytes(archive, info)) for info in infos]
    except BadArchive:
        raise
    except zipfile.BadZipFile as error:
        raise BadArchive(f"{_kind(path)} ({error}); ask the student for a zip made anew") from error
    except Exception as error:  # an upload can be wrong in any way; none of them may stop the class
        raise BadArchive(f"cannot be unpacked ({error}); ask the student for a plain zip") from error


def _wanted(info: zipfile.ZipInfo) -> bool:
    parts = _path(info).parts
    litter = any(part in ("__MACOSX", ".ipynb_checkpoints", ".git", "__pycache__") for part in parts)
    is_link = stat.S_ISLNK(info.external_attr >> 16)
    return not (info.is_dir() or litter or is_link or not parts or parts[-1].startswith("._"))


def _path(info: zipfile.ZipInfo) -> PurePosixPath:
    return PurePosixPath(info.filename.replace("\\", "/"))


def _within_limits(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MOST_FILES:
        raise BadArchive(f"holds {len(infos)} files, more than {MOST_FILES}; look at it by hand")
    if sum(info.file_size for info in infos) > MOST_BYTES:
        raise BadArchive(f"unpacks to more than {MOST_BYTES >> 20} MiB; look at it by hand")


def _bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The member's content; what its header says of the size is not believed."""
    with archive.open(info) as member:
        data = member.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise BadArchive(f"holds {info.filename!r}, larger than {LARGEST_FILE >> 20} MiB; look at it by hand")
    return data


def _kind(path: Path) -> str:
    """What the file is instead of a zip, by its first bytes."""
    with path.open("rb") as file:
        head = file.read(8)
    for magic, kind in OTHER_KINDS.items():
        if head.startswith(magic):
            return f"is {kind}, not a zip"
    return "is empty" if not head else "is not a zip that can be read"
