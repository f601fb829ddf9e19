"""The tests that train for long, and how far from its bound a run of each has ended."""

from collections.abc import Callable, Iterator
from typing import Any

# test -> (what is measured, the margins of one run by the names that its cell has made; all must be positive)
MARGINS: dict[str, tuple[str, Callable[[dict[str, Any]], list[float]]]] = {
    "create_solver_instance_accuracy": ("accuracy of 2,000 digits - 0.85", lambda n: [n["accuracy"] - 0.85]),
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

# test -> (trials, how many of them must miss for it to fail); their margins are of single trials
TRIALS = {"three_layer_params": (5, 3), "five_layer_params": (5, 3), "ff_net_learns": (5, 5)}
ONE_BOUND = ("three_layer_params", "five_layer_params")  # a run's margins are all of the same bound

# Where a test may end before its budget is used up, because it has seen enough, these runs go on: margins just above
# a bound would say nothing of chance. Of ff_net_learns, one network is asked after 4 epochs, where these say too little
# after 12.
_GOES_ON = ("break", "pass")
_ASKED = "(first, *[(4, 8)] * (tries - 1))"  # how many epochs more each network is given
_BOTH = ("if accuracy > 0.5:  # a learning", "if True:  # a learning")  # whatever became of the first network
ENDS: dict[str, list[tuple[tuple[str, str], ...]]] = {
    "ff_net_learns": [((_ASKED, asked), ("return accuracy", "pass"), _BOTH) for asked in ("((4,),)", "((4, 8),)")],
    "unsupervised_net_learns": [(_GOES_ON,)],
    "train_classifier_learns": [(_GOES_ON,)],
}


def ends(test: str, source: str) -> Iterator[str]:
    """The test's source without an early end, shorter ones first; raises ValueError where it is written otherwise."""
    for changes in ENDS.get(test, [()]):
        ending = source
        for old, new in changes:
            if ending.count(old) != 1:
                raise ValueError(f"{test} does not hold {old!r} once: change sample_class/seeds/margins.py with it")
            ending = ending.replace(old, new)
        yield ending
