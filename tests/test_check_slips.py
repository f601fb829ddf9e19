"""Slips in notebooks and in the module, each named before uploading; nothing that the grader remarks on is missing."""

import copy

import pytest
from libs.check.by_hand import say_by_hand
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from small_homework import MODULE, OTHER, STUB, Homework

from autograder.answers.module import lay_module
from autograder.answers.notebook import lay_notebook
from sample_class.slips.compare import is_said

FILE = f"{OTHER}.ipynb: "


@pytest.fixture()
def homework(root, tmp_path):
    """The solved one, where a student works."""
    return Homework(tmp_path, root).solve()


def place(homework, id):
    return homework.cells[OTHER].index(homework.cell(OTHER, id))


def split(homework):
    """As JupyterLab splits a cell: both pieces keep nbgrader's data."""
    cell = homework.cell(OTHER, "one")
    second = copy.deepcopy(cell)
    cell.source, second.source, second["id"] = "def one():", "    return 1", "abc"
    homework.cells[OTHER].insert(place(homework, "one") + 1, second)


def lose_ids(homework):
    """As an editor that knows nothing of nbgrader saves them."""
    for number, cell in enumerate(homework.cells[OTHER]):
        cell.metadata.pop("nbgrader", None)
        cell["id"] = f"new-{number}"


def insert(cell):
    return lambda homework: homework.cells[OTHER].insert(3, cell)


def helper(homework):
    """An added cell that an answer needs."""
    insert(new_code_cell("import math\n\n\ndef root(x):\n    return math.sqrt(x)\n\n\nroot(4)"))(homework)
    homework.cell(OTHER, "one").source = "def one():\n    return root(1)"


def remove(id):
    return lambda homework: homework.cells[OTHER].remove(homework.cell(OTHER, id))


def move(homework):
    cells = homework.cells[OTHER]
    cells.append(cells.pop(place(homework, "two_value")))


