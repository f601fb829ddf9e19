"""The checks that students see: the ladder, the message, and what they let pass."""

import numpy as np
import pytest
import torch
from libs import CheckFailed, drawn, expect, in_your_notebook, observed, rel_error, require
from libs.by_heart import accuracy_by_heart

WANT = torch.tensor([1.0, -2.0, 3.0])


def said(got, want=WANT, **options):
    with pytest.raises(CheckFailed) as caught:
        expect(got, want, call="f(x)", because="so", name="dw", **options)
    return str(caught.value)


@pytest.mark.parametrize(
    "got",
    [WANT, WANT.double(), WANT * (1 + 1e-6), torch.stack([WANT, WANT], 1)[:, 0], WANT.clone().requires_grad_()],
)
def test_a_right_value_passes_in_any_float_dtype_and_layout(got):
    expect(got, WANT, call="f(x)", because="so")


@pytest.mark.parametrize("got", [6.0, 6, torch.tensor(6.0), torch.tensor(6.0, dtype=torch.float64)])
def test_a_scalar_may_be_a_number_or_a_tensor(got):
    expect(got, 6.0, call="f(x)", because="so")


@pytest.mark.parametrize(
    "got, part",
    [
        (None, "It returned dw that is None. Expected a tensor, because so."),
        ([1.0, -2.0, 3.0], "dw of type list. Expected a torch.Tensor"),
        (np.array([1.0, -2.0, 3.0]), "dw of type ndarray"),
        (WANT[None], "dw of shape (1, 3). Expected shape (3,)"),
        (torch.empty(0), "dw of shape (0,). Expected shape (3,)"),
        (WANT.long(), "dw of dtype torch.int64"),
        (torch.tensor([1.0, float("nan"), 3.0]), "nan or infinite"),
        (torch.tensor([1.0, -2.0, float("inf")]), "nan or infinite"),
        (torch.tensor([1.0, -2.0, 3.1]), "dw with 1 of 3 entries off"),
        (torch.tensor([1.0, -2.0, 3.0], dtype=torch.complex64), "dw of dtype torch.complex64"),
    ],
)
def test_the_message_speaks_of_the_first_rung_that_fails_only(got, part):
    message = said(got)
    assert message.startswith("Called f(x). It returned ") and part in message


def test_a_message_never_holds_the_expected_value():
    message = said(torch.zeros(1), torch.tensor([123.456]), hint="look again")
    assert "123" not in message and message.endswith("\nHint: look again")


def test_any_of_several_right_values_passes():
    expect(WANT + 1, WANT, also=[WANT + 2, WANT + 1], call="f(x)", because="so")


@pytest.mark.parametrize("ok", [True, torch.tensor(True)])
def test_a_condition_that_holds_passes(ok):
    require(ok, call="f(x)", got="1", expected="1", because="so")


@pytest.mark.parametrize("ok", [False, None, 1, "yes", torch.tensor(False), torch.tensor([True, True]), object()])
def test_only_true_itself_holds(ok):
    with pytest.raises(CheckFailed):
        require(ok, call="f(x)", got="1", expected="2", because="so")


def test_a_failed_check_shows_no_traceback_in_a_notebook():
    shown = CheckFailed("Called f(x).")._render_traceback_()
    assert shown == ["This check did not pass.\n\nCalled f(x)."]


def test_observed_gives_back_the_arguments_as_the_call_left_them():
    x = torch.ones(2)
    result, (after,) = observed(lambda t: t.add_(1).sum(), x)
    assert result == 4 and after.tolist() == [2, 2] and x.tolist() == [1, 1]


def test_inputs_depend_on_the_seed_and_on_the_test(monkeypatch):
    monkeypatch.setenv("HW2_SEED", "a")
    one, same, other = drawn("t")(3), drawn("t")(3), drawn("u")(3)
    monkeypatch.setenv("HW2_SEED", "b")
    assert torch.equal(one, same) and not torch.equal(one, other) and not torch.equal(one, drawn("t")(3))


def test_rel_error_refuses_to_broadcast():
    with pytest.raises(ValueError, match="one shape"):
        rel_error(torch.ones(1, 3), torch.ones(3))


@pytest.mark.parametrize("execution, here", [("autograde", False), ("validate", True), ("", True)])
def test_what_stands_in_a_notebook_only_is_left_out_by_the_grader_and_by_nobody_else(monkeypatch, execution, here):
    monkeypatch.setenv("NBGRADER_EXECUTION", execution)
    monkeypatch.setenv("HW2_BUDGET", "small")
    assert in_your_notebook() is here


@pytest.mark.parametrize("weight_scale, learnt", [(0.3, True), (1e-4, False)])
def test_how_much_is_learnt_by_heart_depends_on_the_settings_and_on_nothing_else(weight_scale, learnt):
    y = torch.arange(200) % 10
    data = {"X_train": torch.eye(10)[y], "y_train": y}
    torch.manual_seed(1)
    reached = accuracy_by_heart(data, [40, 40], (weight_scale, 0.5), seed=3)
    assert (reached == 1.0) is learnt
    torch.manual_seed(2)
    assert accuracy_by_heart(data, [40, 40], (weight_scale, 0.5), seed=3) == reached


@pytest.mark.parametrize(
    ("got", "want", "words"),
    [
        (
            [1.0, 2.2],
            [1.0, 2.0],
            "with 1 of 2 entries off, by up to 10 % of the largest. Expected errors of at most 0.01 %",
        ),
        ([1.0, -0.5], [1.0, 1.0], "by up to 150 % of the largest"),
        ([1.0, -122.0], [1.0, 1.0], "by up to 120 times the largest"),
        ([1.0, 9e6], [1.0, 1.0], "by up to more than 1,000 times the largest"),
        ([0.25, 0.0], [0.0, 0.0], "with 1 of 2 entries off, by up to 0.25. Expected errors of at most 0,"),
        (3.0, 2.0, "that is off by 50 % of the right size. Expected an error of at most 0.01 %"),
        (0.5, 0.0, "that is off by 0.5. Expected an error of at most 0,"),
    ],
)
def test_the_size_of_an_error_is_told_in_per_cent_in_times_or_by_itself(got, want, words):
    with pytest.raises(CheckFailed) as failed:
        expect(torch.tensor(got), torch.tensor(want), call="f(x)", because="of a reason")
    assert words in str(failed.value)
