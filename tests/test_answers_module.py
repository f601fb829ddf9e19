"""A student's blocks laid into the instructor's module."""

import ast
import textwrap

import pytest

from autograder.answers.module import blocks, lay_module

INSTRUCTOR = textwrap.dedent(
    '''
    """The module."""
    import math

    GIVEN = 1


    class Net:
        """A net."""

        @staticmethod
        def forward(x):
            # BLOCK forward: write your code between these two lines.
            ### BEGIN SOLUTION
            out = 2 * x
            ### END SOLUTION
            # END OF BLOCK forward
            return out

        def given(self):
            return GIVEN


    def step(w):
        # BLOCK step: write your code between these two lines.
        ### BEGIN SOLUTION
        w = w - 1
        ### END SOLUTION
        # END OF BLOCK step
        return w
    '''
).lstrip()


def handed_out():
    return lay_module(INSTRUCTOR, None, "m.py")[0]


def filled(forward="out = x + x", step="w = w - 1"):
    stub = (
        "# YOUR CODE HERE\n{0}raise NotImplementedError(" + handed_out().split("NotImplementedError(")[1].split("\n")[0]
    )
    text = handed_out().replace(stub.format("        "), textwrap.indent(forward, "        ").lstrip(), 1)
    return text.replace(stub.format("    "), textwrap.indent(step, "    ").lstrip(), 1)


def run(text):
    names = {}
    exec(compile(text, "m.py", "exec"), names)
    return names


def test_the_hand_out_holds_no_solution_and_says_what_is_to_be_written():
    names = run(handed_out())
    assert "out = 2 * x" not in handed_out() and "SOLUTION" not in handed_out()
    with pytest.raises(NotImplementedError, match="still to be written"):
        names["step"](1)


def test_a_missing_file_is_a_remark_and_leaves_stubs():
    text, remarks = lay_module(INSTRUCTOR, None, "m.py")
    assert remarks == ["m.py is missing: its blocks count as unanswered; ask for the file and collect it again"]
    assert "out = 2 * x" not in text


def test_blocks_are_laid_in_without_remarks():
    text, remarks = lay_module(INSTRUCTOR, filled().encode(), "m.py")
    assert remarks == []
    assert run(text)["Net"].forward(3) == 6 and run(text)["step"](3) == 2


@pytest.mark.parametrize(
    "change", [lambda t: t.replace("\n", "\r\n"), lambda t: t.replace("    ", "\t"), lambda t: "\ufeff" + t]
)
def test_line_ends_tabs_and_a_byte_order_mark_change_nothing(change):
    text, remarks = lay_module(INSTRUCTOR, change(filled()).encode(), "m.py")
    assert run(text)["step"](3) == 2 and run(text)["Net"].forward(3) == 6
    assert not any("compile" in remark for remark in remarks)


def test_a_typing_error_costs_its_own_block_only():
    text, remarks = lay_module(INSTRUCTOR, filled(forward="out = (x").encode(), "m.py")
    assert len(remarks) == 1 and "block forward does not compile" in remarks[0]
    assert run(text)["step"](3) == 2
    with pytest.raises(SyntaxError, match="forward"):
        run(text)["Net"].forward(3)


def test_what_stands_outside_the_blocks_is_reported_and_not_run():
    student = filled().replace("GIVEN = 1", "GIVEN = 2\nraise SystemExit")
    text, remarks = lay_module(INSTRUCTOR, student.encode(), "m.py")
    assert run(text)["GIVEN"] == 1
    assert len(remarks) == 1 and "outside the blocks" in remarks[0]


def test_a_block_that_was_deleted_is_named_and_counts_as_unanswered():
    student = filled()
    block = next(b for b in blocks(student) if b.name == "step")
    lines = student.splitlines()
    del lines[block.first - 1 : block.last + 1]
    text, remarks = lay_module(INSTRUCTOR, "\n".join(lines).encode(), "m.py")
    assert any("block step is not there" in remark for remark in remarks)
    assert run(text)["Net"].forward(3) == 6


def test_bytes_that_are_not_utf8_are_read_all_the_same():
    student = filled(step="w = w - 1  # caf\u00e9").encode("latin-1")
    text, remarks = lay_module(INSTRUCTOR, student, "m.py")
    assert run(text)["step"](3) == 2 and "not UTF-8" in remarks[0]


