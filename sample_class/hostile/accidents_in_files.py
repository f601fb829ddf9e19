"""Threat C, in files: notebooks and modules that were copied, split, converted, saved by others, or forgotten."""

import json
from collections.abc import Callable

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder import assignment

from ..edits import Edit, broken_notebook, in_block, without_module
from ..solved import Work
from .submission import EMBED_LABEL, GOODNESS, NETWORKS, SUPERVISED, WRONG_LABELS, Hostile

NOTEBOOK, MODULE = "C notebook", "C module"
_THREE = tuple(f"{SUPERVISED}/{id}" for id in ("embed_label", "wrong_labels", "goodness"))
_ALL_THREE = (EMBED_LABEL, WRONG_LABELS, GOODNESS)
_RELU = ("relu_forward", "relu_backward")
_ALL_RELU = (f"{NETWORKS}/relu_*",)


def _notebook(change: Callable[[NotebookNode], None]) -> Edit:
    """Do something to the whole notebook."""

    def edit(work: Work) -> None:
        change(work.notebooks[SUPERVISED])

    return edit


def _place(notebook: NotebookNode, id: str) -> int:
    return next(i for i, cell in enumerate(notebook.cells) if assignment.grade_id(cell) == id)


def _copied(notebook: NotebookNode) -> None:
    place = _place(notebook, "embed_label")
    notebook.cells.insert(place + 1, nbformat.from_dict({**notebook.cells[place], "id": "a-copy"}))


def _split(notebook: NotebookNode) -> None:
    """As Jupyter splits a cell: both halves keep the metadata."""
    place = _place(notebook, "embed_label")
    cell = notebook.cells[place]
    second = nbformat.from_dict(
        {**cell, "id": "second-half", "source": "print(embed_label(torch.zeros(1, 20), torch.tensor([1])))"}
    )
    notebook.cells.insert(place + 1, second)


def _split_in_a_function(notebook: NotebookNode) -> None:
    """The first half ends in a docstring; only joined do they run."""
    place = _place(notebook, "wrong_labels")
    cell = notebook.cells[place]
    head, body = cell.source.split("\n", 1)
    notebook.cells.insert(place + 1, nbformat.from_dict({**cell, "id": "second-half", "source": body}))
    cell.source = head


def _without_metadata(notebook: NotebookNode) -> None:
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({})
    notebook.metadata = nbformat.from_dict({})


def _other_ids(notebook: NotebookNode) -> None:
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"another-{number}"


def _ids_without_meaning(notebook: NotebookNode) -> None:
    for number, cell in enumerate(notebook.cells):
        if assignment.is_answer(cell) and assignment.grade_id(cell) != assignment.IDENTITY:
            cell.metadata.nbgrader.grade_id = f"cell-{number}"


def _wrong_kernel(notebook: NotebookNode) -> None:
    notebook.metadata["kernelspec"] = {"name": "my-env", "display_name": "Python (my-env)", "language": "julia"}
    notebook.metadata["language_info"] = {"name": "julia"}


def _tests_first(notebook: NotebookNode) -> None:
    notebook.cells.sort(key=lambda cell: not assignment.is_test(cell))


def _upside_down(notebook: NotebookNode) -> None:
    notebook.cells.reverse()


def _cells_added(notebook: NotebookNode) -> None:
    for place in (20, 10, 3):
        notebook.cells.insert(place, new_code_cell("raise RuntimeError('I tried something here')"))


def _with_outputs(notebook: NotebookNode) -> None:
    """Outputs and counts of a run on another machine, errors among them."""
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            cell.execution_count = 100 + number
            cell.outputs = [nbformat.v4.new_output("error", ename="Old", evalue="x" * 1000, traceback=["old"] * 50)]


def _version(version: int) -> Edit:
    """The notebook saved in another version of the format."""

    def edit(work: Work) -> None:
        notebook = work.notebooks[SUPERVISED]
        if version < 4:
            text = json.dumps(nbformat.convert(notebook, version))
        else:
            text = json.dumps({**json.loads(nbformat.writes(notebook)), "nbformat": version, "nbformat_minor": 0})
        work.raw[f"{SUPERVISED}.ipynb"] = text.encode()

    return edit


