"""A student's own text around and in the blocks: line ends, depth, what stands left, what comes along."""

import pytest
from test_answers_module import INSTRUCTOR, filled, run

from autograder.answers.module import lay_module


def written(lines):
    """The hand-out with these very lines as one block."""
    return filled(forward="HERE").replace("        HERE", lines)


def without_markers(text):
    return "\n".join(line for line in text.split("\n") if "BLOCK" not in line)


@pytest.mark.parametrize("odd", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e"])
def test_only_pythons_own_line_ends_end_lines(odd):
    student = written(f'        said = "a{odd}b"\n        out = x * (len(said) - 1)  # a{odd}b')
    text, remarks = lay_module(INSTRUCTOR, student.encode(), "m.py")
    assert remarks == [] and run(text)["Net"].forward(3) == 6
    assert lay_module(INSTRUCTOR, text.encode(), "m.py") == (text, [])


DEEP = {
    "sum": "w = " + "+".join(["w"] * 6000),
    "minus": "w = " + "-" * 20_000 + "w",
    "lists": "w = " + "[" * 5000 + "w" + "]" * 5000,
    "attributes": "w = w" + ".real" * 6000,
    "elif": "if w:\n    w = 1\n" + "elif w:\n    w = 1\n" * 6000,
    "break": "break",
}


@pytest.mark.parametrize("deep", DEEP)
@pytest.mark.parametrize("marked", [True, False])
def test_what_python_cannot_compile_costs_its_own_block_only(deep, marked):
    student = filled(step=DEEP[deep])
    text, remarks = lay_module(INSTRUCTOR, (student if marked else without_markers(student)).encode(), "m.py")
    assert run(text)["Net"].forward(3) == 6
    assert any("block step does not compile" in remark for remark in remarks)
    assert lay_module(INSTRUCTOR, text.encode(), "m.py")[0] == text


@pytest.mark.parametrize(
    "lines",
    [
        "#   a comment at the left\n        out = x + x",
        '        note = """\nat the left\n  """\n        out = x + x',
        '        said = """a\n            b"""\n        out = x * said.count("\\n            b") * 2',
    ],
)
def test_comments_and_strings_at_the_left_do_not_move_code(lines):
    text, remarks = lay_module(INSTRUCTOR, written(lines).encode(), "m.py")
    assert run(text)["Net"].forward(3) == 6 and remarks == []


def test_blocks_share_what_they_need_from_outside():
    own = "SEEN = []\n\n\ndef note(x):\n    SEEN.append(x)\n    return len(SEEN)\n\n\nclass Net"
    student = filled("out = x * 2 * note(x)", "w = w - 2 + len(SEEN)").replace("class Net", own, 1)
    names = run(lay_module(INSTRUCTOR, student.encode(), "m.py")[0])
    assert names["Net"].forward(3) == 6 and names["step"](3) == 2


def test_a_method_of_its_own_comes_along_into_our_class():
    own = "    def _twice(x):\n        return 2 * x\n\n    def given"
    student = filled("out = Net._twice(x)").replace("    def given", own)
    text, _ = lay_module(INSTRUCTOR, student.encode(), "m.py")
    assert run(text)["Net"].forward(3) == 6
    assert lay_module(INSTRUCTOR, text.encode(), "m.py") == (text, [])


@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize(
    "top",
    [
        "from math import *",
        "try:\n    from math import sqrt\nexcept ImportError:\n    sqrt = None",
        "import math as m\nsqrt = m.sqrt",
        "from math import (\n    sqrt,\n)",
    ],
)
def test_imports_at_the_top_come_along_in_every_form(top, marked):
    student = f"{top}\n{filled(forward='out = sqrt(4) * x')}"
    text, _ = lay_module(INSTRUCTOR, (student if marked else without_markers(student)).encode(), "m.py")
    assert run(text)["Net"].forward(3) == 6
    again, remarks = lay_module(INSTRUCTOR, text.encode(), "m.py")
    assert again == text and remarks == []
