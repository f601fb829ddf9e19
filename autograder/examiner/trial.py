"""Runs one notebook by the grader's rules without a gradebook: how the assignment proves itself."""

import shutil
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from traitlets.config import Config

from .. import assignment
from ..result import Result
from .execute import RunNotebook
from .findings import Findings


def try_notebook(
    notebook: NotebookNode, name: str, module: str, root: Path, scratch: Path, secret: str = "trial"
) -> list[Result]:
    """The results of the notebook's tests, run in `scratch` beside the given text of the module."""
    return try_out(notebook, name, module, root, scratch, secret).results


def try_out(
    notebook: NotebookNode, name: str, module: str, root: Path, scratch: Path, secret: str = "trial"
) -> Findings:
    """All that such a run finds out. secret: what inputs are drawn from."""
    lay_out(root, scratch, module)
    resources: dict[str, Any] = {
        "nbgrader": {"student": "trial", "notebook": name, "assignment": assignment.NAME},
        "metadata": {"path": str(scratch)},
    }
    run = runner(root)
    run.secret = secret
    _, resources = run.preprocess(notebook, resources)
    findings: Findings = resources["hw2"]["findings"]
    return findings


def runner(root: Path) -> RunNotebook:
    """What runs notebooks with the data and tests of this course folder, whatever its configuration says."""
    config = Config()
    config.RunNotebook.data = str(root / "data")
    config.RunNotebook.source = str(assignment.source_folder(root))
    return RunNotebook(config=config)


def lay_out(root: Path, scratch: Path, module: str) -> None:
    """The files that a notebook finds beside it."""
    scratch.mkdir(parents=True, exist_ok=True)
    shutil.copytree(
        assignment.source_folder(root) / "libs", scratch / "libs", dirs_exist_ok=True,
        ignore=shutil.ignore_patterns("__pycache__"),
    )  # fmt: skip
    (scratch / assignment.MODULE).write_text(module, encoding="utf-8")
