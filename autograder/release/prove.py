"""Solutions pass every test of the assignment, stubs pass none."""

import copy
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from nbformat import NotebookNode

from .. import assignment
from ..examiner.trial import try_notebook
from ..result import FAILED, PASSED, Result
from ..stubs import strip_cell, strip_module


def solutions_pass(root: Path, names: Sequence[str] = assignment.PRACTICALS) -> Iterator[str]:
    """Every test passes on the instructor's solution."""
    for name in names:
        notebook = assignment.read(assignment.source_folder(root) / f"{name}.ipynb")
        for result in _run(root, name, notebook, _module(root)):
            if result.state != PASSED:
                first = result.message.splitlines()[0] if result.message else ""
                yield (
                    f"{name}, cell {result.id}: {result.state} on the solution ({first}); mend the solution or the test"
                )


def stubs_fail(root: Path) -> Iterator[str]:
    """Every test fails on the hand-out as students get it."""
    for name in assignment.PRACTICALS:
        notebook = copy.deepcopy(assignment.read(assignment.source_folder(root) / f"{name}.ipynb"))
        for cell in notebook.cells:
            if assignment.is_answer(cell):
                strip_cell(cell)
        for result in _run(root, name, notebook, strip_module(_module(root))):
            if result.state != FAILED:
                yield f"{name}, cell {result.id}: {result.state} without any work; make the test call what it is about"


def _module(root: Path) -> str:
    return (assignment.source_folder(root) / assignment.MODULE).read_text(encoding="utf-8")


def _run(root: Path, name: str, notebook: NotebookNode, module: str) -> list[Result]:
    with tempfile.TemporaryDirectory() as scratch:
        return try_notebook(notebook, name, module, root, Path(scratch))
