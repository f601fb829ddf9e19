"""An answer of ours through the grader's own examiner and sandbox, without the cells that bear on no test."""

import os
import tempfile
from collections.abc import Container
from pathlib import Path

import nbformat

from autograder import assignment
from autograder.answers.notebook import lay_notebook
from autograder.examiner.run import needed_cells
from autograder.examiner.trial import try_out
from autograder.result import Result

from .course import ROOT
from .places import only_tests
from .solved import Work


def try_work(work: Work, notebook: str, secret: str, tests: Container[str] | None = None) -> list[Result]:
    """The results of the notebook's tests, or of those named. secret: what inputs are drawn from."""
    os.environ["OMP_NUM_THREADS"] = "1"
    name = f"{notebook}.ipynb"
    source = assignment.read(assignment.source_folder(ROOT) / name)
    laid, _ = lay_notebook(source, nbformat.writes(work.notebooks[notebook]).encode(), name)
    only_tests(laid, tests)
    needed = needed_cells(laid)
    laid.cells = [cell for place, cell in enumerate(laid.cells) if place in needed or assignment.is_test(cell)]
    with tempfile.TemporaryDirectory(prefix="hw2-answer-") as folder:
        return try_out(laid, notebook, str(work.module), ROOT, Path(folder), secret).results
