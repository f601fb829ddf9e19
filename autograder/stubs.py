"""The hand-out's stubs, and how a solution becomes one: in cells by nbgrader's own rules, in the .py by the same."""

from functools import lru_cache

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.preprocessors import ClearSolutions

from . import assignment

CODE_STUB = (
    '# YOUR CODE HERE\nraise NotImplementedError("this part is still to be written: replace this line with your code")'
)
TEXT_STUB = "*Write your answer here.*"


def strip_cell(cell: NotebookNode) -> NotebookNode:
    """Replace the solution in an answer cell by the stub, in place."""
    if cell.cell_type == "markdown":  # nbgrader knows no ungraded answer in markdown, so this is ours to do
        cell.source = TEXT_STUB
    elif assignment.grade_id(cell) != assignment.IDENTITY:
        _stripper().preprocess_cell(cell, {"language": "python"}, 0)
    return cell


def is_stub(cell: NotebookNode) -> bool:
    """True for a code cell of the hand-out: the frame around its stub tells what is to be written."""
    return cell.cell_type == "code" and all(line in cell.source for line in CODE_STUB.splitlines())


@lru_cache(8)  # the module is the same for the whole class
def strip_module(text: str) -> str:
    """The text of a .py file with every solution region replaced by the stub."""
    cell = new_code_cell(text)
    _stripper()._replace_solution_region(cell, "python")  # nbgrader offers no public call for plain text
    return str(cell.source)


def _stripper() -> ClearSolutions:
    return ClearSolutions(code_stub={"python": CODE_STUB}, text_stub=TEXT_STUB)
