"""A text answer that stands beside its empty cell: in cells that were added there, or in the cell of its question."""

import re

from nbformat import NotebookNode

from .. import assignment
from .blank import lines_seen, says_more
from .places import Ours
from .private import shown
from .written import Written

_LONGEST = 100_000  # characters of a cell in which the question is looked for


def answers_beside(
    result: NotebookNode, ours: list[Ours], cells: list[Written], known: dict[int, int], found: dict[int, list[int]]
) -> list[str]:
    """Fill text answers whose own cells are empty from what stands beside them, in place; return remarks.

    found: answer -> the student's cells that are it; those that were added beside it join them.
    """
    remarks, given = [], {cell.text.strip() for cell in ours}
    for place, places in found.items():
        if ours[place].cell_type != "markdown" or any(_is_filled(cells[i], ours[place]) for i in places):
            continue
        taken = {i for several in found.values() for i in several}
        added = [
            i for i in _around(places, cells, known) if i not in taken and shown(cells[i].source).strip() not in given
        ]
        texts, where = {i: cells[i].source for i in added}, "cells that were added beside it"
        if not texts:
            texts, where = _typed(place, ours, cells, known), "the cell of its question"
        if texts:
            places += added
            cell, pictures = result.cells[place], [cells[i].attachments for i in texts]
            cell.source = "\n\n".join(texts.values())
            if any(pictures):
                cell["attachments"] = {name: picture for several in pictures for name, picture in several.items()}
            remarks.append(f"cell {assignment.grade_id(cell)} is empty: its answer was taken from {where}")
    return remarks


def _is_filled(cell: Written, answer: Ours) -> bool:
    return bool(cell.attachments) or says_more(cell.source, answer.text)


def _around(places: list[int], cells: list[Written], known: dict[int, int]) -> list[int]:
    """The texts between an answer's cell and the next of the hand-out's, above it and below."""
    found = list[int]()
    for step in (-1, 1) if places else ():
        at = (places[0] if step < 0 else places[-1]) + step
        while 0 <= at < len(cells) and at not in known:
            if cells[at].cell_type == "markdown" and (cells[at].attachments or lines_seen(cells[at].source)):
                found.append(at)
            at += step
    return sorted(found)


def _typed(place: int, ours: list[Ours], cells: list[Written], known: dict[int, int]) -> dict[int, str]:
    """What a student wrote into the cell of the question, by its place; nothing where that was only reworded."""
    for question in range(place - 1, -1, -1):
        if ours[question].is_answer or ours[question].cell_type != "markdown":
            return {}
        for at in (at for at, there in known.items() if there == question):
            rest = _without(ours[question].text, shown(cells[at].source[:_LONGEST]))
            if lines_seen(rest):
                return {at: rest}
    return {}


def _without(given: str, text: str) -> str:
    """What a text says beside a given one that is whole in it, at one place or line for line."""
    words = given.split()
    whole = re.search(r"\s+".join(map(re.escape, words)), text) if words else None
    if whole:
        return f"{text[: whole.start()].strip()}\n\n{text[whole.end() :].strip()}".strip()
    lines, there = text.splitlines(), {line.strip() for line in given.splitlines() if line.strip()}
    if not there <= {line.strip() for line in lines}:
        return ""
    return "\n".join(line for line in lines if line.strip() not in there).strip()
