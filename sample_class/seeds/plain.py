"""A right answer's notebook in a plain process: its cells run once, then each test again with other inputs.

Only for answers that are ours: there is no sandbox here. What a test says is the same in the examiner.
"""

import inspect
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from functools import cache
from io import StringIO
from types import CodeType
from typing import Any

import torch

from autograder import assignment
from autograder.examiner.given import parse
from autograder.examiner.run import needed_cells

from ..answer import Answer
from ..course import ROOT
from ..places import changed_places, only_tests, tests_about
from ..plain_folder import plain_folder
from .margins import MARGINS

_DRAWN = re.compile(r"\bdrawn\(")
LIBS = assignment.source_folder(ROOT) / "libs"
DTYPES = {"float32": torch.float32, "float64": torch.float64}


def precisions(notebook: str) -> list[str]:
    """In which a notebook's inputs may come: layers of torch.nn hold float32, and take nothing else."""
    return list(DTYPES) if notebook == assignment.MODULE_NOTEBOOK else ["float32"]


@contextmanager
def plain_notebook(answer: Answer) -> Iterator["PlainNotebook"]:
    """The answer's notebook in this process, under the budget of grading."""
    before = dict(os.environ)
    os.environ["NBGRADER_EXECUTION"] = "autograde"
    torch.set_num_threads(1)
    parts = parts_of(answer)
    try:
        with plain_folder(parts.module):
            yield PlainNotebook(parts)
    finally:  # who comes after it in this process is not graded
        os.environ.clear()
        os.environ.update(before)


@dataclass
class Parts:
    """What of an answer is run: the module, cells that make names, and tests by their ids; all as text."""

    module: str
    cells: list[str] = field(default_factory=list)
    tests: dict[str, str] = field(default_factory=dict)

    def drawing(self) -> list[str]:
        """The tests whose inputs are drawn, apart from those that train for long."""
        return [id for id, source in self.tests.items() if id not in MARGINS and _DRAWN.search(source)]

    def learning(self) -> list[str]:
        """The tests that train for long."""
        return [id for id in self.tests if id in MARGINS]


def parts_of(answer: Answer) -> Parts:
    """The answer's notebook: of a whole solution with all tests, of a variant with those about what it varies."""
    work = answer.work()
    parts = Parts(str(work.module))
    source = assignment.read(assignment.source_folder(ROOT) / f"{answer.notebook}.ipynb")
    about = tests_about(source, changed_places(work, answer.notebook))  # of the reference: none, so all
    only_tests(source, about or None)
    needed = needed_cells(source)
    for index, cell in enumerate(source.cells):
        id = str(assignment.grade_id(cell))
        if cell.cell_type == "code" and assignment.is_test(cell):
            parts.tests[id] = cell.source
        elif cell.cell_type == "code" and index in needed:
            parts.cells.append(work.cell(answer.notebook, id).source if assignment.is_answer(cell) else cell.source)
    return parts


class PlainNotebook:
    """The names that the notebook's cells make, and its tests."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self._namespace: dict[str, Any] = {"__name__": "__main__"}
        for source in parts.cells:
            _quietly(lambda source=source: exec(_compiled("cell", source), self._namespace))

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

    def run(
        self,
        test: str,
        seed: str,
        *,
        source: str | None = None,
        reset_seed: Callable[[int], None] | None = None,
    ) -> tuple[str, dict[str, Any]]:
        """What the test says (empty when it passes) with the inputs of this seed, and the names it made.

        source: of the test, where another than its own is meant.
        """
        os.environ["HW2_SEED"] = seed
        namespace = dict(self._namespace)
        torch.default_generator.manual_seed(0)
        if reset_seed is not None:
            namespace["reset_seed"] = reset_seed
        try:
            _quietly(lambda: exec(_compiled(test, source or self.parts.tests[test]), namespace))
        except Exception as error:
            return f"{type(error).__name__}: {error}", namespace
        return "", namespace


@cache
def _compiled(id: str, source: str) -> CodeType:
    return compile(parse(source), f"<{id}>", "exec")


def _quietly(do: Callable[[], None]) -> None:
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        do()
