"""The address in the Colab cell of each notebook, which is the one of course.toml."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat

from .. import assignment
from ..course import FILE, read_course

CELL = "colab"
_LINE = re.compile(r"^HAND_OUT = (\"[^\"\n]*\")", re.MULTILINE)


def colab_cells_in_step(root: Path) -> Iterator[str]:
    """The Colab cells fetch the hand-out from where course.toml says."""
    address = json.dumps(read_course(root).hand_out)
    for name in assignment.NOTEBOOKS:
        found = _LINE.findall(_cell(assignment.read(_path(root, name))).source)
        if len(found) != 1:
            yield f"{name}, cell {CELL}: needs one line `HAND_OUT = {address}`; write it"
        elif found[0] != address:
            yield f"{name}, cell {CELL}: fetches {found[0]}, {FILE} says {address}; run make release"


def write_address(root: Path) -> None:
    """Bring the line of each notebook in source/ in step; a notebook that is in step keeps its very bytes."""
    address = json.dumps(read_course(root).hand_out)
    for name in assignment.NOTEBOOKS:
        notebook = assignment.read(_path(root, name))
        cell = _cell(notebook)
        line = _LINE.sub(lambda _: f"HAND_OUT = {address}", cell.source)
        if line != cell.source:
            cell.source = line
            _path(root, name).write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")


def _path(root: Path, name: str) -> Path:
    return assignment.source_folder(root) / f"{name}.ipynb"


def _cell(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The Colab cell; an empty one where there is none, for the rule to say so."""
    cells = (cell for cell in notebook.cells if assignment.grade_id(cell) == CELL)
    return next(cells, nbformat.v4.new_code_cell())
