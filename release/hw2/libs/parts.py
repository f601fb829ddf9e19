"""What came back, taken apart: tuples and lists of every kind, one number, the weights of layers."""

from collections.abc import Iterable
from typing import Any

import torch

from .batches import batches_of
from .progress import quietly


def parts_of(value: Any) -> list[Any]:
    """A tuple, a list, a named tuple, an nn.ModuleList or nn.Sequential as a plain list."""
    return list(value) if isinstance(value, list | tuple) else batches_of(value)


def history_of(net: Any, batches: Iterable[tuple[torch.Tensor, torch.Tensor]], epochs: int) -> list[list[float]]:
    """What fit returns for copies of these (x, y): for every epoch its losses; one number is a list of one."""
    entries = parts_of(quietly(net.fit, [(x.clone(), y.clone()) for x, y in batches], epochs=epochs))
    return [[float(loss) for loss in ([entry] if isinstance(entry, float) else parts_of(entry))] for entry in entries]


def single(value: Any) -> Any:
    """One number in a tensor of any shape as a tensor without dimensions; anything else as it is."""
    return value.reshape(()) if isinstance(value, torch.Tensor) and value.numel() == 1 else value


def weights_of(*layers: Any) -> torch.Tensor:
    """All weights and biases of these layers in one row."""
    return torch.cat([value.detach().flatten().double() for layer in layers for value in layer.state_dict().values()])


def both_ways(layer: Any, x_pos: torch.Tensor, x_neg: torch.Tensor) -> list[torch.Tensor]:
    """The activities (2B, H) of two batches by the layer's forward: one batch after the other, and both at once.

    They are the same unless the rows of a batch take part in each other's activities, which is judged by itself.
    """
    both = torch.cat([x_pos, x_neg])
    return [torch.cat([layer.forward(x) for x in (x_pos, x_neg)]).detach(), layer.forward(both).detach()]
