"""Runs one mutant through the grader's own examiner and sandbox until a test fails."""

import copy
import functools
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder import assignment
from autograder.answers.notebook import lay_notebook
from autograder.examiner.run import needed_cells
from autograder.examiner.trial import try_out
from autograder.result import COULD_NOT_RUN, PASSED

from ..course import ROOT
from ..places import tests_about
from ..solved import Work
from .mutant import Mutant, mutants_of


@dataclass(frozen=True)
class Outcome:
    """What a mutant came to. caught: the first test that fails; empty when it passes all. trouble: of ours."""

    name: str
    caught: str = ""
    message: str = ""
    trouble: str = ""


@functools.cache
def mutants() -> dict[str, Mutant]:
    """All mutants by name."""
    return {mutant.name: mutant for mutant in mutants_of(Work(ROOT))}


def outcome_named(name: str) -> Outcome:
    """First the tests about the mutant's own place, then, if it passes them, all."""
    os.environ["OMP_NUM_THREADS"] = "1"
    mutant = mutants()[name]
    try:
        notebook, module = _written(mutant)
        own = tests_about(notebook, {mutant.place})
        return _tried(mutant, notebook, module, own) or _tried(mutant, notebook, module, None) or Outcome(name)
    except Exception as error:
        return Outcome(name, trouble=f"{type(error).__name__}: {error}")


def _written(mutant: Mutant) -> tuple[NotebookNode, str]:
    work = Work(ROOT)
    mutant.edit(work)
    file = f"{mutant.notebook}.ipynb"
    source = assignment.read(assignment.source_folder(ROOT) / file)
    notebook, _ = lay_notebook(source, nbformat.writes(work.notebooks[mutant.notebook]).encode(), file)
    return notebook, str(work.module)


def _tried(mutant: Mutant, notebook: NotebookNode, module: str, tests: set[str] | None) -> Outcome | None:
    """The outcome when one of these tests fails (None: of all tests); None when all pass."""
    notebook = copy.deepcopy(notebook)
    notebook.cells = [
        cell
        for cell in notebook.cells
        if tests is None or not assignment.is_test(cell) or assignment.grade_id(cell) in tests
    ]
    needed = needed_cells(notebook)
    cells = enumerate(notebook.cells)
    notebook.cells = [cell for place, cell in cells if place in needed or assignment.is_test(cell)]
    with tempfile.TemporaryDirectory(prefix="hw2-mutant-") as folder:
        found = try_out(notebook, mutant.notebook, module, ROOT, Path(folder), mutant.name)
    for result in found.results:
        if result.state == COULD_NOT_RUN:
            return Outcome(mutant.name, trouble=f"{result.id} could not run: {result.message}")
        if result.state != PASSED:
            return Outcome(mutant.name, result.id, result.message)
    return None
