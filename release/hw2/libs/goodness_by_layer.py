"""The goodness of images in every layer, for figures and tables."""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn


@torch.no_grad()
def goodness_by_layer(layers: Sequence[nn.Module], x: Tensor, goodness: Callable[[Tensor], Tensor]) -> Tensor:
    """(L, B): what goodness says of the activities of each layer, for images x (B, D)."""
    rows = []
    for layer in layers:
        x = layer(x)
        rows.append(goodness(x).flatten())
    return torch.stack(rows)
