"""A wrong answer of practical 1 is seen in the student's own notebook, before it costs anything."""

import re

import pytest
from sampling import sample
from visible import HIDDEN, TRAINING, failures

from autograder import assignment
from sample_class.edits import in_block
from sample_class.mistakes.catalogue import MISTAKES
from sample_class.right.catalogue import RIGHT
from sample_class.solved import Work

NETWORKS = assignment.MODULE_NOTEBOOK
BY_AUTOGRAD = {"gradients of the linear layer taken from autograd", "dx of the softmax loss taken from autograd"}
KNOWN = {
    mistake.name: mistake
    for mistake in MISTAKES
    if mistake.notebook == NETWORKS and mistake.name not in BY_AUTOGRAD and mistake.loses != (TRAINING,)
}

DEEP_FORWARD, DEEP_BACK = "hidden, cache = Linear_ReLU.forward(", 'grads[f"b{layer}"] = Linear_ReLU.backward('
DROPPED_BACK = "dhidden = Dropout.backward(dhidden, caches.pop())"
ONE_RELU = "(Linear_ReLU if layer == 1 else Linear)"
TWO_LAYER_LOSS = "loss, dscores = softmax_loss(scores, y)"

# A mistake: the test that must show it, what its message says, and the edits of the solved module that make it.
MORE = {
    "Linear_ReLU without its ReLU": (
        "linear_relu_forward", "the rectifier comes after the linear layer",
        in_block("linear_relu_forward", "ReLU.forward(before)", "before, before.abs() + 1"),
    ),
    "ReLU skipped on the way back": (
        "linear_relu_backward", "of dout, 3 ends at the -2",
        in_block("linear_relu_backward", "ReLU.backward(dout, relu_cache)", "dout"),
    ),
    "gradients of a hidden layer doubled": (
        "linear_relu_backward", "db with 2 of 2 entries off",
        in_block("linear_relu_backward", "ReLU.backward(dout, relu_cache)", "2 * ReLU.backward(dout, relu_cache)"),
    ),
    "gradients of the two-layer network doubled": (
        "two_layer_grads_weights", "agree with the numeric gradient",
        in_block("two_layer_loss", TWO_LAYER_LOSS, f"{TWO_LAYER_LOSS}\n        dscores = 2 * dscores"),
    ),
    "dropout not undone on the way back": (
        "fully_connected_dropout_grads", "agree with the numeric gradient",
        in_block("fully_connected_loss", DROPPED_BACK, "caches.pop()"),
    ),
    "dropout's mask twice on the way back": (
        "fully_connected_dropout_grads", "agree with the numeric gradient",
        in_block(
            "fully_connected_loss", DROPPED_BACK,
            "mask = caches.pop()\n                dhidden = Dropout.backward(Dropout.backward(dhidden, mask), mask)",
        ),
    ),
    "a deep network without any ReLU": (
        "fully_connected_scores", "a ReLU follows each but the last",
        in_block("fully_connected_scores", DEEP_FORWARD, DEEP_FORWARD.replace("Linear_ReLU", "Linear")),
        in_block("fully_connected_loss", DEEP_BACK, DEEP_BACK.replace("Linear_ReLU", "Linear")),
    ),
    "a ReLU after the first hidden layer only": (
        "fully_connected_scores", "a ReLU follows each but the last",
        in_block("fully_connected_scores", DEEP_FORWARD, DEEP_FORWARD.replace("Linear_ReLU", ONE_RELU)),
        in_block("fully_connected_loss", DEEP_BACK, DEEP_BACK.replace("Linear_ReLU", ONE_RELU)),
    ),
    "gradient of a hidden layer transposed": (
        "fully_connected_grads_weights", "agree with the numeric gradient",
        in_block("fully_connected_loss", 'grads[f"W{layer}"] + ', 'grads[f"W{layer}"].T.reshape(w.shape) + '),
    ),
    "L2 term missing in the deep network": (
        "fully_connected_loss_reg", "half of reg times",
        in_block("fully_connected_loss", "loss = loss + 0.5 * self.reg * (w**2).sum()", "pass"),
    ),
    "db of the last layer missing": (
        "two_layer_grads_biases", "the keys of params",
        in_block("two_layer_loss", 'grads["W2"], grads["b2"] = Linear', 'grads["W2"], _ = Linear'),
    ),
    "adam without bias correction": (
        "adam_bias_correction", "divides by 1 - beta1**2",
        in_block("adam", "m / (1 - beta1**t), v / (1 - beta2**t)", "m, v"),
    ),
    "dropout's mask at test time, too": (
        "dropout_test_mode", "nothing is dropped or scaled",
        in_block("dropout_forward", 'if dropout_param["mode"] == "train":', "if True:"),
    ),
    "softmax not shifted": (
        "softmax_loss_large_scores", "bring the largest score of each row to a safe value",
        in_block("softmax_loss", "x - x.max(dim=1, keepdim=True).values", "x"),
    ),
    "the loss changes a bias": (
        "two_layer_loss", "only an update rule moves them",
        in_block("two_layer_loss", TWO_LAYER_LOSS, f'{TWO_LAYER_LOSS}; self.params["b2"] = self.params["b2"] + 1'),
    ),
    "a weight_scale with which five layers learn nothing": (
        "five_layer_params", "in most trials",
        in_block("five_layer_params", "weight_scale = 0.15", "weight_scale = 0.05"),
    ),
}  # fmt: skip


def module_of(root, edits) -> str:
    """The solved module with these edits."""
    work = Work(root)
    for edit in edits:
        edit(work)
    return str(work.module)


def test_the_reference_sees_no_failure(root, monkeypatch):
    assert failures(root, module_of(root, ()), monkeypatch) == {}


@pytest.mark.parametrize(
    "right", [right for right in RIGHT if right.notebook == NETWORKS][::8], ids=lambda right: right.name
)
def test_a_right_answer_in_another_style_sees_no_failure(root, monkeypatch, right):
    assert failures(root, module_of(root, right.edits), monkeypatch) == {}


@pytest.mark.parametrize("name", MORE)
def test_a_mistake_fails_a_check_in_the_notebook_and_the_message_says_why(root, monkeypatch, name):
    test, says, *edits = MORE[name]
    found = failures(root, module_of(root, edits), monkeypatch, only=f"^{test}$")
    assert found[test].startswith("CheckFailed: Called ") and says in found[test]


@pytest.mark.parametrize("name", sample(KNOWN, 5))
def test_what_the_hidden_tests_catch_is_seen_in_the_notebook(root, monkeypatch, name):
    mistake = KNOWN[name]
    own = "|".join(f"^{test}$" for test in mistake.loses if test != TRAINING)
    assert failures(root, module_of(root, mistake.edits), monkeypatch, only=own)


def test_what_a_student_sees_says_nothing_of_how_mistakes_are_charged(root):
    notebook = assignment.read(assignment.source_folder(root) / f"{NETWORKS}.ipynb")
    for cell in notebook.cells:
        if cell.cell_type == "code":
            seen = HIDDEN.sub("", cell.source)
            assert not re.search(r"\balso\b *=|like_dw|l2_term|\bcosts? [a-z]+_[a-z_]+", seen), cell.id


def test_a_check_of_the_notebook_takes_no_part_in_the_marks(root, monkeypatch):
    """Under the grader's environment the visible part of a test that is hidden as a whole asks for nothing."""
    test, _, *edits = MORE["a deep network without any ReLU"]
    wrong = module_of(root, edits)
    assert test in failures(root, wrong, monkeypatch, only=f"^{test}$")
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert failures(root, wrong, monkeypatch, only=f"^{test}$") == {}
