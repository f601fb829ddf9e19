"""Cells that were split, copied, moved, turned into text: the look before packing runs what the grader runs."""

import copy

import pytest
from mini import findings_of
from nbformat.v4 import new_markdown_cell, new_notebook
from small_homework import OTHER, STUB, Homework

from autograder.answers.notebook import lay_notebook
from autograder.result import PASSED

LONG = "def two():\n    total = 0\n    for step in (1, 1):\n        total += step\n\n    return total"
RAISES = "def one():\n    return 1\n\n\n1 / 0"


@pytest.fixture()
def homework(root, tmp_path):
    """The solved one, where a student works."""
    return Homework(tmp_path, root).solve()


def split(id, *pieces, far=False):
    """As JupyterLab splits a cell: all pieces keep nbgrader's data. far: those after the first stand at the end."""

    def edit(homework):
        cells, cell = homework.cells[OTHER], homework.cell(OTHER, id)
        place = len(cells) if far else cells.index(cell) + 1
        rest = [copy.deepcopy(cell) for _ in pieces[1:]]
        for number, (each, source) in enumerate(zip([cell, *rest], pieces, strict=True)):
            each.source, each["id"] = source, f"{id}-{number}"
        cells[place:place] = rest

    return edit


def move_up(homework):
    """A cell of a given kind above the answer that it calls."""
    cells = homework.cells[OTHER]
    cells.insert(0, cells.pop(cells.index(homework.cell(OTHER, "made"))))


def turn_into_text(homework):
    cells, cell = homework.cells[OTHER], homework.cell(OTHER, "two")
    cells[cells.index(cell)] = new_markdown_cell(cell.source, id=cell["id"], metadata=cell.metadata)


def lose_both_ids(homework):
    """A copied answer, both copies without nbgrader's data: the last definition counts."""
    split("one", "def one():\n    return 0", "def one():\n    return 1")(homework)
    for cell in homework.cells[OTHER]:
        if cell["id"].startswith("one-"):
            cell.metadata.pop("nbgrader")


PIECES = {
    "in a function": split("two", *LONG.split("\n\n")),
    "in a loop": split("two", LONG[: LONG.index("        total +=")], LONG[LONG.index("        total +=") :]),
    "in three": split("two", "def two():", "    half = 1", "    return half + half"),
    "far apart": split("two", *LONG.split("\n\n"), far=True),
    "a stub copied below the answer": split(
        "one", "def one():\n    return 1", f"def one():\n    # YOUR CODE HERE\n    {STUB}"
    ),
    "an answer emptied in its copy": split("one", "def one():\n    return 1", " \n"),
    "a test": split("two_value", "# two is two.", "assert second == 2 and one() == 1"),
    "a test changed in its copy": split("one_value", "# one is one.\nassert one() == 1", "assert one() == 3"),
    "a given cell moved": move_up,
    "an answer turned into text": turn_into_text,
    "two copies without ids": lose_both_ids,
    "an error in a piece": split("one", *RAISES.split("\n\n\n")),
    "a stub split": split("one", "def one():\n    # YOUR CODE HERE", f"    {STUB}"),
}
LOSES = {"an error in a piece": {"one_value"}, "a stub split": {"one_value", "two_value"}}


@pytest.mark.parametrize("name", PIECES)
def test_the_look_finds_of_pieces_what_the_grader_finds(homework, name, root, tmp_path):
    given = new_notebook(cells=copy.deepcopy(Homework(tmp_path / "fresh", root).cells[OTHER]))
    PIECES[name](homework)
    said = homework.said(OTHER)
    laid, _ = lay_notebook(given, (homework.folder / f"{OTHER}.ipynb").read_bytes(), OTHER)
    found = findings_of(root, tmp_path / "scratch", laid.cells, name=OTHER)
    passed = {each.id for each in found.results if each.state == PASSED and each.section not in found.raised}
    assert passed == {"one_value", "two_value"} - LOSES.get(name, set())
    points = {"one_value": 2, "two_value": 5}
    assert f"{len(passed)} of 2 visible checks pass ({sum(map(points.get, passed))} of 7 points)" in said


def test_a_stub_in_two_pieces_is_still_to_be_written(homework):
    PIECES["a stub split"](homework)
    assert "still to be written: 1 answer in code (one)." in homework.said()


def test_an_added_helper_is_named_when_an_answer_that_was_split_needs_it(homework):
    split("two", "def two():", "    return one() + root(1)")(homework)
    helper = copy.deepcopy(homework.cell(OTHER, "made"))
    helper.metadata.pop("nbgrader")
    helper.source, helper["id"] = "def root(x):\n    return x", "helper"
    homework.cells[OTHER].insert(2, helper)
    assert "takes along only what your answers use of it (root)" in homework.said()
