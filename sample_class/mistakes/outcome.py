"""Runs one mistake through the grader's own examiner and sandbox, and says which tests it loses."""

import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from autograder import assignment
from autograder.answers.notebook import lay_notebook
from autograder.examiner.run import needed_cells
from autograder.examiner.trial import try_out
from autograder.result import COULD_NOT_RUN, PASSED

from ..course import ROOT
from ..solved import Work
from .mistake import Mistake


@dataclass(frozen=True)
class Outcome:
    """What a mistake came to. lost: test -> message; trouble: why it could not run, else empty."""

    name: str
    notebook: str
    lost: dict[str, str] = field(default_factory=dict)
    trouble: str = ""


def outcome_of(mistake: Mistake) -> Outcome:
    """Run the mistake's notebook with its edits; whatever goes wrong is told, not raised."""
    os.environ["OMP_NUM_THREADS"] = "1"
    try:
        work = Work(ROOT)
        for edit in mistake.edits:
            edit(work)
        name = f"{mistake.notebook}.ipynb"
        source = assignment.read(assignment.source_folder(ROOT) / name)
        notebook, _ = lay_notebook(source, nbformat.writes(work.notebooks[mistake.notebook]).encode(), name)
        needed = needed_cells(notebook)  # figures and experiments bear on no test
        cells = enumerate(notebook.cells)
        notebook.cells = [cell for place, cell in cells if place in needed or assignment.is_test(cell)]
        with tempfile.TemporaryDirectory(prefix="hw2-mistake-") as folder:
            found = try_out(notebook, mistake.notebook, str(work.module), ROOT, Path(folder), mistake.name)
    except Exception as error:
        return Outcome(mistake.name, mistake.notebook, {}, f"{type(error).__name__}: {error}")
    unsettled = [result.id for result in found.results if result.state == COULD_NOT_RUN]
    lost = {result.id: result.message for result in found.results if result.state not in (PASSED, COULD_NOT_RUN)}
    return Outcome(mistake.name, mistake.notebook, lost, f"could not run: {', '.join(unsettled)}" if unsettled else "")
