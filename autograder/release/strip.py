"""What nbgrader does not strip when it makes the release: answers in words, and the .py file."""

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from .. import assignment
from ..stubs import strip_cell, strip_module


class StripAnswers(NbGraderPreprocessor):
    """Takes the model answers out of the cells below the tasks."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], cell_index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Strip an answer in words; code has been stripped by nbgrader before."""
        is_text = assignment.is_answer(cell) and cell.cell_type == "markdown"
        return (strip_cell(cell) if is_text else cell), resources


class StripModule(NbGraderPreprocessor):
    """Runs with the notebook that the module belongs to, after nbgrader has copied source/ to release/."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Strip the copied .py file; the notebook passes unchanged."""
        names = resources["nbgrader"]
        if names["notebook"] == assignment.MODULE_NOTEBOOK:
            folder = self.parent.parent.coursedir.format_path("release", names["student"], names["assignment"])
            module = Path(folder) / assignment.MODULE
            module.write_text(strip_module(module.read_text(encoding="utf-8")), encoding="utf-8")
        return nb, resources
