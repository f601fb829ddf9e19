"""Packs your work as the homework asks, HW2-Name-StudentNumber.zip, after a look at your written pages."""

import re
import zipfile
from pathlib import Path

from .budget import under_autograding
from .written_pages import look, written_files

NOTEBOOKS = (
    "fully_connected_networks.ipynb",
    "forward_forward_supervised.ipynb",
    "forward_forward_unsupervised.ipynb",
    "theory.ipynb",
)
FILES = (*NOTEBOOKS, "fully_connected_networks.py")


def pack(name: str, number: str, folder: str | Path = ".") -> None:
    """Write the zip beside the notebooks, and print what is missing in it or could not be read."""
    if under_autograding():
        return
    if not name.strip() or not number.strip():
        print("Nothing was packed: fill in STUDENT_NUMBER and NAME in the first cell, run it, then this cell again.")
        return
    folder = Path(folder)
    written = written_files(folder)
    for line in [*_missing(folder), *_unreadable(written)]:
        print(f"- {line}")
    target = folder / f"HW2-{_plain(name)}-{_plain(number)}.zip"
    _write(target, [folder / file for file in FILES if (folder / file).is_file()] + written)
    print(f"Packed {target.name}: {len(written)} files of written answers, and the notebooks as they were last saved.")
    print("Look at the written pages yourself too, then upload this file, with the link to your repository on GitHub.")


def _missing(folder: Path) -> list[str]:
    """What the homework asks for and is not there."""
    missing = [file for file in FILES if not (folder / file).exists()]
    return [f"{file} is not in this folder: what is in it cannot be graded" for file in missing]


def _unreadable(written: list[Path]) -> list[str]:
    """What a marker could not read of the written pages."""
    if not written:
        return [
            "there is no PDF or picture beside this notebook: put your written answers here, "
            "unless they all stand in the cells above"
        ]
    return [
        f"{path.name}{f', page {number},' if number else ''} {problem}"
        for path, number, _, problems in look(written)
        for problem in problems
    ]


def _write(target: Path, files: list[Path]) -> None:
    """The zip, whole or not at all; an older one is replaced."""
    part = target.with_suffix(".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            archive.write(path, f"HW2/{path.name}")
    part.replace(target)


def _plain(text: str) -> str:
    """Without what a file's name cannot hold."""
    return re.sub(r'[\\/:*?"<>|\0-\x1f]+', " ", text).strip()
