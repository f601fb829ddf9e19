"""Mutants that no test can or should catch, and why: the same results, or another legitimate choice."""

import re

from .mutant import Mutant

_TASTE = "a setting is the student's choice; it is judged by what the network reaches"
_CPU = "grading knows no other device than the CPU"
_BAR = "it changes the progress bar only"
_SAME_LENGTH = "dim=1 is what F.normalize takes by default"
_DECAY = "how the learning rate falls is the student's choice"

# (place, what was written, what is written instead) as patterns of the whole -> why
_WHY: list[tuple[str, str, str, str]] = [
    ("relu_backward", r"x > 0", r"x >= 0", "at 0 the slope of max(0, x) may be 0 or 1"),
    ("softmax_loss|fully_connected_init", r"torch.*device=.*", r"(?!.*device).*", _CPU),
    ("create_solver_instance", r".*device=device.*", r"(?!.*device).*", _CPU),
    ("two_layer_loss", r"\(\"W1\", \"W2\"\)", r".*", "a sum does not depend on the order"),
    ("create_solver_instance", r"TwoLayerNet\(.*|Solver\(.*", r".*dtype=dtype.*|Solver\(.*", _TASTE),
    ("create_solver_instance", r"100|1e-2|1e-5|0\.95|10|0\.4", r"[\d.e-]+", _TASTE),
    ("create_solver_instance", r"0", r"1", "all examples have the same shape"),
    ("three_layer_params|five_layer_params", r"[\d.]+", r"[\d.]+", _TASTE),
    (
        "dropout_forward",
        r".*torch\.rand_like\(x\) < keep.*",
        r".*<= keep.*",
        "a random number hits a bound hardly ever",
    ),
    ("mnist_loaders", r".*\.float\(\)", r"(?!.*float).*", "dividing by 255 makes floats of the bytes"),
    ("wrong_labels", r"y \+ .*", r"\(?y - .*", "modulo the number of classes, both ways round are uniform"),
    ("ff_layer", r"nn\.init\..*", r"pass", "how weights start is the student's choice"),
    ("ff_layer|unsupervised_ff_net", r"F\.normalize\(.*, dim=1\)", r"F\.normalize\(.*\)", _SAME_LENGTH),
    ("ff_net|unsupervised_ff_net|train_classifier", r"tqdm\(.*", r"tqdm\(range\(epochs\)\)", _BAR),
    ("ff_net|unsupervised_ff_net", r"bar\.set_postfix.*", r"pass|bar\.set_postfix\(\)", _BAR),
    ("ff_net|unsupervised_ff_net", r"1", r"0", "history[-0] is read by the progress bar only"),
    ("ff_net", r"layer\.optimizer\.param_groups.*", r"pass", _DECAY),
    ("ff_net", r"self\.lr \* \(1 - epoch / epochs\)", r".*", _DECAY),
    ("ff_net", r"1 - epoch / epochs", r".*", _DECAY),
    ("ff_net", r"1", r"2", _DECAY),
    ("ff_net", r"0", r"1", "the same number more for every label changes no argmax"),
    ("ff_net|unsupervised_ff_net", r"losses\.mean\(dim=0\)\.tolist\(\)", r"losses.*", "a row of a tensor is as good"),
    ("make_mask", r"blurred > 0\.5", r"blurred (>=|<) 0\.5", "a mask and its reverse are drawn alike"),
    ("train_classifier", r"torch\.optim\.Adam\(.*|0\.001", r".*", _TASTE),
]


def why_equivalent(mutant: Mutant) -> str:
    """Why nobody should catch it; empty when somebody should."""
    old, new = (" ".join(text.split()) for text in (mutant.old, mutant.new))
    for place, was, now, why in _WHY:
        if re.fullmatch(place, mutant.place) and re.fullmatch(was, old) and re.fullmatch(now, new):
            return why
    return ""
