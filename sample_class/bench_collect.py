"""How long collecting a large class takes: a thousand uploads, each edited in its own way, by the real command."""

import csv
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from autograder import assignment
from autograder.stages import run

from .course import ROOT, make_course
from .uploads.kit import Files, Kit

UPLOADS = 1000
_NAMES = ("Sara Ahmadi", "علی رضایی", "Neda Karimi", "امید حسینی", "Mina Rostami", "Reza Moradi")


def main(count: int = UPLOADS) -> list[str]:
    """The lines of a table: seconds for the first collecting, and for collecting again with nothing new."""
    folder = Path(tempfile.mkdtemp(prefix="hw2-collect-"))
    try:
        course = large_class(folder / "course", count)
        first, again = _collect(course, count), _collect(course, count)
    finally:
        shutil.rmtree(folder)
    return [f"| {count} uploads, collected | {first:.0f} s |", f"| the same again, nothing new | {again:.0f} s |"]


def large_class(course: Path, count: int) -> Path:
    """A course folder with uploads of the real hand-out, each with work, outputs and a picture of its own."""
    make_course(course, [])
    archive, kit = course / "downloaded" / assignment.NAME / "archive", Kit(ROOT)
    students = [(f"40{number:07d}", _NAMES[number % len(_NAMES)]) for number in range(count)]
    for number, name in students:
        files = _edited(kit.files(number, name), random.Random(number))
        (archive / f"HW2-{name}-{number}.zip").write_bytes(kit.zip(files))
    uploads = [[f"HW2-{name}-{number}.zip", "2023-11-12T20:15:00+03:30"] for number, name in students]
    _table(archive.parent / "times.csv", ["file", "time"], uploads)
    _table(course / "roster.csv", ["number", "name"], [list(student) for student in students])
    return course


def _edited(files: Files, chance: random.Random) -> Files:
    """Some lines in the module, a photograph, and in one of twenty uploads a file that was forgotten."""
    lines = "\n".join(f"        # line {chance.random()} of my own thoughts" for _ in range(chance.randrange(40)))
    module = files[assignment.MODULE].decode()
    files[assignment.MODULE] = module.replace("pass  # begun", f"pass\n{lines}\n        # begun").encode()
    files["answers.jpg"] = b"\xff\xd8\xff" + chance.randbytes(chance.randrange(50_000, 200_000))
    if chance.random() < 0.05:
        del files[chance.choice(list(files))]
    return files


def _collect(course: Path, count: int) -> float:
    start = time.monotonic()
    if run(course, "zip_collect", silent=True):
        raise RuntimeError(f"collecting failed; see {course / 'logs'}")
    taken = time.monotonic() - start
    there = sum(1 for _ in (course / "submitted").glob(f"*/{assignment.NAME}/timestamp.txt"))
    if there != count:
        raise RuntimeError(f"{there} of {count} uploads became submissions; see {course / 'logs'}")
    return taken


def _table(path: Path, head: list[str], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])


if __name__ == "__main__":
    print("\n".join(main(int(sys.argv[1]) if len(sys.argv) > 1 else UPLOADS)))
