"""What a student changed outside the blocks and answer cells, as a unified diff from the hand-out."""

import difflib
import functools
from collections.abc import Sequence

from nbformat import NotebookNode

from .. import assignment
from ..stubs import strip_module
from .module import blocks, decoded
from .private import shown
from .written import read_cells

CHANGES = "changes.diff"
MOST_LINES = 2000  # a file of this many lines is compared, a longer one only up to there


def notebook_changes(given: NotebookNode, data: bytes | None, name: str) -> str:
    """The diff of everything but the answer cells; empty when nothing was changed, or nothing can be read."""
    cells = read_cells(data) if data is not None else None
    if cells is None:
        return ""
    answers = {assignment.grade_id(cell) for cell in given.cells if assignment.is_answer(cell)}
    ours, theirs = list[str](), list[str]()
    for cell in given.cells:
        id = assignment.grade_id(cell) or cell.get("id")
        ours += _cell(id, cell.cell_type, "" if id in answers else cell.source, id in answers)
    for written in cells:
        is_answer = written.id in answers
        theirs += _cell(written.id, written.cell_type, "" if is_answer else written.source, is_answer)
    return _diff(ours, theirs, name)


def module_changes(instructor: str, data: bytes | None, name: str) -> str:
    """The diff of everything but the blocks."""
    if data is None:
        return ""
    student = decoded(data)[0]
    return _diff(_frame(strip_module(instructor)), _frame(student), name) if blocks(student) else ""


@functools.lru_cache(4096)  # most cells are the hand-out's, student after student
def _cell(id: str | None, cell_type: str, source: str, is_answer: bool) -> list[str]:
    lines = ["(answer)"] if is_answer else [line.rstrip() for line in shown(source).splitlines() if line.strip()]
    return [f"[{cell_type} cell {id}]", *lines]


def _frame(text: str) -> list[str]:
    lines = [line.rstrip() for line in text.splitlines()]
    for block in reversed(blocks(text)):
        if block.closed:
            lines[block.first : block.last] = [f"{block.indent}(block)"]
    return lines


def _diff(ours: Sequence[str], theirs: Sequence[str], name: str) -> str:
    if ours == theirs:
        return ""
    pair = ours[:MOST_LINES], theirs[:MOST_LINES]
    lines = difflib.unified_diff(*pair, f"hand-out/{name}", f"submitted/{name}", n=2, lineterm="")
    return "".join(f"{line[:400]}\n" for line in lines)
