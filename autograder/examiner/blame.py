"""Whose part an error arose in: the section of the student's code that a traceback passes through last."""

import ast
from collections.abc import Iterable

from nbformat import NotebookNode

from .. import assignment
from ..answers.cell_code import parsed
from .blocks import Blocks

Step = tuple[str, str, int]  # file, qualified name, line


class Blame:
    """Knows which section the student's functions belong to."""

    def __init__(self, notebook: NotebookNode, blocks: Blocks | None) -> None:
        """blocks: of the module, where the notebook has one."""
        self._blocks = blocks
        self._sections: dict[str, str] = {}
        for cell, title in zip(notebook.cells, assignment.sections(notebook), strict=True):
            if cell.cell_type == "code" and assignment.is_answer(cell):
                self._sections.update(dict.fromkeys(_defined(cell.source), title))
            block = assignment.block_of(cell)
            if block:
                self._sections.setdefault(f"block {block}", title)

    def section_of(self, trace: Iterable[Step]) -> str:
        """The section of the innermost frame of the student's; empty when there is none."""
        for file, name, line in reversed(list(trace)):
            if self._blocks and file.endswith(assignment.MODULE):
                block = self._blocks.at(line) or self._blocks.of_frames(((name, ""),))
                if block:
                    return self._sections.get(f"block {block}", "")
            if name.split(".")[0] in self._sections and "ipykernel" in file:
                return self._sections[name.split(".")[0]]
        return ""


def _defined(source: str) -> set[str]:
    """The functions and classes that an answer cell defines."""
    tree = parsed(source)
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    return {node.name for node in tree.body if isinstance(node, kinds)} if tree else set()
