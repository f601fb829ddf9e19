"""What the directory of a zip says, before anything is unpacked: names, how many entries, whether they overlap."""

import itertools
import os
import stat
import struct
import zipfile
from pathlib import Path, PurePosixPath

from .spelling import readable

_UTF8 = 0x800
_ENCRYPTED = 0x1
# whatever lies below a folder of one of these names belongs to a machine, not to the homework
LITTER = {
    "__MACOSX", ".ipynb_checkpoints", ".git", "__pycache__", ".venv", "venv", "site-packages", "node_modules",
    ".idea", ".vscode",
}  # fmt: skip
LITTER_FILES = {".ds_store", "thumbs.db", "desktop.ini", "pyvenv.cfg"}
_OF_ENVIRONMENTS = ("bin", "Scripts", "lib", "lib64", "Lib", "include", "Include", "share", "etc", "DLLs", "conda-meta")


def directory_bytes(path: Path) -> int:
    """How long the zip's directory claims to be; 0 when no end of a directory is found."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 66_000))
        tail = file.read()
    end, end64 = tail.rfind(b"PK\x05\x06"), tail.rfind(b"PK\x06\x06")
    sizes = [0]
    if 0 <= end <= len(tail) - 22:
        sizes.append(struct.unpack_from("<I", tail, end + 12)[0] % 0xFFFFFFFF)
    if 0 <= end64 <= len(tail) - 56:
        sizes.append(struct.unpack_from("<Q", tail, end64 + 40)[0])
    return max(sizes)


def is_cut(infos: list[zipfile.ZipInfo]) -> bool:
    """True when bytes of entries lie before the beginning of the file, or in another volume."""
    return any(info.header_offset < 0 or info.volume for info in infos)


def overlapping(infos: list[zipfile.ZipInfo]) -> bool:
    """True when two entries share bytes, which no zip program writes."""
    spans = sorted((info.header_offset, info.header_offset + 30 + info.compress_size) for info in infos)
    return any(start < end for (_, end), (start, _) in itertools.pairwise(spans))


def path_of(info: zipfile.ZipInfo) -> PurePosixPath:
    """The entry's path, readable; for recognition and messages only, never a place on disk."""
    name = info.filename
    if not info.flag_bits & _UTF8:
        name = readable(name.encode("cp437", "replace"))
    name = name.encode("utf-8", "replace").decode()  # a lone surrogate could not be written again
    return PurePosixPath(name.replace("\\", "/"))


def is_litter(path: PurePosixPath) -> bool:
    """True for what systems and editors leave in a zip."""
    parts = path.parts
    if not parts or parts[-1].startswith(("._", "~$", ".~lock")) or parts[-1].casefold() in LITTER_FILES:
        return True
    return any(part in LITTER for part in parts)


def environments(paths: list[PurePosixPath]) -> tuple[str, ...]:
    """How the paths below virtual environments begin, whatever these are called; work beside them is not meant."""
    homes = {path.parent for path in paths if path.name == "pyvenv.cfg"}
    homes |= {path.parent.parent for path in paths if path.parent.name == "conda-meta"}
    return tuple(f"{home / part}/" for home in homes for part in _OF_ENVIRONMENTS)


def is_link(info: zipfile.ZipInfo) -> bool:
    """True for a link or a device instead of a file."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    return kind not in (0, stat.S_IFREG, stat.S_IFDIR)


def is_encrypted(info: zipfile.ZipInfo) -> bool:
    """True when a password is needed."""
    return bool(info.flag_bits & _ENCRYPTED)


def leads_out(path: PurePosixPath) -> bool:
    """True for .., an absolute path, or a drive: a name that would be written elsewhere if it were believed."""
    return ".." in path.parts or path.is_absolute() or path.parts[0].endswith(":")


def is_document(paths: list[PurePosixPath]) -> bool:
    """True for a zip that is the document of an office program, whatever it is called."""
    names = {str(path) for path in paths}
    return bool({"[Content_Types].xml", "META-INF/manifest.xml"} & names) or any(n.endswith(".iwa") for n in names)
