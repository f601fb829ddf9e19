"""Turns the files of one upload into a complete submission in names of our choosing."""

import json
from datetime import datetime
from pathlib import Path

import nbformat

from .. import assignment
from ..answers.module import lay_module
from ..answers.notebook import lay_notebook
from ..answers.preprocessor import TIMESTAMP
from .archive import Member
from .names import Sender
from .times import stamp

REMARKS, SENDER = "remarks.json", "sender.json"
ATTACHMENTS = (".pdf", ".png", ".jpg", ".jpeg")


def write_submission(folder: Path, release: Path, sender: Sender, time: datetime, members: list[Member]) -> list[str]:
    """Write notebooks, module, attachments, timestamp.txt and remarks.json into folder; return the remarks."""
    folder.mkdir(parents=True)
    remarks: list[str] = []
    for name in assignment.NOTEBOOKS:
        given = assignment.read(release / f"{name}.ipynb")
        data = find(members, f"{name}.ipynb")
        laid, more = lay_notebook(given, data, f"{name}.ipynb")
        nbformat.write(laid, folder / f"{name}.ipynb")
        remarks += more
    given_module = (release / assignment.MODULE).read_text(encoding="utf-8")
    text, more = lay_module(given_module, find(members, assignment.MODULE), assignment.MODULE)
    (folder / assignment.MODULE).write_text(text, encoding="utf-8")
    _attach(folder, members)
    (folder / TIMESTAMP).write_text(stamp(time), encoding="utf-8")
    (folder / REMARKS).write_text(json.dumps(remarks + more, indent=1, ensure_ascii=False), encoding="utf-8")
    (folder / SENDER).write_text(json.dumps({"number": sender.number, "name": sender.name}), encoding="utf-8")
    return remarks + more


def find(members: list[Member], wanted: str) -> bytes | None:
    """The file of this name, wherever it lies in the upload; of several the one nearest to the top."""
    found = [member for member in members if member.path.name.casefold() == wanted.casefold()]
    return min(found, key=lambda member: (len(member.path.parts), str(member.path))).data if found else None


def _attach(folder: Path, members: list[Member]) -> None:
    """Keep PDFs and pictures of written answers, numbered in the order of their names."""
    chosen = sorted((m for m in members if m.path.suffix.lower() in ATTACHMENTS), key=lambda m: str(m.path))
    for number, member in enumerate(chosen, 1):
        target = folder / "attachments" / f"{number:02d}{member.path.suffix.lower()}"
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(member.data)
