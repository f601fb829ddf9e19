"""Reads an upload into memory, within limits; nothing is unpacked to disk under a name the upload chose."""

import zipfile
from pathlib import Path, PurePosixPath

from .bare import bare_file, kind_of, kind_of_page
from .contents import LARGEST_NOTEBOOK, SOURCE, Contents, largest, too_large
from .entries import (
    directory_bytes,
    environments,
    is_cut,
    is_document,
    is_encrypted,
    is_link,
    is_litter,
    leads_out,
    overlapping,
    path_of,
)
from .kinds import ARCHIVES, LAST, beside, ending, is_page, need, no_page

MOST_FILES = 2000
MOST_DIRECTORY = 16 * 2**20  # about 200,000 entries, more than a folder of packages sent along by mistake
_PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others are unpacked in steps without a limit


class BadArchive(ValueError):
    """The upload cannot be read; the message says why and what to do. contents: what is known of its files."""

    def __init__(self, message: str, contents: Contents | None = None):
        super().__init__(message)
        self.contents = contents or Contents()


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
        found = _bare(path, name, str(error))
    except Exception as error:  # an upload can be wrong in any way; none of them may stop the class
        raise BadArchive(f"cannot be unpacked ({error}); ask the student for a plain zip") from error
    if not found.members:
        what = "; ".join(found.remarks()) or "is a zip without any file"
        raise BadArchive(f"{what}; ask the student for a plain zip, or look at it by hand", found)
    return found


def _bare(path: Path, name: str, error: str) -> Contents:
    """A file of the homework, a page or a text with a link that was sent without a zip; else raises BadArchive."""
    found, inside = Contents(), PurePosixPath(PurePosixPath(name).name)
    data = bare_file(path, name, LARGEST_NOTEBOOK)
    if data is None and no_page(inside):
        raise BadArchive(no_page(inside))
    if data is None:
        raise BadArchive(f"{kind_of(path)} ({error}); ask the student for a zip made anew")
    found.keep(inside, data, is_bare=True)
    _note_pages(found)
    return found


def _read(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> Contents:
    found, unpacked = Contents(), 0
    paths = [path_of(info) for info in infos]
    packages = environments(paths)
    wanted = [
        (path, info)
        for path, info in zip(paths, infos, strict=True)
        if not is_litter(path) and not (packages and str(path).startswith(packages))
    ]
    found.litter = len(infos) - len(wanted)
    if len(wanted) > MOST_FILES:
        raise BadArchive(f"holds {len(wanted)} files, more than {MOST_FILES}; look at it by hand")
    if is_cut(infos):
        found.outside += [(str(path), "is in a zip whose other parts are missing") for path, _ in wanted]
        raise BadArchive("is one part of a zip that was split; ask the student for one zip, or join its parts", found)
    if overlapping(infos):
        found.outside += [(str(path), "is in a zip whose entries overlap") for path, _ in wanted]
        raise BadArchive("has entries that overlap, as no zip program makes them; look at it by hand", found)
    if is_document([path for path, _ in wanted]):
        raise BadArchive("is a document of an office program, not a zip; ask the student for a PDF of it, in a zip")
    for path, info in sorted(wanted, key=lambda entry: need(entry[0])):  # stable: what is needed most is read first
        is_needed = need(path) < LAST or _begins_as_page(archive, path, info)
        why = _why_not(path, info) or (found.no_room(path, info.file_size, unpacked) if is_needed else "")
        if why:
            found.skip(why, path)
        elif is_needed:
            unpacked += info.file_size
            _add(found, archive, path, info)
        elif not no_page(path):
            found.outside.append((str(path), ""))
    _note_pages(found)
    _name_no_pages(found, [path for path, _ in wanted])
    return found


def _begins_as_page(archive: zipfile.ZipFile, path: PurePosixPath, info: zipfile.ZipInfo) -> bool:
    """Whether an entry that is of no use by its name is a PDF or picture by its first bytes."""
    if is_link(info) or is_encrypted(info) or info.compress_type not in _PLAIN_METHODS or ending(path) in ARCHIVES:
        return False
    try:
        with archive.open(info) as member:
            return bool(kind_of_page(member.read(32)))
    except Exception:  # damaged, and of no use anyhow
        return False


def _note_pages(found: Contents) -> None:
    """Name the pages whose names do not say that they are some."""
    for member in found.members:
        if member.is_page and not is_page(member.path):
            found.note("is a PDF or a picture by its bytes: taken as a page of written answers", member.path)


def _why_not(path: PurePosixPath, info: zipfile.ZipInfo) -> str:
    """Why an entry is not read, whatever else is in the zip; empty when nothing is against it."""
    if is_link(info):
        return "is a link, not a file: left out"
    if ending(path) in ARCHIVES:
        return "is an archive inside the archive: not opened"
    if info.file_size > largest(path):
        return too_large(path)
    if need(path) == LAST:
        return ""
    if is_encrypted(info):
        return "is encrypted: left out"
    if info.compress_type not in _PLAIN_METHODS:
        return "is packed by a method that not every program can read: left out"
    return ""


def _add(found: Contents, archive: zipfile.ZipFile, path: PurePosixPath, info: zipfile.ZipInfo) -> None:
    """Read an entry. What its header says of the size is not believed."""
    try:
        with archive.open(info) as member:
            data = member.read(largest(path) + 1)
    except Exception:  # a bad checksum, a header that differs, bytes that cannot be unpacked: the rest may be well
        found.skip("is damaged in the zip: left out", path)
        return
    if leads_out(path):
        found.note("has a name that leads out of the archive; the name is not used", path)
    found.keep(path, data)


def _name_no_pages(found: Contents, paths: list[PurePosixPath]) -> None:
    """Name the files that may hold written answers and give no page, but those of which a PDF lies beside them."""
    pages = [member.path for member in found.members if member.is_page]
    shown = beside(pages)
    said = {*map(str, pages), *(name for names in found.left_out.values() for name in names)}
    for path in paths:
        why = no_page(path)
        if not why or str(path) in said:
            continue
        if not beside([path]) & shown:
            (found.skip if need(path) == LAST else found.leave_out)(why, path)
        elif need(path) == LAST:
            found.outside.append((str(path), SOURCE))
        else:
            found.sources.add(str(path))
