"""The experiments of the unsupervised Forward-Forward notebook."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from ..goodness_by_layer import goodness_by_layer
from .changes import no_normalization, threshold
from .parts import Arm, Choice, Trial, quiet, share

Function = Callable[..., Tensor]
BEFORE, AS_IT_IS = Arm("before training", trains=False), Arm("as it is")


def classified(trial: Trial, first: int, last: int) -> float:
    """Accuracy of a new linear classifier on the layers from first to last, counted from 1."""
    with trial.reading(first, last) as net, quiet():
        classifier = trial.notebook["train_classifier"](net, trial.batches, epochs=trial.epochs)
        return share(classifier.forward(net.features(trial.x)).argmax(1) == trial.y)


def told_apart(trial: Trial) -> dict[str, float]:
    """How often a digit has more goodness than a fresh hybrid, layer by layer; hybrids are made as they should be."""
    images = trial.x, trial.notebook["make_negatives"](trial.x)
    g_pos, g_neg = (goodness_by_layer(trial.net.layers, x, trial.notebook["goodness"]) for x in images)
    return {f"told apart, layer {layer}": share(row) for layer, row in enumerate(g_pos > g_neg, 1)}


def both(trial: Trial) -> dict[str, float]:
    """Digits told from hybrids by each layer, and the accuracy of a classifier on all layers."""
    return {**told_apart(trial), "classifier": classified(trial, 1, len(trial.dims) - 1)}


def by_layers_read(trial: Trial) -> dict[str, float]:
    """Accuracy of classifiers on each of three layers, on all but the first, and on all."""
    parts = {"layer 1": (1, 1), "layer 2": (2, 2), "layer 3": (3, 3), "all but the first": (2, 3), "all": (1, 3)}
    return {name: classified(trial, *part) for name, part in parts.items()}


def blurred(blurs: int) -> Arm:
    """Masks of bits that are blurred so many times."""

    def make(original: Function) -> Function:
        return lambda shape, *rest, **named: original(shape, blurs=blurs)

    return Arm(f"{blurs} blurs", lambda trial: trial.exchange("make_mask", make))


def one_mask(trial: Trial) -> None:
    """The same mask for every image of every batch."""

    def make(original: Function) -> Function:
        mask: list[Tensor] = []

        def make_mask(shape: tuple[int, ...], *rest: Any, **named: Any) -> Tensor:
            if not mask:
                mask.append(original((1, *shape[1:]), *rest, **named))
            return mask[0].expand(shape).clone()

        return make_mask

    trial.exchange("make_mask", make)


def partner_itself(part: float) -> Arm:
    """Of the hybrids this part are whole digits: of two images that are the same."""

    def make(original: Function) -> Function:
        def make_hybrid(x1: Tensor, x2: Tensor, mask: Tensor) -> Tensor:
            hybrids = original(x1, x2, mask).clone()
            same = torch.rand(len(x1)) < part
            hybrids[same] = x1[same]
            return hybrids

        return make_hybrid

    return Arm(f"{part:.0%} with themselves", lambda trial: trial.exchange("make_hybrid", make))


CHOICES = {
    "blurs": Choice((BEFORE, AS_IT_IS, blurred(0), blurred(30)), both),
    "one mask": Choice((BEFORE, AS_IT_IS, Arm("one mask for all", one_mask)), both),
    "partner": Choice((BEFORE, AS_IT_IS, partner_itself(0.1), partner_itself(1)), both),
    "threshold": Choice((BEFORE, AS_IT_IS, threshold(0.1), threshold(4)), both),
    "no normalization": Choice((BEFORE, AS_IT_IS, no_normalization()), both),
    "layers that are read": Choice((BEFORE, AS_IT_IS), by_layers_read, layers=3),
}
