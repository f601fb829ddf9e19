"""What stands below a test cell: what passed and what it is worth, in a notebook only, and once."""

import os
import subprocess
import sys

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

EXPECT = 'expect({got}, 1.0, call="f()", because="f is one")'
RIGHT = "# f returns one. (2 points)\n# Hint: count.\n" + EXPECT.format(got=1.0)
WRONG = "# f returns two. (1 point)\n# Hint: count again.\n" + EXPECT.format(got=2.0)
RAISES = "# f does not raise. (1.5 points)\n# Hint: look at f.\nraise ValueError('no')"
MENDED = WRONG.replace("2.0", "1.0")
READ_AGAIN = (
    "import importlib, libs.passing, libs.checks\nfor module in (libs.passing, libs.checks): importlib.reload(module)"
)
PLAIN = "# No test, as it names no points.\n" + EXPECT.format(got=1.0)

PASSED = "Passed (2 points): f returns one. The grader asks with other numbers, too.\n"
FIRST = 'Mend the first one first: "f returns two." does not pass either, and this one may be built on it.\n'


def run(root, *cells, **more):
    """What each of these cells leaves below itself, in a kernel that has loaded the checks."""
    notebook = new_notebook(cells=[new_code_cell(source) for source in ("from libs import expect", *cells)])
    folder = {"metadata": {"path": str(root / "source" / "hw2")}}
    plain = {name: value for name, value in os.environ.items() if name not in ("NBGRADER_EXECUTION", "PYTHONPATH")}
    NotebookClient(notebook, timeout=300, allow_errors=True, resources=folder).execute(env={**plain, **more})
    return ["".join(map(text_of, cell.outputs)) for cell in notebook.cells[1:]]


def text_of(output):
    return output.get("text") or "\n".join(output.get("traceback", ["?"])) + "\n"


@pytest.fixture(scope="module")
def below(root):
    """What stands below each cell, by its source; of a cell that is run twice, the second time."""
    cells = [PLAIN, RIGHT, WRONG, RAISES, MENDED, RAISES + "  # again", READ_AGAIN, RIGHT + "\n"]
    return dict(zip(cells, run(root, *cells), strict=True))


def test_a_test_that_passes_says_so_in_one_line_with_its_points(below):
    assert below[RIGHT] == PASSED


def test_a_check_that_fails_is_followed_by_what_it_is_worth_and_by_the_cells_hint(below):
    check, _, worth = below[WRONG].partition("Not passed yet ")
    assert check.startswith("This check did not pass.\n\nCalled f(). It returned a result that is off by ")
    assert worth == "(1 point): f returns two.\nHint: count again.\n"


def test_a_later_failure_names_the_first_one_and_gives_no_hint_beside_an_error_of_another_kind(below):
    _, _, worth = below[RAISES].partition("Not passed yet ")
    assert worth == f"(1.5 points): f does not raise.\n{FIRST}"


def test_what_is_mended_is_not_named_any_more(below):
    assert below[MENDED].startswith("Passed (1 point): f returns two.")
    assert below[RAISES + "  # again"].endswith("Not passed yet (1.5 points): f does not raise.\n")


def test_other_cells_say_nothing(below):
    assert below[PLAIN] == "" and below[READ_AGAIN] == ""


def test_files_that_are_read_again_speak_once_all_the_same(below):
    assert below[RIGHT + "\n"] == PASSED


def test_nothing_is_said_in_the_grader(root):
    assert run(root, RIGHT, NBGRADER_EXECUTION="autograde") == [""]


def test_checks_outside_of_a_notebook_do_without_ipython(root):
    code = "import sys, libs.checks; assert 'IPython' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], cwd=root / "source" / "hw2", check=True)
