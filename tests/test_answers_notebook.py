"""A student's answer cells laid into the instructor's notebook, whatever was done to the notebook."""

import copy
import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder import assignment
from autograder.answers.changes import module_changes, notebook_changes
from autograder.answers.notebook import lay_notebook

NAME = "forward_forward_supervised"
ANSWER = "def goodness(h):\n    return (h * h).sum(1)"


@pytest.fixture(scope="module")
def instructor(root):
    return assignment.read(assignment.source_folder(root) / f"{NAME}.ipynb")


@pytest.fixture()
def student(root):
    notebook = assignment.read(root / "release" / "hw2" / f"{NAME}.ipynb")
    cell_of(notebook, "goodness").source = ANSWER
    return notebook


def cell_of(notebook, id):
    return next(cell for cell in notebook.cells if assignment.grade_id(cell) == id)


def index_of(notebook, id):
    return notebook.cells.index(cell_of(notebook, id))


def lay(instructor, notebook):
    return lay_notebook(instructor, nbformat.writes(notebook).encode(), "nb")


def given(notebook):
    """What the instructor decides: everything but the answers."""
    return [(c.cell_type, c.source, c.metadata) for c in notebook.cells if not assignment.is_answer(c)]


def test_answers_come_from_the_student_and_the_rest_from_the_instructor(instructor, student):
    result, remarks = lay(instructor, student)
    assert remarks == []
    assert cell_of(result, "goodness").source == ANSWER
    assert given(result) == given(instructor)


def test_no_solution_stays_where_an_answer_is_missing(instructor):
    result, _ = lay_notebook(instructor, None, "nb")
    assert "SOLUTION" not in json.dumps(result)
    for cell in result.cells:
        if assignment.is_answer(cell) and cell.cell_type == "code" and assignment.grade_id(cell) != "identity":
            assert "NotImplementedError" in cell.source


def test_tags_on_locked_cells_are_gone(instructor, student):
    for cell in student.cells:
        cell.metadata["tags"] = ["skip-execution", "raises-exception"]
    result, _ = lay(instructor, student)
    assert not any("tags" in cell.metadata for cell in result.cells)


def test_points_flags_and_types_of_cells_are_the_instructors(instructor, student):
    for cell in student.cells:
        if assignment.is_test(cell):
            cell.metadata.nbgrader.update(points=1000, grade=False, solution=True)
            cell.source = "pass"
    result, _ = lay(instructor, student)
    assert given(result) == given(instructor)


def test_deleted_tests_are_put_back_and_named(instructor, student):
    test = next(cell for cell in student.cells if assignment.is_test(cell))
    student.cells.remove(test)
    result, remarks = lay(instructor, student)
    assert given(result) == given(instructor)
    assert remarks == [f"nb: cell {assignment.grade_id(test)} was removed: put back"]


def test_a_deleted_answer_counts_as_unanswered(instructor, student):
    student.cells.remove(cell_of(student, "goodness"))
    result, remarks = lay(instructor, student)
    assert "NotImplementedError" in cell_of(result, "goodness").source
    assert remarks == ["nb: cell goodness is not there: it counts as unanswered"]


def test_a_split_answer_is_joined_in_order(instructor, student):
    first = cell_of(student, "goodness")
    second = copy.deepcopy(first)
    first.source, second.source = "def square(h):\n    return h * h", "def goodness(h):\n    return square(h).sum(1)"
    student.cells.insert(index_of(student, "goodness") + 1, second)
    result, remarks = lay(instructor, student)
    assert cell_of(result, "goodness").source == first.source + "\n\n" + second.source
    assert remarks == ["nb: cell goodness is there 2 times: joined in their order"]


def test_a_copy_of_an_answer_that_was_never_written_is_left_out(instructor, student, root):
    stub = copy.deepcopy(cell_of(assignment.read(root / "release" / "hw2" / f"{NAME}.ipynb"), "goodness"))
    student.cells.append(stub)
    assert cell_of(lay(instructor, student)[0], "goodness").source == ANSWER


def test_added_cells_are_counted_and_not_run(instructor, student):
    student.cells.insert(3, new_code_cell("raise SystemExit"))
    student.cells.append(new_markdown_cell("thank you"))
    result, remarks = lay(instructor, student)
    assert len(result.cells) == len(instructor.cells)
    assert remarks == ["nb: 2 cells were added: they are not run and not marked"]


def test_lost_metadata_and_ids_are_recognised_by_content(instructor, student):
    raw = json.loads(nbformat.writes(student))
    raw["nbformat_minor"] = 4
    for cell in raw["cells"]:
        cell["metadata"] = {}
        cell.pop("id", None)
    result, remarks = lay_notebook(instructor, json.dumps(raw).encode(), "nb")
    assert cell_of(result, "goodness").source == ANSWER
    assert "nb: cell goodness has lost its id and was recognised by its content" in remarks


