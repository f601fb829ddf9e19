"""Hybrids and unsupervised features of their own, for the hidden tests only."""

from collections.abc import Sequence

import torch

from .forward_forward import State, activities, mean_square_one


def masks(count: int, blurs: int = 10) -> torch.Tensor:
    """(count, 28, 28): random bits, blurred with [1/4, 1/2, 1/4] both ways, thresholded at 0.5."""
    values = torch.rand(count, 28, 28, dtype=torch.float64).round()
    for _ in range(blurs):
        for dim in (1, 2):
            first, last = values.narrow(dim, 0, 1), values.narrow(dim, 27, 1)
            wide = torch.cat([first, values, last], dim)
            values = (wide.narrow(dim, 0, 28) + 2 * values + wide.narrow(dim, 2, 28)) / 4
    return (values > 0.5).double()


def hybrids(x: torch.Tensor) -> torch.Tensor:
    """x (B, 784), every image mixed with the next one through a mask of its own."""
    mask = masks(len(x)).flatten(1).to(x.dtype)
    return mask * x + (1 - mask) * x.roll(1, 0)


def told_apart(states: Sequence[State], x: torch.Tensor, others: torch.Tensor) -> float:
    """The share of rows of x (B, 784) with more goodness in the last layer than the same row of `others`."""
    goodness = [activities(states, rows)[-1].square().sum(1) for rows in (x, others)]
    return float((goodness[0] > goodness[1]).double().mean())


def features(states: Sequence[State], x: torch.Tensor) -> torch.Tensor:
    """The activities of all layers side by side, each layer's row of mean square 1; float64."""
    return torch.cat([mean_square_one(h) for h in activities(states, x)], dim=1)