SLIPS = {
    "a cell is split": (split, 'a cell was split or copied, so that it is there more than once: "def one():".'),
    "a cell is added": (insert(new_code_cell("import math")), '1 cell was added: "import math".'),
    "an added cell is needed": (
        helper,
        '1 cell was added: "import math". The grader neither runs nor marks what stands there, and takes along only '
        "what your answers use of it (root): move it into an answer cell",
    ),
    "a text is added": (insert(new_markdown_cell("my notes")), '1 cell was added: "my notes".'),
    "a test is removed": (remove("one_value"), '1 given cell was removed: "one is one.".'),
    "an answer is removed": (remove("two"), '1 answer cell cannot be found, which counts as unwritten: "def two():".'),
    "a test is changed": (
        lambda work: work.cell(OTHER, "one_value").update(source="pass"),
        '1 given cell was changed: "one is one.".',
    ),
    "a cell is moved": (move, "cells stand in another order than in the hand-out"),
    "ids are lost": (lose_ids, "7 cells lost nbgrader's data; they are recognised all the same, which costs nothing."),
    "a stub is left": (
        lambda work: work.cell(OTHER, "one").update(source=f"def one():\n    # YOUR CODE HERE\n    {STUB}"),
        "still to be written: 1 answer in code (one).",
    ),
    "a stub is left below code": (
        lambda work: work.cell(OTHER, "one").update(source=f"def one():\n    return 1\n    {STUB}"),
        "the line `raise NotImplementedError(...)` is still in one: delete it where your code stands.",
    ),
    "an answer is emptied": (
        lambda work: work.cell(OTHER, "why_answer").update(source=" \n"),
        'still to be written: 1 answer in words, 5 points ("Why? Say why.").',
    ),
    "a picture is linked": (
        lambda work: work.cell(OTHER, "why_answer").update(source="![plot](plot.png)"),
        "an answer shows plot.png from your disk, which a marker does not see: paste the picture itself.",
    ),
    "a picture is pasted as GIF": (
        lambda work: work.cell(OTHER, "why_answer").update(
            source="![plot](attachment:p.gif)", attachments={"p.gif": {"image/gif": "R0lG"}}
        ),
        "1 pasted picture will not be shown (p.gif)",
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_a_notebook_is_named(homework, slip):
    edit, sentence = SLIPS[slip]
    edit(homework)
    assert FILE + sentence in homework.said()


MODULE_SLIPS = {
    "an end marker is lost": (
        ("    # END OF BLOCK double\n", ""),
        "has lost marker lines of block double: put the line `# END OF BLOCK double` back",
    ),
    "a helper stands outside": (
        ("def double(x):", "def helper(x):\n    return x\n\n\ndef double(x):"),
        "2 lines were changed outside the blocks (first: line 4, `def helper(x):`)",
    ),
    "a block is emptied": (("    out = 2 * x\n", "    # later\n"), "1 block still to be written: double."),
    "a stub is left": (("    out = 2 * x\n", f"    {STUB}\n"), "1 block still to be written: double."),
    "a stub is left below code": (
        ("    out = 2 * x\n", f"    out = 2 * x\n    {STUB}\n"),
        "the line `raise NotImplementedError(...)` is still in block double: delete it.",
    ),
    "a typing error": (("    out = 2 * x\n", "    out = 2 * x)\n"), "does not compile: line 6, in block double,"),
    "autograd is used": (
        ("    out = 2 * x\n", "    x.sum().backward()\n    out = 2 * x.grad\n"),
        "block double uses autograd's .backward()",
    ),
}


def assert_said(remarks, said):
    """Each remark of the grader has its counterpart."""
    for remark in remarks:
        assert is_said(remark, said), f"not said before: {remark}"


@pytest.mark.parametrize("slip", SLIPS)
def test_what_the_grader_remarks_on_in_a_notebook_is_said_before(homework, slip):
    given = new_notebook(cells=copy.deepcopy(Homework(homework.folder / "fresh", homework.root).cells[OTHER]))
    SLIPS[slip][0](homework)
    said = homework.said()
    assert_said(lay_notebook(given, (homework.folder / f"{OTHER}.ipynb").read_bytes(), FILE)[1], said)


@pytest.mark.parametrize("slip", MODULE_SLIPS)
def test_what_the_grader_remarks_on_in_the_module_is_said_before(homework, slip):
    homework.module = homework.module.replace(*MODULE_SLIPS[slip][0])
    assert_said(lay_module(MODULE, homework.module.encode(), "m.py")[1], homework.said())


def test_an_empty_cell_at_the_end_is_nothing_to_speak_of(homework):
    homework.cells[OTHER].append(new_code_cell(""))
    assert homework.said().endswith("Nothing is at fault.")


@pytest.mark.parametrize("slip", MODULE_SLIPS)
def test_a_slip_in_the_module_is_named(homework, slip):
    change, sentence = MODULE_SLIPS[slip]
    homework.module = homework.module.replace(*change)
    assert f"fully_connected_networks.py: {sentence}" in homework.said()


def test_a_file_without_markers_is_taken_by_its_functions(homework):
    homework.module = "def double(x):\n    return 2 * x\n"
    said = homework.said()
    assert "has none of the hand-out's BLOCK lines: its functions are taken by their names" in said
    assert "triple not there, which counts as unwritten" in said


@pytest.mark.parametrize("fault", ["out = (3 * x", "out = 3 * x\n  more = 1", "if x:\n\tout = 1\n        out = 2"])
def test_a_block_that_does_not_compile_hides_no_tool_in_another(homework, fault):
    homework.block("triple", fault)
    homework.block("double", "x.sum().backward()\nout = 2 * x.grad")
    assert "block double uses autograd's .backward()" in homework.said()


@pytest.mark.parametrize(
    ("line", "tool"),
    [
        ("import torch.autograd", "torch.autograd"),
        ("from torch import optim", "torch.optim"),
        ("g = torch.autograd.grad(y, x)", "torch.autograd"),
        ("y.backward(dout)", "autograd's .backward()"),
        ("g = compute_numeric_gradient(f, x)", "compute_numeric_gradient"),
        ("dx = Linear.backward(dout, cache)", ""),
        ("dx = layer.backward(dout, cache)", ""),
        ("y = torch.nn.functional.one_hot(y)", ""),
    ],
)
def test_tools_that_make_gradients_are_told_from_backward_passes_of_ones_own(line, tool):
    said = say_by_hand("m.py", f"class Linear:\n    pass\n\n\n# BLOCK f: here\n{line}\n# END OF BLOCK f\n", {"f": 3})
    assert [each.points for each in said] == [3] * bool(tool)
    assert all(f"block f uses {tool}," in each.text for each in said)