def test_an_explanation_without_its_id_is_found_below_its_question(instructor, student):
    task = next(cell for cell in student.cells if assignment.is_task(cell))
    below = student.cells[student.cells.index(task) + 1]
    name, below.source = assignment.grade_id(below), "because goodness grows"
    raw = json.loads(nbformat.writes(student))
    for cell in raw["cells"]:
        cell["metadata"] = {}
        cell.pop("id", None)
    result, _ = lay_notebook(instructor, json.dumps(raw).encode(), "nb")
    assert cell_of(result, name).source == "because goodness grows"


def test_a_notebook_of_format_3_is_read(instructor, student):
    old = nbformat.convert(copy.deepcopy(student), 3)
    result, _ = lay_notebook(instructor, json.dumps(old).encode(), "nb")
    assert cell_of(result, "goodness").source == ANSWER


@pytest.mark.parametrize("data", [b"", b'{"cells": [{"cell_ty', b"[]", b"\xff\xfe\x00", b'{"cells": 3}', b"null"])
def test_what_is_no_notebook_is_named_with_the_repair(instructor, data):
    result, remarks = lay_notebook(instructor, data, "nb.ipynb")
    assert remarks == [
        "nb.ipynb is not a notebook that can be read: "
        "its cells count as unanswered; ask for the file and collect it again"
    ]
    assert given(result) == given(instructor)


def test_laying_twice_changes_nothing(instructor, student):
    once, _ = lay(instructor, student)
    twice, remarks = lay(instructor, once)
    assert twice == once and remarks == []


def test_many_removed_cells_are_one_remark(instructor, student):
    student.cells = [cell for cell in student.cells if not assignment.is_test(cell)]
    count = sum(assignment.is_test(cell) for cell in instructor.cells)
    _, remarks = lay(instructor, student)
    assert len(remarks) == 1 and remarks[0].startswith(f"nb: {count} cells were removed: put back (")


def test_a_helper_in_an_added_cell_or_a_changed_given_one_goes_along_into_the_answer_that_needs_it(instructor, student):
    cell_of(student, "goodness").source = "def goodness(h):\n    return total(h * h)"
    student.cells.insert(
        3, new_code_cell("def total(x):\n    return operator.methodcaller('sum', 1)(x)\n\n\nh = 1 / 0")
    )
    first = next(cell for cell in student.cells if cell.cell_type == "code" and "import torch" in cell.source)
    first.source += "\nimport operator"
    result, remarks = lay(instructor, student)
    names = {}
    exec(cell_of(result, "goodness").source, names)
    assert "total" in names and "operator" in names and "h" not in names
    assert "nb: cell goodness needs operator, total from outside the answer cells: taken along" in remarks
    assert f"nb: given cells were changed, and are not run as changed: {assignment.grade_id(first)}" in remarks
    assert given(result) == given(instructor)


def test_what_was_changed_outside_the_answers_is_there_as_a_diff(instructor, student):
    student.cells.insert(3, new_code_cell("raise SystemExit"))
    del student.cells[index_of(student, "goodness") + 1]
    text = notebook_changes(instructor, nbformat.writes(student).encode(), "nb.ipynb")
    added = [line for line in text.splitlines() if line.startswith("+") and not line.startswith("+++")]
    assert "+raise SystemExit" in added and len(added) == 2
    assert any(line.startswith("-[") for line in text.splitlines()) and "sum(1)" not in text and "oracle" not in text


def test_an_untouched_hand_out_has_no_remark_and_no_diff(instructor, root):
    for path in (root / "release" / "hw2").glob("*.ipynb"):
        ours = assignment.read(assignment.source_folder(root) / path.name)
        assert lay_notebook(ours, path.read_bytes(), "nb")[1] == []
        assert notebook_changes(ours, path.read_bytes(), "nb") == ""
    module = (assignment.source_folder(root) / assignment.MODULE).read_text(encoding="utf-8")
    assert module_changes(module, (root / "release" / "hw2" / assignment.MODULE).read_bytes(), "m.py") == ""


def test_answers_are_recognised_in_the_hand_out_itself_when_their_ids_are_gone(root, student):
    """Collecting lays answers into release/, where stubs stand in the place of solutions."""
    given = assignment.read(root / "release" / "hw2" / f"{NAME}.ipynb")
    for number, cell in enumerate(student.cells):
        cell["id"] = f"another-{number}"
        if assignment.is_answer(cell) and assignment.grade_id(cell) != assignment.IDENTITY:
            cell.metadata.nbgrader.grade_id = f"cell-{number}"
    result, remarks = lay(given, student)
    assert cell_of(result, "goodness").source == ANSWER
    assert cell_of(result, "embed_label").source == cell_of(given, "embed_label").source
    assert "nb: cell goodness has lost its id and was recognised by its content" in remarks
    assert not any("added" in remark for remark in remarks)


def test_given_cells_without_ids_are_not_taken_for_added_ones(instructor, student):
    for cell in student.cells:
        cell.metadata = nbformat.from_dict({})
        cell.pop("id")
    data = json.dumps({**student, "nbformat_minor": 4}).encode()
    result, remarks = lay_notebook(instructor, data, "nb")
    assert cell_of(result, "goodness").source == ANSWER
    assert not any("added" in remark or "removed" in remark for remark in remarks)
