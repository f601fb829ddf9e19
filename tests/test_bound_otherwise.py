"""What a file without our markers binds to our names counts, whatever statement does; what is broken costs itself."""

import ast

import pytest

from autograder import assignment
from autograder.answers.module import lay_module

ADAM = "def adam(w, dw, config=None):\n    return w - dw, config"


@pytest.fixture(scope="module")
def ours(root):
    return (assignment.source_folder(root) / assignment.MODULE).read_text(encoding="utf-8")


def laid(ours, student):
    """The module with the student's text in it; laying it in twice changes nothing."""
    text, remarks = lay_module(ours, student.encode(), assignment.MODULE)
    assert lay_module(ours, text.encode(), assignment.MODULE)[0] == text
    return text, " ".join(remarks)


@pytest.mark.parametrize(
    ("student", "kept"),
    [
        ("rates = (0.1, 0.2)\nget_three_layer_network_params = lambda: rates\n", "rates = (0.1, 0.2)"),
        ("FAST = True\nif FAST:\n    " + ADAM.replace("\n", "\n    ") + "\nelse:\n    adam = None\n", "FAST = True"),
        ("try:\n    from fast import adam\nexcept ImportError:\n    " + ADAM.replace("\n", "\n    ") + "\n", "w - dw"),
        (ADAM.replace("adam", "mine") + "\n\nadam = mine\n", "def mine(w"),
        (ADAM + "\n\nadam_first = adam\n", "return w - dw"),
        ("def logged(f):\n    return f\n\n\n" + ADAM + "\n\nadam = logged(adam)\n", "return w - dw"),
    ],
    ids=["lambda", "if", "try", "another name", "read later", "wrapped by itself"],
)
def test_a_name_of_ours_counts_whatever_statement_binds_it(ours, student, kept):
    text, remarks = laid(ours, student)
    name = "get_three_layer_network_params" if "rates" in student else "adam"
    assert kept in text and name not in remarks.partition("without ")[2].partition(":")[0].split(", ")
    assert ast.parse(text)


def test_each_statement_that_does_not_compile_is_left_out_and_said_and_no_other_is(ours):
    student = "!pip install x\n%matplotlib inline\nfrom math import *\nimport numpy as np\nprint 1\n" + ADAM.replace(
        "w - dw", "w - expm1(0.0) * np.ones(1)"
    )
    text, remarks = laid(ours, student)
    assert "from math import *" in text and "import numpy as np" in text and "expm1(0.0)" in text
    assert "line 1, line 2, line 5)" in remarks


def test_a_docstring_that_is_never_closed_costs_its_function_and_nothing_below(ours):
    rmsprop = 'def rmsprop(w, dw, config=None):\n    """It is never closed.\n    return w, config\n'
    helper = 'def halved(w):\n    """Half."""\n    return w / 2\n'
    text, remarks = laid(ours, "\n\n".join([rmsprop, helper, ADAM.replace("w - dw", "halved(w)")]) + "\n")
    assert "block rmsprop does not compile" in remarks and "def halved(w)" in text and "return halved(w)" in text


def test_a_docstring_that_speaks_of_functions_is_one_string(ours):
    student = (
        'def sgd_momentum(w, dw, config=None):\n    """Not\ndef adam(w): pass\n    """\n    return w, config\n\n\n'
        + ADAM
    )
    text, _ = laid(ours, student)
    assert "return w - dw, config" in text
