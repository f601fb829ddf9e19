"""The slips, three submissions of them: within one they do not touch each other."""

import copy
import io
from collections.abc import Callable
from dataclasses import dataclass

from nbformat.v4 import new_code_cell, new_output
from PIL import Image

from autograder import assignment

from .. import written
from ..edits import Edit, in_block
from ..solved import Work

NETWORKS, SUPERVISED, UNSUPERVISED = assignment.PRACTICALS
_LOSS, _DEEP = "loss, dscores = softmax_loss(scores, y)", "hidden, cache = Linear_ReLU.forward("
_DEEP_BACK, _DROPPED = 'grads[f"b{layer}"] = Linear_ReLU.backward(', "dhidden = Dropout.backward(dhidden, caches.pop())"
_LINE = "0.123456789\n"  # in a saved notebook 23 bytes
STUB = '    raise NotImplementedError("this part is still to be written: replace this line with your code")'


@dataclass(frozen=True)
class Slip:
    """said: what the look before packing must say of it. case: of the list of cases, empty for one of our own."""

    name: str
    said: str
    edits: tuple[Edit, ...]
    case: str = ""


def _at(notebook: str, do: Callable[[list, int], None], id: str) -> Edit:
    """do: to the cells of the notebook, at the place of a cell."""

    def edit(work: Work) -> None:
        cells = work.notebooks[notebook].cells
        do(cells, next(place for place, cell in enumerate(cells) if assignment.grade_id(cell) == id))

    return edit


def _split(cells: list, place: int) -> None:
    second = copy.deepcopy(cells[place])
    first, _, rest = cells[place].source.partition("\n    return")
    cells[place].source, second.source, second["id"] = first, f"    return{rest}", "split"
    cells.insert(place + 1, second)


def _add(source: str) -> Callable[[list, int], None]:
    return lambda cells, place: cells.insert(place, new_code_cell(source))


def _more(text: str) -> Callable[[list, int], None]:
    return lambda cells, place: cells[place].update(source=f"{cells[place].source}\n\n\n{text}")


def _source(text: str) -> Callable[[list, int], None]:
    return lambda cells, place: cells[place].update(source=text)


def _module(old: str, new: str) -> Edit:
    def edit(work: Work) -> None:
        assert work.module is not None and old in work.module, old
        work.module = work.module.replace(old, new, 1)

    return edit


def _file(name: str, data: bytes) -> Edit:
    return lambda work: work.raw.update({name: data})


def _page(name: str, kind: str, size: tuple[int, int] = (1200, 1700)) -> Edit:
    def edit(work: Work) -> None:
        buffer = io.BytesIO()
        Image.linear_gradient("L").resize(size).save(buffer, kind)
        work.raw[name] = buffer.getvalue()

    return edit


