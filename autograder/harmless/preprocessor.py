"""Last step of autograding: the graded notebook is written so that nobody who opens it runs a student's script."""

import textwrap
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from .. import assignment
from .answer import harmless_answer
from .outputs import Shown

LANGUAGE = {"name": "python", "pygments_lexer": "ipython3", "file_extension": ".py", "mimetype": "text/x-python"}
OF_A_CELL = ("nbgrader", "deletable", "editable", "tags")  # metadata that is ours
OF_A_NOTEBOOK = ("kernelspec",)
WIDTH = 110  # characters of a line in formgrader


class MakeHarmless(NbGraderPreprocessor):
    """Keeps text and pictures of outputs and answers; metadata that the student's kernel reported is left out."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """The notebook, harmless; submitted/ holds the answers as they came."""
        nb.metadata = NotebookNode({key: nb.metadata[key] for key in OF_A_NOTEBOOK if key in nb.metadata})
        nb.metadata["language_info"] = NotebookNode(LANGUAGE)
        shown = Shown()
        for cell in nb.cells:
            self._cell(cell, shown)
        return nb, resources

    def _cell(self, cell: NotebookNode, shown: Shown) -> None:
        """Make one cell harmless, in place."""
        cell.metadata = NotebookNode({key: cell.metadata[key] for key in OF_A_CELL if key in cell.metadata})
        if cell.cell_type == "code":
            cell.outputs = shown.outputs(cell.outputs)
            if assignment.is_test(cell):
                _fold(cell.outputs)
            count = cell.get("execution_count")
            cell.execution_count = count if type(count) is int else None
        elif cell.cell_type == "markdown" and assignment.is_answer(cell):
            source, attachments = harmless_answer(cell.source, cell.pop("attachments", None))
            cell.source = source
            if attachments:
                cell.attachments = NotebookNode(attachments)


def _fold(outputs: list[NotebookNode]) -> None:
    """Break the long lines of a test's message, which formgrader would make a reader scroll along, in place."""
    for output in outputs:
        if output.output_type == "stream":
            lines = output.text.splitlines()
            output.text = "\n".join(wrap for line in lines for wrap in textwrap.wrap(line, WIDTH) or [""]) + "\n"
