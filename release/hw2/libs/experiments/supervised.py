"""The experiments of the supervised Forward-Forward notebook."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from .changes import no_normalization, threshold
from .parts import Arm, Choice, OutOfReach, Trial, share

Labels = Callable[..., Tensor]
AS_IT_IS = Arm("as it is")


def answers(trial: Trial, first: int, last: int) -> Tensor:
    """What the net answers for the test digits, by the layers from first to last, counted from 1."""
    with trial.reading(first, last) as net:
        return net.predict(trial.x).flatten()


def by_layer(trial: Trial) -> dict[str, float]:
    """Accuracy of each layer alone, and of both."""
    parts = {"layer 1 alone": (1, 1), "layer 2 alone": (2, 2), "both layers": (1, 2)}
    return {name: share(answers(trial, *part) == trial.y) for name, part in parts.items()}


def by_layer_and_agreement(trial: Trial) -> dict[str, float]:
    """The same, and how often layers 1 and 2 give the same answer."""
    return {**by_layer(trial), "1 and 2 agree": share(answers(trial, 1, 1) == answers(trial, 2, 2))}


def by_number_of_layers(trial: Trial) -> dict[str, float]:
    """Accuracy of each of three layers alone, of all but the first, and of all."""
    parts = {"layer 1 alone": (1, 1), "layer 2 alone": (2, 2), "layer 3 alone": (3, 3)}
    parts |= {"all but the first": (2, 3), "all layers": (1, 3)}
    return {name: share(answers(trial, *part) == trial.y) for name, part in parts.items()}


def stale(trial: Trial) -> None:
    """A batch gets in every epoch the wrong labels that it got in the first one."""

    def make(original: Labels) -> Labels:
        first: dict[tuple[int, ...], Tensor] = {}

        def wrong_labels(y: Tensor, *rest: Any, **named: Any) -> Tensor:
            batch = tuple(y.tolist())
            if batch not in first:
                first[batch] = original(y, *rest, **named)
            return first[batch].clone()

        return wrong_labels

    trial.exchange("wrong_labels", make)


def one_in_ten_true(trial: Trial) -> None:
    """A negative label is any of the ten, the true one included."""
    trial.exchange("wrong_labels", lambda original: lambda y, *rest, **named: torch.randint(10, y.shape))


def hard(trial: Trial) -> None:
    """Where the net is wrong about an image, its own answer is the wrong label; a random one elsewhere."""
    seen: dict[str, Tensor] = {}
    train_batch = trial.net.train_batch

    def kept(x: Tensor, y: Tensor) -> Any:
        seen["x"] = x
        return train_batch(x, y)

    def make(original: Labels) -> Labels:
        def wrong_labels(y: Tensor, *rest: Any, **named: Any) -> Tensor:
            if "x" not in seen:
                raise OutOfReach("your fit does not call train_batch, so the net cannot be asked about a batch")
            answer = trial.net.predict(seen["x"]).flatten()
            if answer.shape != y.shape:
                raise OutOfReach("your training does not draw the wrong labels of a whole batch at once")
            return torch.where(answer != y, answer, original(y, *rest, **named))

        return wrong_labels

    trial.net.train_batch = kept
    trial.exchange("wrong_labels", make)


CHOICES = {
    "stale negatives": Choice((AS_IT_IS, Arm("stale negatives", stale)), by_layer),
    "true negatives": Choice((AS_IT_IS, Arm("one in ten true", one_in_ten_true)), by_layer),
    "threshold": Choice((AS_IT_IS, threshold(0.1), threshold(4)), by_layer),
    "no normalization": Choice((AS_IT_IS, no_normalization()), by_layer_and_agreement),
    "layers that predict": Choice((AS_IT_IS,), by_number_of_layers, layers=3),
    "hard negatives": Choice((AS_IT_IS, Arm("hard negatives", hard)), by_layer),
}
