"""What a test is about and built upon: parts of the student's making, each with tests of its own.

A part is a function, a class, or `Class.method` where only that may be replaced by ours.
"""

from collections.abc import Iterable
from pathlib import Path

from nbformat import NotebookNode

from .. import assignment
from ..answers.module import blocks
from ..answers.module_names import definitions
from ..result import FAILED, Result
from .given import names_read
from .ours import Ours


class Parts:
    """The parts of one notebook. source: the folder of the solution."""

    def __init__(self, notebook: NotebookNode, source: Path, name: str, ours: Ours) -> None:
        path = source / assignment.MODULE
        has_module = name == assignment.MODULE_NOTEBOOK and path.exists()
        self.by_block = function_of_blocks(path.read_text(encoding="utf-8")) if has_module else {}
        self.about: dict[str, frozenset[str]] = {}  # test -> the parts that it tests
        self._below: dict[str, tuple[str, ...]] = {}
        self.made: dict[str, str] = {}  # part -> the section that it is written in
        above: list[tuple[str, ...]] = []  # what the answer cells above define, since the last test
        tested = False
        for cell, section in zip(notebook.cells, assignment.sections(notebook), strict=True):
            if assignment.is_test(cell):
                test, tested = str(assignment.grade_id(cell)), True
                self.about[test] = self._of_module(cell) if has_module else _about(cell, above)
                self._below[test] = tuple(assignment.built_upon(cell))
            elif cell.cell_type == "code" and assignment.is_answer(cell):
                defined = ours.made.get(str(assignment.grade_id(cell)), ())
                self.made.update(dict.fromkeys(defined, section))
                above, tested = [*([] if tested else above), *([defined] if defined else [])], False

    def _of_module(self, cell: NotebookNode) -> frozenset[str]:
        function = self.by_block.get(assignment.block_of(cell), "")
        if function:
            return frozenset([function])
        tops = {name.partition(".")[0] for name in self.by_block.values()}
        return names_read(cell.source) & tops

    def failed_below(self, test: str, results: Iterable[Result]) -> list[str]:
        """The parts that a test is built upon of which a test of their own has failed."""
        failed = {part for result in results if result.state == FAILED for part in self.about.get(result.id, ())}
        own = self.about.get(test, frozenset())
        below = [part for part in self._below.get(test, ()) if part not in own]
        return [part for part in below if any(_belongs(each, part) for each in failed)]


def _about(cell: NotebookNode, above: list[tuple[str, ...]]) -> frozenset[str]:
    """Below several answer cells, the last of which the test reads something."""
    read = names_read(cell.source)
    return frozenset(next((made for made in reversed(above) if read & set(made)), above[-1] if above else ()))


def _belongs(tested: str, part: str) -> bool:
    """Whether what a test is about is the part, something of it, or the whole that it is of."""
    return tested == part or tested.startswith(f"{part}.") or part.startswith(f"{tested}.")


def function_of_blocks(module: str) -> dict[str, str]:
    """For each block of the module the function or method that it lies in."""
    found = {}
    for name, definition in definitions(module).items():
        for block in blocks(module):
            if definition.has_block and definition.first <= block.first <= definition.last:
                found[block.name] = name
    return found
