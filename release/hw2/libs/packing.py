"""Packs your work as the homework asks, HW2-Name-StudentNumber.zip, after a look at all of it."""

import os
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from .budget import under_autograding
from .check import CHECKING

if TYPE_CHECKING:
    from .check.given import Given

NOTEBOOKS = ("fully_connected_networks", "forward_forward_supervised", "forward_forward_unsupervised", "theory")
MODULE = "fully_connected_networks.py"


def pack(name: str, number: str, folder: str | Path = ".", run: bool = True) -> None:
    """Check what lies in the folder and write the zip beside the notebooks, whatever was found; the outcome comes last.

    run=False packs without running your notebooks: faster, but you do not learn how they will fare.
    """
    if under_autograding() or os.environ.get(CHECKING):
        return
    name, number = str(name), str(number)
    if not name.strip() or not number.strip():
        print("Nothing was packed: fill in STUDENT_NUMBER and NAME in the first cell, run it, then this cell again.")
        return
    folder = Path(folder).resolve()
    last_word = _checked(folder, run, (name, number))
    target = folder / f"HW2-{_plain(name)}-{_plain(number)}.zip"
    pages = _write(target, folder)
    print(f"Packed {target.name}: {pages} of written answers, and the notebooks as they were last saved.")
    _show_sheet(folder)
    print(last_word)


def _checked(folder: Path, run: bool, packed_for: tuple[str, str]) -> str:
    """Print the report; return what is said last, once the zip is there."""
    try:
        from .check.checking import check

        found = check(folder, run, packed_for)
    except Exception as error:  # no fault of the check's keeps a student from packing
        return (
            f"The zip is written, but the check stopped itself ({type(error).__name__}: {error}): look at it yourself."
        )
    return _last_word(found.is_good, found.outcome)


def _write(target: Path, folder: Path) -> str:
    """The zip, whole or not at all; an older one is replaced. Returns how many files of written answers are in it."""
    from .check.files import wanted_files
    from .check.pages import sent_pages
    from .lighter import lighter

    given, part = _given(folder), target.with_suffix(".part")
    pages = sent_pages(folder, given)
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in [*(folder / file for file in wanted_files(given) if (folder / file).is_file()), *pages]:
            data = path.read_bytes()
            data, without = lighter(data) if path.suffix == ".ipynb" else (data, [])
            archive.writestr(zipfile.ZipInfo.from_file(path, f"HW2/{path.name}"), data, zipfile.ZIP_DEFLATED)
            if without:
                cells = "; ".join(without[:3]) + ("; ..." if len(without) > 3 else "")
                print(f"Left out of the zip's {path.name}: large outputs of {cells}. Your own file keeps them.")
    part.replace(target)
    return f"{len(pages)} file{'' if len(pages) == 1 else 's'}"


def _given(folder: Path) -> "Given":
    """The hand-out, with its files' names at the least."""
    from .check.given import Given, load

    try:
        return load(folder)
    except ValueError:
        return Given({name: [] for name in NOTEBOOKS}, {"name": MODULE})


def _show_sheet(folder: Path) -> None:
    """The contact sheet, below the cell that packs."""
    from .written_pages import SHEET

    try:
        from IPython import get_ipython
        from IPython.display import Image, display
    except ImportError:
        return
    if get_ipython() is not None and (folder / SHEET).is_file():
        display(Image(str(folder / SHEET)))


def _last_word(good: bool, outcome: str) -> str:
    """What to do with the zip, as README.md says it in full."""
    if good:
        return f"{outcome} Look at the written pages yourself, too, then upload this file as README.md says."
    return (
        f"The zip is written, but it has faults: {outcome}\nMend this, save the notebooks and run this cell again; or "
        "upload the zip as it is, as README.md says."
    )


def _plain(text: str) -> str:
    """Without what a file's name cannot hold."""
    return re.sub(r'[\\/:*?"<>|\0-\x1f]+', " ", text).strip()
