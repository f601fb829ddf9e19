"""What travels to a grader and back: plain data, so that a grader may be any process on any machine."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from ..marks import Marks

Files = dict[str, bytes]  # path below a folder -> content; a path that ends in "/" is a folder


@dataclass(frozen=True)
class Course:
    """What is the same for all students: the assignment's own files, and a gradebook without a student."""

    key: str  # a digest of the files
    files: Files


@dataclass(frozen=True)
class Submission:
    """What one student sent in."""

    student: str
    files: Files


@dataclass(frozen=True)
class Graded:
    """What came of a submission. problem: why it could not be graded; then there are no marks."""

    student: str
    problem: str = ""
    files: Files = field(default_factory=dict)
    marks: dict[str, Marks] = field(default_factory=dict)
    log: str = ""


def read_files(folder: Path) -> Files:
    """All that is below the folder, by path; a linked file is taken, a linked folder is not entered."""
    found: Files = {}
    for path in sorted(folder.rglob("*")):
        if "__pycache__" in path.relative_to(folder).parts:
            continue
        name = path.relative_to(folder).as_posix()
        if path.is_file():
            found[name] = path.read_bytes()
        elif path.is_dir():
            found[f"{name}/"] = b""
    return found


def write_files(files: Files, folder: Path) -> None:
    """Lay the files out below the folder. Raises ValueError for a path that leads out of it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        parts = PurePosixPath(name)
        if parts.is_absolute() or ".." in parts.parts:
            raise ValueError(f"{name!r} leads out of the folder that it was sent for")
        path = folder / parts
        if name.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def digest_of(files: Files) -> str:
    """The SHA-256 of the files with their names."""
    found = hashlib.sha256()
    for name, data in sorted(files.items()):
        found.update(f"{name}\0{len(data)}\0".encode() + data)
    return found.hexdigest()


def below(folder: str, files: Files) -> Files:
    """The same files, one folder further down."""
    return {f"{folder}/{name}": data for name, data in files.items()}
