"""The same exam for everyone: what is drawn follows from the secret and the cell, and from nothing of the student's."""

import pytest
from mini import answer, given, graded, heading
from nbformat.v4 import new_notebook

from autograder.examiner.trial import lay_out, runner

CELLS = [
    heading("One"),
    given("imports", "import torch\nfrom libs import drawn"),
    answer("work", "import torch\n\ndef f(x):\n    return x, torch.rand(2)"),
    graded("tells", "# What is drawn.\nassert False, f'{f(drawn(\"tells\")(3))} {torch.rand(1)}'"),
]


def told(root, scratch, student, secret):
    """What the test saw of its inputs, of the student's random numbers and of its own."""
    lay_out(root, scratch, "")
    cells = [cell.copy() for cell in CELLS]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    resources = {
        "nbgrader": {"student": student, "notebook": "mini", "assignment": "hw2"}, "metadata": {"path": str(scratch)},
    }  # fmt: skip
    run = runner(root)
    run.secret = secret
    run.preprocess(new_notebook(cells=cells), resources)
    return resources["hw2"]["findings"].results[0].message


@pytest.mark.parametrize("other", ["402100102", "", "402100101 "])
def test_two_students_get_the_same_inputs_and_random_numbers(root, tmp_path, other):
    first, second = (told(root, tmp_path / str(n), who, "a") for n, who in enumerate(("402100101", other)))
    assert first == second and "tensor" in first


def test_another_secret_draws_others(root, tmp_path):
    assert told(root, tmp_path / "1", "1", "a") != told(root, tmp_path / "2", "1", "b")
