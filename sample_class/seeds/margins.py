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

# Where a test may end before its budget is used up, because it has seen enough, these runs go on: margins just above
# a bound would say nothing of chance. ff_net_learns may take 20 epochs more: what is found after 4 is on the safe side.
TO_THE_END: dict[str, tuple[tuple[str, str], ...]] = {
    "ff_net_learns": (("(1, 3, 20)", "(1, 3)"), ("break", "pass")),
    "unsupervised_net_learns": (("break", "pass"),),
    "train_classifier_learns": (("break", "pass"),),
}


def to_the_end(test: str, source: str) -> str:
    """The test's source without an early end; raises ValueError where it is written otherwise."""
    for old, new in TO_THE_END.get(test, ()):
        if source.count(old) != 1:
            raise ValueError(f"{test} does not hold {old!r} once: change sample_class/seeds/margins.py with it")
        source = source.replace(old, new)
    return source
