"""A right answer's notebook in a plain process: its cells run once, then each test again with other inputs.

Only for answers that are ours: there is no sandbox here. What a test says is the same in the examiner.
"""

import inspect
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from typing import Any

import torch
from nbformat import NotebookNode

from autograder import assignment
from autograder.examiner.given import parse
from autograder.examiner.run import needed_cells

from ..answer import Answer
from ..course import ROOT
from ..places import changed_places, only_tests, tests_about
from ..plain_folder import plain_folder
from ..solved import Work
from .margins import MARGINS, to_the_end

_DRAWN = re.compile(r"\bdrawn\(")
LIBS = assignment.source_folder(ROOT) / "libs"
DTYPES = {"float32": torch.float32, "float64": torch.float64}


def precisions(notebook: str) -> list[str]:
    """In which a notebook's inputs may come: layers of torch.nn hold float32, and take nothing else."""
    return list(DTYPES) if notebook == assignment.MODULE_NOTEBOOK else ["float32"]


@contextmanager
def plain_notebook(answer: Answer) -> Iterator["PlainNotebook"]:
    """The answer's notebook in this process, under the budget of grading."""
    os.environ["NBGRADER_EXECUTION"] = "autograde"
    torch.set_num_threads(1)
    work = answer.work()
    with plain_folder(str(work.module)):
        yield PlainNotebook(answer.notebook, work)


def is_drawing(id: str, cell: NotebookNode) -> bool:
    """Whether a cell is a test whose inputs are drawn, apart from those that train for long."""
    return assignment.is_test(cell) and id not in MARGINS and bool(_DRAWN.search(cell.source))


def run_cells(notebook: str, source: NotebookNode, work: Work) -> Iterator[tuple[str, NotebookNode, str]]:
    """The tests and the cells that make their names, in order: (id, cell, its text with the work's answers)."""
    needed = needed_cells(source)
    for index, cell in enumerate(source.cells):
        id = str(assignment.grade_id(cell))
        if cell.cell_type == "code" and (assignment.is_test(cell) or index in needed):
            yield id, cell, work.cell(notebook, id).source if assignment.is_answer(cell) else cell.source


class PlainNotebook:
    """The names that the notebook's cells make, and its tests."""

    def __init__(self, notebook: str, work: Work) -> None:
        self._namespace: dict[str, Any] = {"__name__": "__main__"}
        self._tests: dict[str, Any] = {}
        self._drawing: list[str] = []
        source = assignment.read(assignment.source_folder(ROOT) / f"{notebook}.ipynb")
        about = tests_about(source, changed_places(work, notebook))  # of the reference: none, so all
        only_tests(source, about or None)
        self._fill(notebook, source, work)

    def _fill(self, notebook: str, source: NotebookNode, work: Work) -> None:
        for id, cell, text in run_cells(notebook, source, work):
            code = compile(parse(to_the_end(id, text)), f"<{id}>", "exec")
            if assignment.is_test(cell):
                self._tests[id] = code
                self._drawing += [id] if is_drawing(id, cell) else []
            else:
                _quietly(lambda code=code: exec(code, self._namespace))

    def prefer(self, dtype: str) -> None:
        """From here on, what would be float32 by default is in this precision: inputs, networks, new tensors."""
        from libs.checks import Draw

        def preferred(value: Any) -> Any:
            return DTYPES[dtype] if value is torch.float32 else value

        torch.set_default_dtype(DTYPES[dtype])
        made = [value.__init__ if isinstance(value, type) else value for value in self._namespace.values()]
        for function in (Draw.__call__, Draw.uniform, *filter(inspect.isfunction, made)):
            known = function.__kwdefaults__ or {}
            known |= {name: preferred(value) for name, value in known.items()}
            function.__defaults__ = tuple(map(preferred, function.__defaults__ or ()))

    def drawing(self) -> list[str]:
        """The tests whose inputs are drawn; of a variant, those about it."""
        return self._drawing

    def learning(self) -> list[str]:
        """The tests that train for long."""
        return [id for id in self._tests if id in MARGINS]

    def run(self, test: str, seed: str, reset_seed: Callable[[int], None] | None = None) -> tuple[str, dict[str, Any]]:
        """What the test says (empty when it passes) with the inputs of this seed, and the names it made."""
        os.environ["HW2_SEED"] = seed
        namespace = dict(self._namespace)
        torch.default_generator.manual_seed(0)
        if reset_seed is not None:
            namespace["reset_seed"] = reset_seed
        try:
            _quietly(lambda: exec(self._tests[test], namespace))
        except Exception as error:
            return f"{type(error).__name__}: {error}", namespace
        return "", namespace


def _quietly(do: Callable[[], None]) -> None:
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        do()
