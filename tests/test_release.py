"""The hand-out and the linter that proves the assignment."""

import re
import shutil
import subprocess
import zipfile

import nbformat
import pytest

from autograder import assignment
from autograder.release import lint, step
from autograder.release.pack import pack
from autograder.release.prove import solutions_pass
from autograder.stubs import strip_module


@pytest.fixture()
def copy(root, tmp_path):
    """A course folder to break things in."""
    for name in ("source", "release"):
        shutil.copytree(root / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("nbgrader_config.py", "gradebook.db"):
        shutil.copy(root / name, tmp_path)
    for name in ("data", "theory"):
        (tmp_path / name).symlink_to(root / name)
    return tmp_path


def edit(root, name, change):
    path = assignment.source_folder(root) / f"{name}.ipynb"
    notebook = assignment.read(path)
    change(notebook)
    nbformat.write(notebook, path)


def first_test(notebook):
    return next(cell for cell in notebook.cells if assignment.is_test(cell))


@pytest.mark.parametrize("rule", lint.RULES, ids=lambda rule: rule.__name__)
def test_the_assignment_keeps_every_rule(root, rule):
    assert list(rule(root)) == []


def test_deleting_a_line_of_a_solution_is_found_by_notebook_and_cell(copy):
    module = assignment.source_folder(copy) / assignment.MODULE
    text = module.read_text(encoding="utf-8")
    line = re.search(r"^ +db = dout\.sum.*\n", text, re.MULTILINE)
    module.write_text(text.replace(line[0], ""), encoding="utf-8")
    problems = list(solutions_pass(copy, ("fully_connected_networks",)))
    assert any(problem.startswith("fully_connected_networks, cell linear_backward_db:") for problem in problems)


def test_a_solution_that_is_left_in_the_release_is_found(copy):
    path = copy / "release" / "hw2" / assignment.MODULE
    shutil.copy(assignment.source_folder(copy) / assignment.MODULE, path)
    assert any("BEGIN SOLUTION" in problem for problem in lint.release_keeps_secrets(copy))


def test_a_release_or_gradebook_out_of_step_is_found(copy):
    def more_points(notebook):
        first_test(notebook).metadata.nbgrader.points += 1

    edit(copy, "forward_forward_supervised", more_points)
    name = "forward_forward_supervised"
    found = list(step.release_in_step(copy))
    assert f"release/hw2/{name}.ipynb: out of step with source/; run make release" in found
    assert "release/hw2/README.md: out of step with source/; run make release" in found  # points stand there, too
    assert not any("theory.ipynb" in problem for problem in found)
    assert any(f"gradebook.db, {name}/" in problem for problem in step.gradebook_in_step(copy))
    assert list(lint.points_add_up(copy)) == [
        f"{name}: its cells are worth 76 points, the homework says 75 "
        "(POINTS in autograder/release/lint.py); change the cells' points"
    ]


def test_an_id_used_twice_is_found(copy):
    def twice(notebook):
        notebook.cells[3].metadata["nbgrader"] = dict(first_test(notebook).metadata.nbgrader)

    edit(copy, "forward_forward_supervised", twice)
    assert any("used twice" in problem for problem in lint.ids_are_unique(copy))


def test_points_that_students_read_and_points_that_count_may_not_differ(copy):
    path = copy / "source" / "hw2" / "fully_connected_networks.ipynb"
    path.write_text(path.read_text().replace("returns x w + b. (2 points)", "returns x w + b. (3 points)", 1))
    assert list(lint.students_see_points(copy)) == [
        "fully_connected_networks, cell linear_forward_value: is worth 2; end its first line with `(2 points)`"
    ]


def test_a_test_that_nobody_reads_in_one_look_is_found(copy):
    def longer(notebook):
        first_test(notebook).source += "\npass" * 30

    edit(copy, "forward_forward_supervised", longer)
    (problem,) = lint.tests_are_short(copy)
    assert problem.startswith("forward_forward_supervised, cell mnist_loaders_shape: ") and "ask less" in problem


def test_saved_output_is_found(copy):
    def output(notebook):
        first_test(notebook).outputs = [nbformat.v4.new_output("stream", text="42")]

    edit(copy, "forward_forward_supervised", output)
    assert any("saved output" in problem for problem in lint.nothing_is_saved(copy))


def test_a_task_without_a_marking_scheme_is_found(copy):
    def without(notebook):
        task = next(cell for cell in notebook.cells if assignment.is_task(cell))
        task.source = task.source.split("=== BEGIN")[0]

    edit(copy, "forward_forward_supervised", without)
    assert any("no marking scheme" in problem for problem in lint.tasks_have_schemes(copy))


def test_release_holds_no_solution_and_no_hidden_test(root):
    found = subprocess.run(["grep", "-rE", "BEGIN (SOLUTION|HIDDEN)", root / "release"], capture_output=True, text=True)
    assert (found.returncode, found.stdout) == (1, "")


def test_answer_cells_of_the_release_hold_stubs_only(root):
    for name in assignment.NOTEBOOKS:
        for cell in assignment.read(root / "release" / "hw2" / f"{name}.ipynb").cells:
            if assignment.is_answer(cell) and assignment.grade_id(cell) != assignment.IDENTITY:
                assert "still to be written" in cell.source or cell.source == "*Write your answer here.*"


def test_the_stub_says_kindly_what_to_do():
    text = strip_module("def f():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION\n")
    with pytest.raises(NotImplementedError, match="this part is still to be written: replace this line with your code"):
        exec(text + "f()", {})


def test_the_gradebook_holds_no_student(root):
    import sqlite3

    with sqlite3.connect(f"file:{root / 'gradebook.db'}?mode=ro", uri=True) as database:
        assert database.execute("select count(*) from student").fetchone() == (0,)
        assert database.execute("select name from assignment").fetchall() == [("hw2",)]


def test_the_hand_out_is_complete_and_the_same_bytes_every_time(copy):
    first = pack(copy).read_bytes()
    assert pack(copy).read_bytes() == first
    with zipfile.ZipFile(copy / "dist" / "HW2.zip") as archive:
        names = set(archive.namelist())
    wanted = {f"HW2/{name}.ipynb" for name in assignment.NOTEBOOKS} | {
        "HW2/fully_connected_networks.py", "HW2/libs/solver.py", "HW2/data/mnist/train-images-idx3-ubyte.gz",
        "HW2/README.md", "HW2/requirements.txt", "HW2/libs/grader.json",
    }  # fmt: skip
    assert wanted <= names
