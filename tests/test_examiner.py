"""What a test cell comes to, in real kernels: only the run's own record counts."""

import textwrap

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.examiner.trial import try_notebook
from autograder.result import COULD_NOT_RUN, FAILED, PASSED


def answer(id, source):
    return cell(id, source, grade=False, solution=True, locked=False)


def graded(id, source, points=2):
    return cell(id, source, grade=True, solution=False, locked=True, points=points)


def cell(id, source, **flags):
    made = new_code_cell(textwrap.dedent(source).strip())
    made.metadata["nbgrader"] = {"grade_id": id, "task": False, "schema_version": 3, **flags}
    return made


def cells():
    """A situation in each cell."""
    made = [
        new_markdown_cell("## Ordinary"),
        answer(
            "work",
            """
            import warnings, sys

            def f(x):
                warnings.warn("slow")
                print("x", file=sys.stderr)
                return x
            """,
        ),
        graded("right", "# f returns x.\nassert f(1) == 1"),
        graded("chatter", "# f may talk.\nf(1)"),
        graded("wrong", "# f doubles.\nassert f(1) == 2"),
        graded("zero_shown", "# A number shown is not a mark.\nassert f(1) == 1\n0.0"),
        graded("number_shown", "# A number shown is not a mark.\nf(1) + 41\nassert f(1) == 3\n50"),
        graded(
            "sentence",
            """
            # The message is the check's own.
            from libs import expect
            import torch
            expect(torch.zeros(2), torch.zeros(3), call="f(x)", because="it has three rows", hint="count them")
            """,
        ),
        graded("not_defined", "# g exists.\ng(1)"),
        graded("unwritten", "# h is written.\ndef h():\n    raise NotImplementedError('here')\nh()"),
        graded("seed", "# Inputs are seeded.\nimport os\nassert len(os.environ['HW2_SEED']) == 64"),
        graded("random", "# Random numbers repeat.\nimport torch\nassert False, torch.rand(1).item()"),
        graded("budget", "# The small budget is in force.\nfrom libs import epochs\nassert epochs(10, graded=1) == 1"),
        new_markdown_cell("## Raises"),
        answer("raises", "1 / 0"),
        graded("after_raise", "# The section goes on.\nassert f(1) == 1"),
        new_markdown_cell("## Ends"),
        answer("ends", "import os\nos._exit(0)"),
        graded("after_exit", "# Not run.\nassert True"),
    ]
    for number, cell in enumerate(made):
        cell["id"] = f"cell-{number}"
    return made


@pytest.fixture(scope="module")
def runs(root, tmp_path_factory):
    """The results of two runs of one notebook, by grade id."""
    folders = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("two")
    return [
        {result.id: result for result in try_notebook(new_notebook(cells=cells()), "mini", "", root, folder)}
        for folder in folders
    ]


@pytest.fixture(scope="module")
def results(runs):
    return runs[0]


def test_the_same_submission_gives_the_same_record_every_time(runs):
    assert runs[0] == runs[1]
    assert runs[0]["random"].message.startswith("The test could not finish, because your code stopped with Assertion")


@pytest.mark.parametrize("id", ["right", "chatter", "zero_shown", "seed", "budget", "after_raise"])
def test_a_cell_that_runs_to_its_end_passes_whatever_it_prints_warns_or_shows(results, id):
    assert (results[id].state, results[id].points) == (PASSED, 2)


@pytest.mark.parametrize("id", ["wrong", "number_shown", "sentence", "not_defined", "unwritten"])
def test_a_cell_that_raises_gets_nothing_whatever_it_shows(results, id):
    assert (results[id].state, results[id].points) == (FAILED, 0)


def test_the_message_says_what_was_called_what_came_and_what_was_expected(results):
    assert results["sentence"].message == (
        "Called f(x). It returned a result of shape (2,). Expected shape (3,), because it has three rows.\n"
        "Hint: count them"
    )


def test_an_error_of_the_students_is_named_in_a_sentence(results):
    assert results["not_defined"].message == (
        "The test could not finish, because your code stopped with NameError: name 'g' is not defined"
        "\nHint: a cell above, which should have made it, did not run to its end."
    )
    assert results["unwritten"].message.startswith("This part is still to be written")


def test_a_kernel_that_died_costs_no_points_and_waits_for_a_person(results):
    assert (results["after_exit"].state, results["after_exit"].points) == (COULD_NOT_RUN, None)
    assert results["after_exit"].message == "the kernel died in cell ends"
