"""Draws the pages of a student's PDFs and pictures in the sandbox; only pictures made anew come out of it."""

import io
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from ..harmless.picture import BYTES, written_anew
from ..harmless.text import printable
from ..sandbox.errand import run_errand
from ..sandbox.own_folder import OwnFolder
from ..sandbox.removal import remove
from .called import read_called

LOOKER = "written_pages.py"  # of the hand-out's libs: a student looks with the same eyes
SECONDS = 120.0  # of computing for all pages of a submission
_MOST_NOTES, _LONGEST = 200, 300
WRITTEN_ANSWERS = "written answers: "  # so begins a remark on a page
TURNED = "seems to lie on its side"  # as the looker says it


@dataclass(frozen=True)
class Page:
    """One page as it is shown, or a file that gave none (number 0). number: counted over all files.

    file: what the student calls it, as it stands in a sentence. place: which page of it; 0 when it has one only.
    """

    file: str
    number: int
    picture: str
    problems: tuple[str, ...]
    place: int = 0

    @property
    def name(self) -> str:
        """How a person speaks of it."""
        return f"page {self.number}" if self.number else self.file

    @property
    def where(self) -> str:
        """How the student finds it among their files."""
        if not self.number:
            return self.file
        if self.place == self.number:
            return f"{self.name} of {self.file}"
        return f"{self.name} ({f'page {self.place} of ' if self.place else ''}{self.file})"


def remarks(pages: list[Page]) -> list[str]:
    """What is to be said of the pages, a remark each."""
    return [f"{WRITTEN_ANSWERS}{page.where} {problem}" for page in pages for problem in page.problems]


def draw(attachments: Path, target: Path, libs: Path) -> list[Page]:
    """Draw all pages into `target`, made anew; what cannot be drawn is a Page that says why."""
    remove(target)
    if not attachments.is_dir() or not any(attachments.iterdir()):
        return []
    with OwnFolder() as work:
        shutil.copytree(attachments, work / "in", ignore=_links)
        shutil.copy(libs / LOOKER, work / LOOKER)
        (work / "out").mkdir()
        arguments = [str(work / "in"), str(work / "out")]
        try:
            ended = run_errand(str(work / LOOKER), arguments, work, SECONDS)
        except RuntimeError as error:
            return [Page("the written pages", 0, "", (f"were not drawn: {error}",))]
        pages = _taken(work / "out", target, read_called(attachments))
    if ended:
        pages.append(Page("the written pages", 0, "", (f"were not all drawn: {ended}; open the files yourself",)))
    return pages


def _links(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if Path(folder, name).is_symlink() or not Path(folder, name).is_file()]


def _taken(out: Path, target: Path, called: dict[str, str]) -> list[Page]:
    """The pages that the sandbox drew, each picture decoded and written anew into `target`."""
    pages: list[Page] = []
    number, notes = 0, _notes(out / "pages.json")
    several = {note["file"] for note in notes if note["page"] > 1}
    for note in notes:
        name = ""
        if note["picture"]:
            number += 1
            name = _anew(out / note["picture"], target, f"{number:03d}", TURNED in " ".join(note["problems"]))
            if not name:
                note["problems"].append("could not be drawn: open the file yourself")
        file, place = f"'{called.get(note['file'], note['file'])}'", note["page"] if note["file"] in several else 0
        pages.append(Page(file, number if note["picture"] else 0, name, tuple(note["problems"]), place))
    return pages


def _notes(path: Path) -> list[dict[str, Any]]:
    """What the looker noted, with nothing in it but short text."""
    try:
        found = json.loads(path.read_bytes()) if path.is_file() and not path.is_symlink() else []
        return [
            {
                "file": printable(Path(str(note["file"])).name)[:_LONGEST],
                "page": int(note["page"]),
                "picture": Path(str(note["picture"])).name,
                "problems": [printable(str(problem))[:_LONGEST] for problem in list(note["problems"])[:5]],
            }
            for note in list(found)[:_MOST_NOTES]
        ]
    except (ValueError, KeyError, TypeError):
        return []


def _anew(source: Path, target: Path, stem: str, turned: bool) -> str:
    """Write a drawn page anew, and turned both ways if it lies on its side; return its name, empty for no picture."""
    if source.is_symlink() or not source.is_file() or source.stat().st_size > BYTES:
        return ""
    data = written_anew(source.read_bytes(), "PPM", "JPEG")
    if data is None:
        return ""
    target.mkdir(parents=True, exist_ok=True)
    (target / f"{stem}.jpg").write_bytes(data)
    if turned:
        with Image.open(io.BytesIO(data)) as page:
            page.rotate(90, expand=True).save(target / f"{stem}-left.jpg", "JPEG")
            page.rotate(-90, expand=True).save(target / f"{stem}-right.jpg", "JPEG")
    return f"{stem}.jpg"
