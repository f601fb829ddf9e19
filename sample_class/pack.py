"""Writes the sample class to disk as an instructor downloads it: zips, times.csv and roster.csv."""

import csv
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import nbformat

from autograder import assignment

from .solved import Work
from .students import Student

_EPOCH = (2023, 11, 1, 0, 0, 0)


def write_class(root: Path, course: Path, students: Sequence[Student]) -> None:
    """Fill course/downloaded/hw2/archive, times.csv beside it, and course/roster.csv."""
    archive = course / "downloaded" / assignment.NAME / "archive"
    archive.mkdir(parents=True)
    for student in students:
        (archive / student.upload).write_bytes(student.sent_as or _zip(files_of(root, student)))
    _table(archive.parent / "times.csv", ["file", "time"], [[s.upload, s.time] for s in students])
    _table(course / "roster.csv", ["number", "name"], [[s.number, s.name] for s in students if s.in_roster])


def files_of(root: Path, student: Student) -> dict[str, bytes]:
    """The files of a student's upload, by path."""
    work = Work(root)
    for name in assignment.NOTEBOOKS:
        source = f'STUDENT_NUMBER = "{student.number}"\nNAME = "{student.name}"\n'
        source += f"COLLABORATORS = {list(student.collaborators)}\nSOURCES = []"
        work.cell(name, assignment.IDENTITY).source = source
    for edit in student.edits:
        edit(work)
    files = {f"{name}.ipynb": nbformat.writes(notebook).encode() for name, notebook in work.notebooks.items()}
    if work.module is not None:
        files[assignment.MODULE] = work.module.encode()
    return files | work.raw


def _zip(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(f"HW2/{name}", _EPOCH), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _table(path: Path, head: list[str], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
