"""Each test's result where a cell has its output, for the TA in formgrader and the student in feedback."""

from nbformat import NotebookNode

from .. import assignment
from ..printed import printed
from ..result import PASSED, Result
from .blocks import Blocks


def show_results(nb: NotebookNode, results: list[Result], blocks: Blocks | None) -> None:
    """Write result and message into the test cells, and below a test that did not pass the block that it is about."""
    by_id = {result.id: result for result in results}
    for cell in nb.cells:
        if assignment.is_test(cell):
            result = by_id[str(assignment.grade_id(cell))]
            written = blocks.text(assignment.block_of(cell)) if blocks and result.state != PASSED else ""
            texts = [
                _said(result),
                *([f"Block {assignment.block_of(cell)} as handed in:\n{written}"] if written else []),
            ]
            cell.outputs = [printed("\n\n".join(texts) + "\n")]
            cell.execution_count = None


def _said(result: Result) -> str:
    state = result.state.replace("-", " ")
    if result.state == PASSED:
        return result.message or state
    return f"{state}: {result.message}" if result.message else state
