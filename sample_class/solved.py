"""The solved assignment as a student would hold it: the hand-out with every block filled in, no markers of ours."""

import copy
import functools
import re
from pathlib import Path

from nbformat import NotebookNode

from autograder import assignment
from autograder.answers.module import blocks

_MARKER = re.compile(r"^[ \t]*### (BEGIN|END) SOLUTION[ \t]*\n?", re.MULTILINE)


class Work:
    """Notebooks and module of one student, changed by named edits before they are packed."""

    def __init__(self, root: Path):
        self.release = root / "release" / assignment.NAME
        self.notebooks = {name: copy.deepcopy(_solved(root, name)) for name in assignment.NOTEBOOKS}
        source = assignment.source_folder(root) / assignment.MODULE
        self.module: str | None = _MARKER.sub("", source.read_text(encoding="utf-8"))
        self.raw: dict[str, bytes] = {}

    def cell(self, notebook: str, id: str) -> NotebookNode:
        """A cell by its grade id."""
        found = [cell for cell in self.notebooks[notebook].cells if assignment.grade_id(cell) == id]
        if not found:
            raise KeyError(f"{notebook} has no cell {id}: correct the edit")
        return found[0]

    def block_names(self) -> list[str]:
        """The names of the module's blocks."""
        assert self.module is not None
        return [block.name for block in blocks(self.module)]

    def block(self, name: str) -> str:
        """The text of a block of the module."""
        assert self.module is not None
        return block_text(self.module, name)

    def set_block(self, name: str, text: str) -> None:
        """Write a block of the module."""
        assert self.module is not None
        block = next(block for block in blocks(self.module) if block.name == name)
        lines = self.module.splitlines()
        lines[block.first : block.last] = text.splitlines()
        self.module = "\n".join(lines) + "\n"


def block_text(module: str, name: str) -> str:
    """The text of a block of a module's text."""
    block = next(block for block in blocks(module) if block.name == name)
    return "\n".join(module.splitlines()[block.first : block.last])


@functools.cache  # some thousand answers of ours begin with it
def _solved(root: Path, name: str) -> NotebookNode:
    """The release's notebook with the answers of the source's."""
    released = assignment.read(root / "release" / assignment.NAME / f"{name}.ipynb")
    solved = assignment.read(assignment.source_folder(root) / f"{name}.ipynb")
    answers = {assignment.grade_id(cell): cell.source for cell in solved.cells if assignment.is_answer(cell)}
    for cell in released.cells:
        if assignment.is_answer(cell) and name in assignment.PRACTICALS:
            cell.source = _MARKER.sub("", answers[assignment.grade_id(cell)])
    return released
