"""The physical floor of grading: the same cells and tests, executed once each in a bare warm interpreter."""

import os
import sys
import time
from contextlib import redirect_stderr, redirect_stdout, suppress
from io import BytesIO, StringIO
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder import assignment
from autograder.answers.module import lay_module
from autograder.answers.notebook import lay_notebook
from autograder.examiner.given import parse

from ..course import ROOT
from ..plain_folder import plain_folder


def floor_of(submission: Path) -> float:
    """CPU seconds for the practical notebooks of a submission: no sandbox, no gradebook, nobody looks at the results.

    Each notebook is run in a process forked from this one, which has the packages loaded.
    """
    _load()
    seconds = 0.0
    for name in assignment.PRACTICALS:
        with get_context("fork").Pool(1, maxtasksperchild=1) as pool:
            seconds += pool.apply(_run, (submission, name))
    return seconds


def _load() -> None:
    sys.path.insert(0, str(assignment.source_folder(ROOT)))
    import matplotlib.pyplot  # noqa: F401
    import torch._dynamo  # noqa: F401
    from libs.torchvision_operators import ensure_torchvision

    ensure_torchvision()
    for name in [name for name in sys.modules if name == "libs" or name.startswith("libs.")]:
        del sys.modules[name]  # a submission finds its own
    sys.path.pop(0)
    import torchvision.datasets  # noqa: F401


def _run(submission: Path, name: str) -> float:
    """In a process of its own: CPU seconds of the notebook's cells, laid out as the grader lays them out."""
    os.environ.update({"NBGRADER_EXECUTION": "autograde", "HW2_SEED": "0", "MPLBACKEND": "agg"})
    import torch

    torch.set_num_threads(1)
    cells, module = _laid(submission, name)
    _show_as_pictures()
    with plain_folder(module) as folder:
        os.chdir(folder)
        return _seconds(cells)


def _seconds(cells: list[NotebookNode]) -> float:
    namespace: dict[str, Any] = {"__name__": "__main__", "display": print}
    start = time.process_time()
    for cell in cells:
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()), suppress(Exception, SystemExit):
            exec(compile(parse(cell.source), "<cell>", "exec"), namespace)
    return time.process_time() - start


def _laid(submission: Path, name: str) -> tuple[list[NotebookNode], str]:
    """The code cells of the notebook and the text of the module."""
    file = f"{name}.ipynb"
    source = assignment.source_folder(ROOT)
    written = (submission / file).read_bytes() if (submission / file).is_file() else b""
    notebook, _ = lay_notebook(assignment.read(source / file), written, file)
    module = submission / assignment.MODULE
    given = (source / assignment.MODULE).read_text(encoding="utf-8")
    text, _ = lay_module(given, module.read_bytes() if module.is_file() else None, assignment.MODULE)
    return [cell for cell in notebook.cells if cell.cell_type == "code"], text


def _show_as_pictures() -> None:
    """Figures are drawn into pictures, as a notebook draws them."""
    import matplotlib.pyplot as plt

    def show(*_: object, **__: object) -> None:
        for number in plt.get_fignums():
            plt.figure(number).savefig(BytesIO(), format="png", bbox_inches="tight")
        plt.close("all")

    plt.show = show  # type: ignore[assignment]
