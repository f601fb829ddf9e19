"""An error in a student's code is told with her own line, and without a hint that speaks of something else."""

import pytest

from sample_class.edits import in_block
from sample_class.solved import Work
from sample_class.tried import try_work

NAME = "fully_connected_networks"


def said(root, test, *edit):
    work = Work(root)
    in_block(*edit)(work)
    (result,) = [result for result in try_work(work, NAME, "error lines", {test}) if result.id == test]
    return result.message


@pytest.mark.parametrize(
    ("test", "edit", "line"),
    [
        ("relu_forward_value", ("relu_forward", "out = ", "y = x[:, 1:] + x\n        out = "), "y = x[:, 1:] + x"),
        ("softmax_loss_value", ("softmax_loss", "dx = ", "x.no_such()\n    dx = "), "x.no_such()"),
        ("sgd_momentum_step", ("sgd_momentum", "next_w = w", "next_w = [][len(w)] + w"), "next_w = [][len(w)] + w"),
    ],
)
def test_an_error_is_told_with_the_students_own_line(root, test, edit, line):
    message = said(root, test, *edit)
    assert f"at `{line}" in message
    assert "Hint:" not in message


def test_a_part_that_is_still_to_be_written_keeps_its_hint(root):
    assert "\nHint: " in said(
        root, "relu_forward_value", "relu_forward", "out = ", "raise NotImplementedError\n        out = "
    )
