"""All uploads of the corpus, and a course folder in which they lie as an instructor downloads them."""

import csv
from collections.abc import Sequence
from pathlib import Path

from autograder import assignment

from ..course import ROOT, make_course
from .hostile import HOSTILE
from .kit import Kit
from .named import NAMED
from .shapes import SHAPES
from .unmatched import UNMATCHED
from .upload import TIME, Upload

EVERY: tuple[Upload, ...] = (*NAMED, *SHAPES, *HOSTILE, *UNMATCHED)


def make_upload_course(course: Path, uploads: Sequence[Upload] = EVERY) -> Path:
    """Set up a course folder with these uploads in archive/, their times, and the roster."""
    make_course(course, [])
    archive = course / "downloaded" / assignment.NAME / "archive"
    kit = Kit(ROOT)
    for upload in uploads:
        path = archive / upload.file
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(upload.make(kit, upload))
    _table(archive.parent / "times.csv", ["file", "time"], [[upload.file, TIME] for upload in uploads])
    _table(course / "roster.csv", ["number", "name"], [[upload.number, upload.name] for upload in uploads])
    return course


def _table(path: Path, head: list[str], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
