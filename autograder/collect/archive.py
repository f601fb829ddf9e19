"""Reads an upload into memory, within limits; nothing is unpacked to disk under a name the upload chose."""

import zipfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from .bare import bare_file, kind_of
from .entries import directory_bytes, is_encrypted, is_link, is_litter, leads_out, overlapping, path_of

MOST_FILES = 2000
MOST_BYTES = 200 * 2**20
LARGEST_FILE = 50 * 2**20
LARGEST_CODE = 2 * 2**20
MOST_DIRECTORY = 16 * 2**20  # about 200,000 entries, more than a folder of packages sent along by mistake
PRACTICAL = (".ipynb", ".py")
ATTACHMENTS = (".pdf", ".png", ".jpg", ".jpeg", ".heic", ".heif", ".webp")
TEXTS = (".txt", ".md", ".markdown", ".url", ".webloc", ".html", ".htm", ".docx")
PERHAPS = ("", ".json")  # a notebook or module may have lost its ending
_ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".tgz")
_PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others are unpacked in steps without a limit


class BadArchive(ValueError):
    """The upload cannot be read; the message says why and what to do."""


@dataclass(frozen=True)
class Member:
    """One file of an upload: its path inside the archive, for recognition only, and its bytes."""

    path: PurePosixPath
    data: bytes


@dataclass
class Contents:
    """The files of an upload that can be of use, and what is to be said about the others."""

    members: list[Member] = field(default_factory=list)
    left_out: dict[str, list[str]] = field(default_factory=dict)

    def leave_out(self, why: str, path: PurePosixPath) -> None:
        """Note a file that is not read, below its reason."""
        self.left_out.setdefault(why, []).append(str(path))

    def remarks(self) -> list[str]:
        """A line for each reason, naming the first few files."""
        return [f"{_several(names)} {why}" for why, names in self.left_out.items()]


def read_archive(path: Path) -> list[Member]:
    """The files of a zip, without system litter; raises BadArchive."""
    return read_upload(path, path.name).members


def read_upload(path: Path, name: str) -> Contents:
    """The files of an upload, a zip or one bare file; one that cannot be read is left out with its reason.

    Raises BadArchive when nothing can be read. name: what the upload was called.
    """
    try:
        if directory_bytes(path) > MOST_DIRECTORY:
            raise BadArchive(f"lists far more than {MOST_FILES} files; look at it by hand")
        with zipfile.ZipFile(path) as archive:
            found = _read(archive, [info for info in archive.infolist() if not info.is_dir()])
    except BadArchive:
        raise
    except zipfile.BadZipFile as error:
        bare = bare_file(path, name, LARGEST_FILE)
        if bare is None:
            raise BadArchive(f"{kind_of(path)} ({error}); ask the student for a zip made anew") from error
        return Contents([Member(PurePosixPath(name).relative_to(PurePosixPath(name).parent), bare)])
    except Exception as error:  # an upload can be wrong in any way; none of them may stop the class
        raise BadArchive(f"cannot be unpacked ({error}); ask the student for a plain zip") from error
    if not found.members:
        what = "; ".join(found.remarks()) or "is a zip without any file"
        raise BadArchive(f"{what}; ask the student for a plain zip, or look at it by hand")
    return found


def _read(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> Contents:
    found, left = Contents(), MOST_BYTES
    wanted = [(path, info) for info in infos if not is_litter(path := path_of(info))]
    if len(wanted) > MOST_FILES:
        raise BadArchive(f"holds {len(wanted)} files, more than {MOST_FILES}; look at it by hand")
    if overlapping(infos):
        raise BadArchive("has entries that overlap, as no zip program makes them; look at it by hand")
    for path, info in sorted(wanted, key=lambda entry: _need(entry[0])):  # stable: what is needed most is read first
        why = _why_not(path, info, left)
        if why:
            found.leave_out(why, path)
        elif _need(path) < len(_KINDS):
            left -= _add(found, archive, path, info)
    return found


_KINDS = (PRACTICAL, TEXTS, ATTACHMENTS, PERHAPS)


def _need(path: PurePosixPath) -> int:
    """0 for what is needed most; what cannot be of use comes last and is not read."""
    suffix = path.suffix.lower()
    return next((rank for rank, kinds in enumerate(_KINDS) if suffix in kinds), len(_KINDS))


def largest(path: PurePosixPath) -> int:
    """How large a file of this name may be."""
    return min(LARGEST_FILE, LARGEST_CODE) if path.suffix.lower() == ".py" else LARGEST_FILE


def _why_not(path: PurePosixPath, info: zipfile.ZipInfo, left: int) -> str:
    """Why an entry is not read; empty when nothing is against it."""
    if is_link(info):
        return "is a link, not a file: left out"
    if info.file_size > largest(path):
        return f"is larger than {largest(path) >> 20} MiB: left out"
    if path.suffix.lower() in _ARCHIVES:
        return "is an archive inside the archive: not opened"
    if _need(path) == len(_KINDS):
        return ""
    if is_encrypted(info):
        return "is encrypted: left out"
    if info.compress_type not in _PLAIN_METHODS:
        return "is packed by a method that not every program can read: left out"
    return f"does not fit, for all of it unpacks to more than {MOST_BYTES >> 20} MiB" if info.file_size > left else ""


def _add(found: Contents, archive: zipfile.ZipFile, path: PurePosixPath, info: zipfile.ZipInfo) -> int:
    """Read an entry; return how much it was. What its header says of the size is not believed."""
    try:
        with archive.open(info) as member:
            data = member.read(largest(path) + 1)
    except Exception:  # a bad checksum, a header that differs, bytes that cannot be unpacked: the rest may be well
        found.leave_out("is damaged in the zip: left out", path)
        return info.file_size
    if leads_out(path):
        found.leave_out("has a name that leads out of the archive; the name is not used", path)
    if len(data) > largest(path):
        found.leave_out(f"is larger than {largest(path) >> 20} MiB: left out", path)
    else:
        found.members.append(Member(path, data))
    return len(data)


def _several(names: list[str]) -> str:
    shown = ", ".join(repr(name) for name in names[:3])
    return f"{shown}{f' and {len(names) - 3} more' if len(names) > 3 else ''}:" if len(names) > 1 else shown
