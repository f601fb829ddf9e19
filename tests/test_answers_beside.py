"""Where a student's text stands that is in no answer cell of its own, and what is nothing written."""

import copy
import json
import random

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder import assignment
from autograder.answers.blank import says_more
from autograder.answers.notebook import answered, lay_notebook
from autograder.stubs import TEXT_STUB

NAME, ANSWER = "theory", "theory_1a_answer"
MINE = "Because the sigmoid is flat there.\n\n$$s' = s(1 - s)$$"


@pytest.fixture(scope="module")
def instructor(root):
    return assignment.read(assignment.source_folder(root) / f"{NAME}.ipynb")


@pytest.fixture(scope="module")
def released(root):
    return assignment.read(root / "release" / "hw2" / f"{NAME}.ipynb")


@pytest.fixture()
def given(released):
    return copy.deepcopy(released)


def cell_of(notebook, id):
    return next(cell for cell in notebook.cells if assignment.grade_id(cell) == id)


def lay(instructor, notebook):
    return lay_notebook(instructor, json.dumps(notebook).encode(), "nb")


def without_ids(notebook):
    for cell in notebook.cells:
        cell.pop("id", None)
        cell.metadata = {}
    return notebook


def added(step):
    def change(notebook):
        at = notebook.cells.index(cell_of(notebook, ANSWER))
        notebook.cells.insert(at + step, new_markdown_cell(MINE))

    return change


def typed(place):
    def change(notebook):
        question = cell_of(notebook, ANSWER.removesuffix("_answer"))
        lines = question.source.splitlines()
        at = {"above": 0, "inside": len(lines) // 2, "below": len(lines)}[place]
        question.source = "\n".join([*lines[:at], MINE, *lines[at:]])

    return change


@pytest.mark.parametrize("change", [added(0), added(1), typed("above"), typed("inside"), typed("below")])
def test_what_stands_beside_an_empty_answer_is_taken_for_it_and_said(instructor, released, given, change):
    change(given)
    laid, remarks = lay(instructor, given)
    assert cell_of(laid, ANSWER).source == MINE
    assert any(f"cell {ANSWER} is empty: its answer was taken from" in remark for remark in remarks)
    assert answered(released, json.dumps(given).encode()) == [ANSWER]
    assert lay(instructor, laid)[0] == laid  # the marking scheme in the grader's own cells is nobody's answer


def test_a_picture_in_an_added_cell_comes_along(instructor, given):
    cell = new_markdown_cell("![x](attachment:x.png)", attachments={"x.png": {"image/png": "AAAA"}})
    given.cells.insert(given.cells.index(cell_of(given, ANSWER)) + 1, cell)
    assert cell_of(lay(instructor, given)[0], ANSWER)["attachments"] == {"x.png": {"image/png": "AAAA"}}


@pytest.mark.parametrize("change", [added(1), typed("below")])
def test_an_answer_in_its_own_cell_stays_alone(instructor, given, change):
    change(given)
    cell_of(given, ANSWER).source = "My answer."
    assert cell_of(lay(instructor, given)[0], ANSWER).source == "My answer."


def test_a_question_that_was_only_reworded_is_no_answer(instructor, given):
    question = cell_of(given, ANSWER.removesuffix("_answer"))
    question.source = question.source.upper() + " please"
    assert cell_of(lay(instructor, given)[0], ANSWER).source == TEXT_STUB


def test_the_hand_out_itself_answers_nothing(released):
    assert answered(released, json.dumps(released).encode()) == []


def test_a_notebook_from_last_cell_to_first_keeps_each_answer_with_its_question(instructor, given):
    for number in (1, 2, 5):
        cell_of(given, f"theory_{number}a_answer").source = f"Answer to {number}."
    given.cells = given.cells[::-1]
    laid, _ = lay(instructor, without_ids(given))
    assert [cell_of(laid, f"theory_{n}a_answer").source for n in (1, 2, 5)] == [f"Answer to {n}." for n in (1, 2, 5)]


@pytest.mark.parametrize("seed", range(12))
def test_no_damage_to_its_cells_brings_an_exception_about(instructor, given, seed):
    chance = random.Random(seed)
    damaged = without_ids(copy.deepcopy(given)) if seed % 2 else copy.deepcopy(given)
    for _ in range(60):
        at, cells = chance.randrange(len(damaged.cells) - 1), damaged.cells
        kind = chance.choice(["delete", "double", "swap", "merge", "cut", "add", "code"])
        if kind == "delete" and len(cells) > 5:
            del cells[at]
        elif kind == "double":
            cells.insert(chance.randrange(len(cells)), copy.deepcopy(cells[at]))
        elif kind == "swap":
            cells[at], cells[-1] = cells[-1], cells[at]
        elif kind == "merge" and len(cells) > 5:
            cells[at].source += "\n\n" + cells.pop(at + 1).source
        elif kind == "cut":
            cells[at].source, rest = cells[at].source[:20], cells[at].source[20:]
            cells.insert(at + 1, new_markdown_cell(rest))
        elif kind in ("add", "code"):
            cells.insert(at, new_markdown_cell(MINE) if kind == "add" else new_code_cell("x = 1"))
    laid, _ = lay_notebook(instructor, json.dumps(damaged).encode(), "nb")
    nbformat.validate(laid)


NOTHING = {
    "blanks": "  \n\u00a0\n\t",
    "zero width": "\u200b\ufeff\u2060",
    "a frame": '<div dir="rtl">\n\n\n</div>\n',
    "frames in frames": "<div><p align='right'>&nbsp;</p><br/></div><!-- my answer -->",
    "the placeholder in a frame": f'<div dir="rtl">\n\n{TEXT_STUB}\n\n</div>',
    "letters that look like a space": "\u2800 \u3164",
}
SOMETHING = {
    "a number": "7",
    "a picture": '<div><img src="attachment:a.png"></div>',
    "Persian in a frame": '<div dir="rtl">پاسخ</div>',
    "beside the placeholder": f"{TEXT_STUB}\nyes",
    "only signs": "∎",
    "a comparison": "a < b and c > d",
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_what_cannot_be_seen_is_nothing_written(text):
    assert not says_more(text, TEXT_STUB)


@pytest.mark.parametrize("text", SOMETHING.values(), ids=SOMETHING)
def test_what_can_be_seen_is_written(text):
    assert says_more(text, TEXT_STUB)
