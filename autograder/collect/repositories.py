"""What was fetched is kept, so that collecting again gives the same whatever has become of the repository since."""

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from threading import Lock

from ..tables import add_rows, read_rows, write_whole
from .contents import Contents, Member
from .git import NotFetched
from .kept import sha256_of
from .links import Link
from .repository import Fetched, fetch
from .times import stamp

COLUMNS = ("upload", "link", "before", "commit", "commit_time", "zip", "remarks", "fetched")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_OUTSIDE = "not read.json"  # path and reason of the notebooks and modules that were not read
_writing = Lock()


@dataclass(frozen=True)
class Kept:
    """A repository's files on disk, and the commit they are from; zip is None with a problem instead."""

    link: str
    zip: Path | None = None
    commit: str = ""
    time: str = ""
    remarks: tuple[str, ...] = ()
    problem: str = ""


def repository(folder: Path, upload: str, link: Link, before: datetime, github: str) -> Kept:
    """The files behind a link in an upload, from repositories/ when they are there, else fetched and kept."""
    key = (upload, link.url, stamp(before))
    for _, row in reversed(read_rows(folder / "repositories.csv", COLUMNS, exact=True)):
        path = folder / f"{row['zip']}.zip"
        if key == (row["upload"], row["link"], row["before"]) and sha256_of(path) == row["zip"]:
            remarks = tuple(filter(None, row["remarks"].split("\n")))
            return Kept(link.url, path, row["commit"], row["commit_time"], remarks)
    try:
        return _keep(folder, key, fetch(link, before, github))
    except (NotFetched, OSError) as error:  # OSError: no git here, or no room
        return Kept(link.url, problem=str(error))


def _keep(folder: Path, key: tuple[str, str, str], fetched: Fetched) -> Kept:
    data = _zip(fetched.contents)
    name = hashlib.sha256(data).hexdigest()
    path, remarks = folder / f"{name}.zip", tuple(fetched.contents.remarks())
    with _writing:  # several are fetched at once
        folder.mkdir(exist_ok=True)
        if sha256_of(path) != name:
            write_whole(path, data)
        row = (*key, fetched.commit, stamp(fetched.time), name, "\n".join(remarks), stamp(datetime.now(UTC)))
        add_rows(folder / "repositories.csv", COLUMNS, [row])
    return Kept(key[1], path, fetched.commit, stamp(fetched.time), remarks)


def _zip(contents: Contents) -> bytes:
    """The files, numbered, with their paths beside them: no name of the repository's becomes a name in the zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, member in enumerate(sorted(contents.members, key=_path)):
            archive.writestr(zipfile.ZipInfo(f"{number}", _EPOCH), member.data, zipfile.ZIP_DEFLATED)
            archive.writestr(zipfile.ZipInfo(f"{number}.path", _EPOCH), str(member.path).encode())
        if contents.outside:
            archive.writestr(zipfile.ZipInfo(_OUTSIDE, _EPOCH), json.dumps(contents.outside).encode())
    return buffer.getvalue()


def _path(member: Member) -> str:
    return str(member.path)


def contents_of(path: Path) -> Contents:
    """The files of a kept repository, large notebooks without their outputs."""
    found = Contents()
    with zipfile.ZipFile(path) as archive:
        if _OUTSIDE in archive.namelist():
            found.outside += [(path, why) for path, why in json.loads(archive.read(_OUTSIDE))]
        for number in filter(str.isdigit, archive.namelist()):
            found.keep(PurePosixPath(archive.read(f"{number}.path").decode()), archive.read(number))
    return found
