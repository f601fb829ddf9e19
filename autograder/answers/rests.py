"""What a mark by hand rests on: the text of an answer, the pictures in it, and the pages that belong to it."""

import hashlib
import json
from pathlib import Path

from nbformat import NotebookNode

from .. import assignment
from ..stubs import TEXT_STUB
from ..theory.said import pages_said

PAGES = "hw2_pages"  # in a notebook's metadata while it is graded: page -> digest; "" -> that of files without pages


def answers_of(nb: NotebookNode) -> dict[str, str]:
    """For each question that a person marks, and for the cell of its answer, the digest of what is to be marked."""
    pages = nb.metadata.get(PAGES, {})
    found: dict[str, str] = {}
    for cell, following in zip(nb.cells, _answers_behind(nb.cells), strict=True):
        if assignment.is_task(cell):
            found[str(assignment.grade_id(cell))] = _digest(following, pages)
            if following is not None:
                found[str(assignment.grade_id(following))] = _digest(following, pages)
    return found


def page_digests(pictures: dict[int, Path], others: list[Path]) -> dict[str, str]:
    """Pages as they are drawn, so that a PDF that is only saved again is the same; and files that gave no page."""
    found = {str(number): _of_files([path]) for number, path in pictures.items()}
    return {**found, "": _of_files(others)} if others else found


def _answers_behind(cells: list[NotebookNode]) -> list[NotebookNode | None]:
    """For each cell the written answer that follows it, before the next question."""
    found: list[NotebookNode | None] = []
    following = None
    for cell in reversed(cells):
        found.append(following)
        if assignment.is_task(cell):
            following = None
        elif assignment.is_answer(cell) and cell.cell_type == "markdown":
            following = cell
    return found[::-1]


def _digest(answer: NotebookNode | None, pages: dict[str, str]) -> str:
    """Of the answer and the pages that it names; of all pages where it names none."""
    source = "" if answer is None else answer.source
    text = "\n".join(line.rstrip() for line in source.strip().splitlines())
    text = "" if text == TEXT_STUB else text
    named = pages_said(text, max((int(number) for number in pages if number), default=0))
    chosen = {number: pages[number] for number in map(str, named) if number in pages} or dict(pages)
    pictures = {} if answer is None else dict(answer.get("attachments") or {})
    whole = json.dumps([text, pictures, chosen], sort_keys=True, default=str)
    return hashlib.sha256(whole.encode("utf-8", "backslashreplace")).hexdigest()


def _of_files(paths: list[Path]) -> str:
    found = hashlib.sha256()
    for path in sorted(paths):
        data = path.read_bytes()
        found.update(len(data).to_bytes(8, "big") + data)
    return found.hexdigest()
