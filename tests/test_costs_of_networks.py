"""Mistakes in practical 1 that once cost several times their property, or nothing: what each costs now."""

import pytest

from sample_class.edits import in_block, whole_block
from sample_class.solved import Work
from sample_class.tried import try_work

NAME = "fully_connected_networks"
NETS = [
    f"{net}_{what}"
    for net in ("two_layer", "fully_connected")
    for what in ("scores", "loss", "loss_reg", "grads_weights", "grads_biases", "grads_reg", "dtype")
]
LAYERS = ["linear_dtype", *(f"linear_backward_{what}" for what in ("dx", "dx_shape", "dw", "db"))]
SOFTMAX = [f"softmax_loss_{what}" for what in ("value", "dx", "large_scores", "inputs_unchanged", "dtype")]
DROPOUT = [f"fully_connected_dropout_{what}" for what in ("layers", "test_time", "grads")]
STEPS = ("step", "defaults", "state", "bias_correction", "counts_steps", "epsilon", "dw_unchanged")
ADAM = [f"adam_{what}" for what in STEPS]
RMSPROP = [f"rmsprop_{what}" for what in ("step", "defaults", "state", "epsilon", "dw_unchanged")]
MOMENTUM = [f"sgd_momentum_{what}" for what in ("step", "defaults", "state", "dw_unchanged")]
HIDDEN = "hidden, cache = Linear_ReLU.forward(hidden,"
BACK = "Linear_ReLU.backward(dhidden, caches.pop())"
FIRST = "(Linear_ReLU if layer == 1 else Linear)"
SCORES = 'scores, scores_cache = Linear.forward(hidden, self.params["W2"], self.params["b2"])'
CASES = {
    "the largest score of each row without its dimension": (
        [("softmax_loss", ", keepdim=True).values", ").values")], SOFTMAX, [*SOFTMAX, *NETS],
    ),
    "1 taken from the probabilities before the loss is made of them": (
        [("softmax_loss", """
    probs = (x - x.max(dim=1, keepdim=True).values).softmax(dim=1)
    rows, dx = torch.arange(len(x)), probs
    dx[rows, y] -= 1
    loss = -probs[rows, y].log().mean()
    dx = dx / len(x)
""")],
        ["softmax_loss_value"], SOFTMAX,
    ),
    "dout cast to float64, x and w not": (
        [("linear_backward", "dx = (dout @ w.T)", "dout = dout.double()\n        dx = (dout @ w.T)")],
        ["linear_dtype"], [*LAYERS, "linear_relu_backward", *NETS],
    ),
    "steps of adam counted over all parameters": (
        [("adam", 't = config["t"] + 1', "adam.steps = t = getattr(adam, 'steps', 0) + 1")],
        ["adam_bias_correction", "adam_counts_steps"], ADAM,
    ),
    "rmsprop with dw for its square": ([("rmsprop", "* dw**2", "* dw")], ["rmsprop_step"], RMSPROP),
    "a ReLU after the first hidden layer only, both ways": (
        [("fully_connected_scores", HIDDEN, HIDDEN.replace("Linear_ReLU", FIRST)),
         ("fully_connected_loss", BACK, BACK.replace("Linear_ReLU", FIRST))],
        ["fully_connected_scores"], [*NETS, *DROPOUT],
    ),
    "probabilities without labels, the loss right": (
        [("two_layer_scores", SCORES, f"{SCORES}\n        scores = scores.softmax(1) if y is None else scores")],
        ["two_layer_scores"], NETS,
    ),
    "a loss of shape (1,)": (
        [("softmax_loss", "[rows, y].mean()", "[rows, y].mean().reshape(1)")], ["softmax_loss_dtype"],
        [*SOFTMAX, *NETS],
    ),
    "x viewed in linear backward": (
        [("linear_backward", "dw = x.reshape(x.shape[0], -1)", "dw = x.view(x.shape[0], -1)")],
        ["linear_backward_dx_shape"], LAYERS,
    ),
    "a first hidden layer is taken for granted": (
        [("fully_connected_init", "*hidden_dims", "hidden_dims[0], *hidden_dims[1:]")],
        [], NETS,
    ),
    "an update rule that returns nothing": (
        [("sgd_momentum", "next_w = w + velocity", "return None")], MOMENTUM, MOMENTUM,
    ),
    "gradients in a defaultdict": (
        [("two_layer_loss", "grads = {}", 'grads = __import__("collections").defaultdict(float)')], [], NETS,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_it_costs_its_own_property(root, name):
    edits, loses, asked = CASES[name]
    work = Work(root)
    for block, *change in edits:
        (in_block if len(change) == 2 else whole_block)(block, *change)(work)
    results = try_work(work, NAME, name, set(asked) | {"linear_dtype"})
    assert sorted(result.id for result in results if result.state == "failed") == sorted(loses)
    assert all(result.points is not None for result in results)