def _outputs(cells: list, place: int) -> None:
    cells[place].outputs = [new_output("stream", text=_LINE * (58 * 2**20 // 23))]


def _lose_id(cells: list, place: int) -> None:
    cells[place].metadata.pop("nbgrader")
    cells[place]["id"] = "lost"


def _number(work: Work) -> None:
    cell = work.cell(UNSUPERVISED, assignment.IDENTITY)
    cell.source = cell.source.replace("40210019", "40210020")


ONE = (
    Slip(
        "Linear_ReLU without its ReLU", "checks? fails?",
        (in_block("linear_relu_forward", "ReLU.forward(before)", "before, before.abs() + 1"),), "H5",
    ),
    Slip(
        "gradients of the two-layer network doubled", "checks? fails?",
        (in_block("two_layer_loss", _LOSS, f"{_LOSS}\n        dscores = 2 * dscores"),), "H5",
    ),
    Slip(
        "dropout not undone in backward", "checks? fails?",
        (in_block("fully_connected_loss", _DROPPED, "caches.pop()"),), "H5",
    ),
    Slip("a cell split", "a cell was split or copied", (_at(SUPERVISED, _split, "goodness"),), "H4"),
    Slip(
        "a cell added, with a helper that an answer needs", r"takes along only what .*\(ten\)",
        (
            _at(SUPERVISED, _add("def ten():\n    return 10\n\n\nprint(ten())"), "wrong_labels"),
            _at(SUPERVISED, _more("assert ten() == 10"), "wrong_labels"),
        ), "H4",
    ),
    Slip("58 MB of outputs", r"5\d MB, 5\d of them outputs", (_at(SUPERVISED, _outputs, "training"),), "H4"),
    Slip("another student's number in one notebook", "STUDENT_NUMBER is not the same", (_number,), "H4"),
    Slip("a .docx", r"homework\.docx will not be sent", (_file("homework.docx", b"PK"),), "H4"),
    Slip(
        "an answer that exits at its end", r"ended the kernel \(exit\(\) was called",
        (_at(UNSUPERVISED, _more("exit()"), "make_hybrid"),),
    ),
    Slip("a test removed", "1 given cell was removed", (_at(UNSUPERVISED, lambda c, p: c.pop(p), "goodness_value"),)),
)  # fmt: skip
TWO = (
    Slip(
        "ReLU skipped in backward", "checks? fails?",
        (in_block("linear_relu_backward", "ReLU.backward(dout, relu_cache)", "dout"),), "H5",
    ),
    Slip(
        "FullyConnectedNet without any ReLU", "checks? fails?",
        (
            in_block("fully_connected_scores", _DEEP, _DEEP.replace("Linear_ReLU", "Linear")),
            in_block("fully_connected_loss", _DEEP_BACK, _DEEP_BACK.replace("Linear_ReLU", "Linear")),
        ), "H5",
    ),
    Slip(
        "a stub left in a cell", "`raise NotImplementedError.* is still in embed_label",
        (_at(SUPERVISED, _source(f"def embed_label(x, y, num_classes=10):\n{STUB}"), "embed_label"),), "H4",
    ),
    Slip("a .tif page", r"scan\.tif", (_page("scan.tif", "TIFF"),), "H4"),
    Slip("a .gif page", r"scan\.gif", (_page("scan.gif", "GIF"),), "H4"),
    Slip("a .bmp page", r"scan\.bmp", (_page("scan.bmp", "BMP", (300, 400)),), "H4"),
    Slip("a .jfif page", r"page 1: 0\.jfif", (_page("0.jfif", "JPEG"),), "H4"),
    Slip("a page of few pixels", r"z\.png\) has only 300 x 400", (_page("z.png", "PNG", (300, 400)),)),
    Slip(
        "a package that the grader lacks", "pandas is imported",
        (_at(UNSUPERVISED, _more("import pandas"), "make_mask"),),
    ),
    Slip("an answer that lost its id", "lost nbgrader's data", (_at(UNSUPERVISED, _lose_id, "goodness"),)),
    Slip(
        "a given cell changed", "given cell was changed",
        (_at(UNSUPERVISED, _more("1"), "hybrid_figure"),),
    ),
)  # fmt: skip
THREE = (
    Slip(
        "a syntax error in the .py", "does not compile: line",
        (in_block("dropout_backward", "dx = ", "dx = ("),), "H4",
    ),
    Slip("an end marker lost", "has lost marker lines", (_module("        # END OF BLOCK relu_forward\n", ""),)),
    Slip(
        "a block by autograd", "uses torch.autograd",
        (in_block("softmax_loss", "dx = log_p.exp()", "from torch import autograd\n    dx = log_p.exp()"),),
    ),
    Slip(
        "an answer that raises", "A section whose code raises earns nothing",
        (_at(SUPERVISED, _more("print(no_such_name)"), "goodness"),),
    ),
    Slip(
        "an answer in words emptied", "still to be written: 1 answer in words",
        (_at(UNSUPERVISED, _source(" "), "why_linear_classifier_answer"),),
    ),
    Slip(
        "a picture linked from the disk", "shows plot.png from your disk",
        (_at(UNSUPERVISED, _source("![plot](plot.png)"), "report_unsupervised_answer"),),
    ),
)  # fmt: skip
SUBMISSIONS = (ONE, TWO, THREE)


def start(work: Work) -> None:
    """What makes the solved hand-out whole: written pages, and words in every answer."""
    written.neat(work)
    for name in assignment.PRACTICALS:
        for cell in work.notebooks[name].cells:
            if cell.cell_type == "markdown" and assignment.is_answer(cell):
                cell.source = "Because."
