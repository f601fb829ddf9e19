"""Forward-Forward in float64, computed from a layer's state_dict: whatever its parameters are called."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch

State = Mapping[str, torch.Tensor]


def mean_square_one(x: torch.Tensor) -> torch.Tensor:
    """x (B, D) in float64 with every row divided by the root of the mean of its squares."""
    x = x.double()
    return x / x.square().mean(dim=1, keepdim=True).sqrt()


def linear_relu(state: State, x: torch.Tensor, relu: bool = True) -> torch.Tensor:
    """relu(x @ W.T + b), (B, H), for the one matrix W (H, D), or (D, H), and the one vector b (H,) of the state."""
    weight = next(value.double() for value in state.values() if value.dim() == 2)
    bias = next((value.double() for value in state.values() if value.dim() == 1), torch.zeros(1).double())
    if weight.shape[1] != x.shape[1]:
        weight = weight.T
    h = x.double() @ weight.T + bias
    return h.clamp(min=0) if relu else h


def activities(states: Sequence[State], x: torch.Tensor) -> list[torch.Tensor]:
    """The activities of every layer for x (B, D), first layer first."""
    hidden = []
    for state in states:
        x = linear_relu(state, mean_square_one(x))
        hidden.append(x)
    return hidden


def with_label(x: torch.Tensor, y: torch.Tensor, num_classes: int) -> torch.Tensor:
    """x with its first num_classes pixels replaced by the one-hot label."""
    return torch.cat([torch.eye(num_classes, dtype=x.dtype)[y], x[:, num_classes:]], dim=1)


def label_goodness(states: Sequence[State], x: torch.Tensor, num_classes: int) -> torch.Tensor:
    """(B, num_classes): the goodness of every label, summed over all layers."""
    labels = [torch.full((len(x),), label) for label in range(num_classes)]
    hidden = [activities(states, with_label(x, y, num_classes)) for y in labels]
    return torch.stack([torch.stack([h.square().sum(1) for h in hs]).sum(0) for hs in hidden], dim=1)


def stack_accuracy(
    layers: Sequence[Any],
    embed_label: Callable[..., torch.Tensor],
    wrong_labels: Callable[..., torch.Tensor],
    goodness: Callable[..., torch.Tensor],
    train: tuple[torch.Tensor, torch.Tensor],
    test: tuple[torch.Tensor, torch.Tensor],
    epochs: int,
) -> float:
    """The accuracy on `test` of a student's layers and functions, put together rightly and trained on `train`."""
    batches = [(x, y.clone()) for x, y in zip(*(torch.split(part, 100) for part in train), strict=True)]
    for x, y in batches * epochs:
        h_pos, h_neg = embed_label(x, y), embed_label(x, wrong_labels(y))
        for layer in layers:
            h_pos, h_neg, _ = layer.train_batch(h_pos, h_neg)
    sums = [_summed_goodness(layers, embed_label(test[0], torch.full_like(test[1], y)), goodness) for y in range(10)]
    return float((torch.stack(sums, dim=1).argmax(dim=1) == test[1]).double().mean())


def _summed_goodness(layers: Sequence[Any], h: torch.Tensor, goodness: Callable[..., torch.Tensor]) -> torch.Tensor:
    """(B,): the student's goodness of h, summed over the student's layers."""
    total = torch.zeros(len(h))
    for layer in layers:
        h = layer.forward(h).detach()
        total = total + goodness(h).detach().flatten()
    return total
