"""Takes the solutions out: of notebook cells by nbgrader's own rules, of the .py file by the same rules."""

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.preprocessors import ClearSolutions, NbGraderPreprocessor

from .. import assignment

CODE_STUB = (
    "# YOUR CODE HERE\n"
    'raise NotImplementedError("this part is still to be written: replace this line with your code")'
)
TEXT_STUB = "*Write your answer here.*"


def strip_cell(cell: NotebookNode) -> NotebookNode:
    """Replace the solution in an answer cell by the stub, in place."""
    if cell.cell_type == "markdown":  # nbgrader knows no ungraded answer in markdown, so this is ours to do
        cell.source = TEXT_STUB
    elif assignment.grade_id(cell) != assignment.IDENTITY:
        _stripper().preprocess_cell(cell, {"language": "python"}, 0)
    return cell


def strip_module(text: str) -> str:
    """The text of a .py file with every solution region replaced by the stub."""
    cell = new_code_cell(text)
    _stripper()._replace_solution_region(cell, "python")  # nbgrader offers no public call for plain text
    return str(cell.source)


def _stripper() -> ClearSolutions:
    return ClearSolutions(code_stub={"python": CODE_STUB}, text_stub=TEXT_STUB)


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