PAST = textwrap.dedent(
    """
    import torch_that_is_not_there
    import functools

    def double(x):
        return x * 2

    class Net(object):
        @staticmethod
        def forward(x):
            ####################################################################
            # TODO: write the forward pass                                     #
            ####################################################################
            out = double(x)
            ####################################################################
            #                        END OF YOUR CODE                          #
            ####################################################################
            return out

        def extra(self):
            return functools.reduce(max, [1, 2])

    def step(w):
        w = w - 1
        return w

    print("not a definition")
    """
)


def test_a_file_of_a_past_term_is_taken_by_its_names_with_its_helpers(capsys):
    text, remarks = lay_module(INSTRUCTOR, PAST.encode(), "m.py")
    ast.parse(text)
    names = run(text)
    assert names["Net"].forward(3) == 6 and names["step"](3) == 2
    assert names["Net"]().given() == 1 and names["Net"]().extra() == 2
    assert remarks == ["m.py: has no block markers: its functions were taken by their names"]
    assert capsys.readouterr().out == ""


def test_a_file_of_a_past_term_with_a_function_left_out_says_so():
    text, remarks = lay_module(INSTRUCTOR, PAST.replace("def step", "def stepp").encode(), "m.py")
    assert "without step" in remarks[-1]
    with pytest.raises(NotImplementedError):
        run(text)["step"](1)


def test_a_file_without_markers_that_does_not_compile_says_so_instead_of_calling_it_unwritten():
    text, remarks = lay_module(INSTRUCTOR, b"def step(w:\n  return", "m.py")
    assert any("block step does not compile" in remark for remark in remarks) and "SyntaxError" in text
    with pytest.raises(NotImplementedError):
        run(text)["Net"].forward(1)


def test_a_helper_written_outside_goes_along_into_the_block_that_needs_it_and_nothing_else_does():
    own = "import operator\nx = 100\nraised = 1 / 0\n\n\ndef twice(a):\n    return operator.mul(a, TWO)\n\n\nTWO = 2"
    student = filled(forward="out = twice(x)").replace("class Net", f"{own}\n\n\nclass Net", 1)
    text, remarks = lay_module(INSTRUCTOR, student.encode(), "m.py")
    assert run(text)["Net"].forward(3) == 6 and run(text)["step"](3) == 2
    assert "m.py: block forward needs TWO, operator, twice from outside the blocks: taken along" in remarks
    assert "raised" not in text and "x = 100" not in text
    assert lay_module(INSTRUCTOR, text.encode(), "m.py") == (text, [])


def test_names_of_the_hand_out_are_never_the_students():
    student = filled(forward="out = x * GIVEN").replace("GIVEN = 1", "GIVEN = 2")
    assert run(lay_module(INSTRUCTOR, student.encode(), "m.py")[0])["Net"].forward(3) == 3


@pytest.mark.parametrize("lost", ["# BLOCK step", "# END OF BLOCK step", "BLOCK step"])
def test_a_block_that_lost_its_markers_is_taken_from_its_function(lost):
    student = "\n".join(line for line in filled(step="w = w - 5\nw = w + 4").splitlines() if lost not in line)
    text, remarks = lay_module(INSTRUCTOR, student.encode(), "m.py")
    assert run(text)["step"](3) == 2 and run(text)["Net"].forward(3) == 6
    assert "m.py: block step has lost its marker lines and was taken from its function" in remarks


def test_a_lost_end_marker_takes_nothing_from_the_next_function():
    student = "\n".join(line for line in filled().splitlines() if "# END OF BLOCK forward" not in line)
    text, remarks = lay_module(INSTRUCTOR, student.encode(), "m.py")
    assert run(text)["step"](3) == 2 and run(text)["Net"].forward(3) == 6
    assert any("block forward has lost its marker lines" in remark for remark in remarks)


def test_of_a_copied_block_the_last_one_that_was_written_in_counts():
    student = filled(step="w = w - 9\n# END OF BLOCK step\n# BLOCK step: again\nw = w - 1")
    text, remarks = lay_module(INSTRUCTOR, student.encode(), "m.py")
    assert run(text)["step"](3) == 2
    assert any("block step is there more than once" in remark for remark in remarks)
