"""Changes that both Forward-Forward notebooks try out: another threshold, no normalization between layers."""

import torch.nn.functional as F
from torch import Tensor, nn

from .parts import Arm, Trial


def threshold(times: float) -> Arm:
    """Thresholds so many times the number of units."""

    def change(trial: Trial) -> None:
        for place, layer in enumerate(trial.net.layers):
            inputs, units = trial.dims[place : place + 2]
            other = trial.notebook["FFLayer"](inputs, units, threshold=times * units, lr=trial.lr)
            other.load_state_dict(layer.state_dict())
            trial.net.layers[place] = other

    return Arm(f"{times:g} times the units", change)


def no_normalization() -> Arm:
    """Every layer but the first reads the activities below as they are, their length included."""

    def change(trial: Trial) -> None:
        for layer in list(trial.net.layers)[1:]:
            layer.forward = trial.watched("forward of FFLayer", _plain(layer))

    return Arm("no normalization", change)


def _plain(layer: nn.Module):
    """relu(x @ W.T + b) for x as it comes."""
    weights, bias = (next(p for p in layer.parameters() if p.dim() == dim) for dim in (2, 1))

    def forward(x: Tensor) -> Tensor:
        return F.relu(x @ (weights.T if len(weights) == len(bias) else weights) + bias)

    return forward
