"""The tests that train for long, and how far from its bound a run of each has ended."""

from collections.abc import Callable
from typing import Any

# test -> (what is measured, the margins of one run by the names that its cell has made; all must be positive)
MARGINS: dict[str, tuple[str, Callable[[dict[str, Any]], list[float]]]] = {
    "create_solver_instance_accuracy": ("accuracy of 2,000 digits - 0.88", lambda n: [n["accuracy"] - 0.88]),
    "three_layer_params": ("accuracy of a trial - 0.979", lambda n: [reached - 0.979 for reached in n["reached"]]),
    "five_layer_params": ("accuracy of a trial - 0.979", lambda n: [reached - 0.979 for reached in n["reached"]]),
    "ff_net_learns": (
        "accuracy of 1,000 digits - 0.5 and - 0.25",
        lambda n: [n["accuracy"] - 0.5, n["again"] - 0.25],
    ),
    "unsupervised_net_learns": (
        "shares told apart - 0.7 and - 0.6; 0.7 - the ratio of the losses",
        lambda n: [n["first"] - 0.7, n["second"] - 0.6, 0.7 - n["after"] / n["before"]],
    ),
    "train_classifier_learns": ("accuracy of 1,000 digits - 0.65", lambda n: [n["accuracy"] - 0.65]),
}

TRIALS = ("three_layer_params", "five_layer_params")  # three of five must reach it
