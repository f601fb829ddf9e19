"""Forward-Forward in float64, computed from a layer's state_dict: whatever its parameters are called."""

from collections.abc import Mapping, Sequence

import torch

State = Mapping[str, torch.Tensor]


def mean_square_one(x: torch.Tensor) -> torch.Tensor:
    """x (B, D) in float64 with every row divided by the root of the mean of its squares."""
    x = x.double()
    return x / x.square().mean(dim=1, keepdim=True).sqrt()


def linear_relu(state: State, x: torch.Tensor) -> torch.Tensor:
    """relu(x @ W.T + b), (B, H), for the one matrix W (H, D), or (D, H), and the one vector b (H,) of the state."""
    weight = next(value.double() for value in state.values() if value.dim() == 2)
    bias = next((value.double() for value in state.values() if value.dim() == 1), torch.zeros(1).double())
    if weight.shape[1] != x.shape[1]:
        weight = weight.T
    return (x.double() @ weight.T + bias).clamp(min=0)


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


def balanced_signs(order: torch.Tensor) -> torch.Tensor:
    """Rows of as many 1 as -1, in this order, numbers (B, D) of any kind: whatever rows are scaled by is one number."""
    return (order.argsort(dim=1) % 2 * 2 - 1).float()


def loss_of(h: torch.Tensor, threshold: float) -> torch.Tensor:
    """The loss of activities (2B, H), positive rows first."""
    g_pos, g_neg = h.double().square().sum(dim=1).chunk(2)
    return torch.nn.functional.softplus(torch.cat([threshold - g_pos, g_neg - threshold])).mean()