def _with_bom(work: Work) -> None:
    work.raw[f"{SUPERVISED}.ipynb"] = b"\xef\xbb\xbf" + nbformat.writes(work.notebooks[SUPERVISED]).encode()


def _module(change: Callable[[str], bytes]) -> Edit:
    """The module's bytes."""

    def edit(work: Work) -> None:
        work.raw[assignment.MODULE] = change(str(work.module))

    return edit


def _persian(text: str) -> bytes:
    """A comment in Persian, saved by an old editor of Windows."""
    return text.replace("out = x.clamp", "# یکسوساز\n        out = x.clamp").encode("cp1256", "replace")


def _tabs(text: str) -> bytes:
    return "\n".join(_tabbed(line) for line in text.splitlines()).encode()


def _tabbed(line: str) -> str:
    indent = len(line) - len(line.lstrip(" "))
    return "\t" * (indent // 4) + " " * (indent % 4) + line.lstrip(" ")


def _in_notebook(
    number: int, situation: str, edit: Edit, remark: str = "", earns: tuple[str, ...] = _ALL_THREE
) -> Hostile:
    return Hostile(f"4029301{number:02d}", situation, NOTEBOOK, (edit,), _THREE, earns, remark)


def _in_module(
    number: int, situation: str, edit: Edit, remark: str = "", earns: tuple[str, ...] = _ALL_RELU
) -> Hostile:
    return Hostile(f"4029302{number:02d}", situation, MODULE, (edit,), _RELU, earns, remark, NETWORKS)


ACCIDENTS_IN_FILES = (
    _in_notebook(1, "an answer cell that is there twice", _notebook(_copied), "embed_label is there 2 times"),
    _in_notebook(2, "an answer cell split in two", _notebook(_split), "embed_label is there 2 times"),
    _in_notebook(3, "an answer cell split inside a function", _notebook(_split_in_a_function),
                 "wrong_labels is there 2 times"),
    _in_notebook(4, "the metadata of all cells lost", _notebook(_without_metadata),
                 "have lost nbgrader's data"),
    _in_notebook(5, "the ids of all cells changed", _notebook(_other_ids)),
    _in_notebook(6, "the grade ids of the answers changed", _notebook(_ids_without_meaning), "has lost its id"),
    _in_notebook(7, "nbformat 3", _version(3)),
    _in_notebook(8, "nbformat 5", _version(5)),
    _in_notebook(9, "a byte order mark before the notebook", _with_bom),
    _in_notebook(10, "the kernelspec of another language", _notebook(_wrong_kernel)),
    _in_notebook(11, "all tests moved above the answers", _notebook(_tests_first)),
    _in_notebook(12, "all cells in reversed order", _notebook(_upside_down)),
    _in_notebook(13, "cells added that raise", _notebook(_cells_added), "3 cells were added"),
    _in_notebook(14, "old outputs and errors in all cells", _notebook(_with_outputs)),
    _in_notebook(15, "a notebook cut off while it was copied", broken_notebook(SUPERVISED),
                 "is not a notebook that can be read", ()),
    _in_module(1, "the module missing", without_module, "is missing", ()),
    _in_module(2, "a syntax error in one block", in_block("relu_backward", "dout * (", "dout * (("),
               "block relu_backward does not compile", (f"{NETWORKS}/relu_forward_value",)),
    _in_module(3, "the module in cp1256", _module(_persian), "is not UTF-8"),
    _in_module(4, "tabs for spaces", _module(_tabs)),
    _in_module(5, "a byte order mark before the module", _module(lambda text: b"\xef\xbb\xbf" + text.encode())),
    _in_module(6, "line ends of Windows", _module(lambda text: text.replace("\n", "\r\n").encode())),
    _in_module(7, "line ends of old Macs", _module(lambda text: text.replace("\n", "\r").encode())),
    Hostile(
        "402930210", "nothing written, and a grader whose own .py is copied over the student's", MODULE, (),
        alone=NETWORKS, plain="c.Autograde.exclude_overwriting = {}",
    ),
)  # fmt: skip
