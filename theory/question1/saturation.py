"""Measures activations and gradients, layer by layer, of sigmoid nets with large positive and with sound weights."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, one_hot

from ..digits import digits
from ..measured import write_table, write_values

WIDTHS = [784, 100, 100, 100, 100, 100, 10]
DIGITS, BATCH, EPOCHS, RATES = 10_000, 50, 10, (0.1, 0.3, 1.0)

Weights = list[torch.Tensor]


def large_weights() -> Weights:
    """Uniform in [0.5, 1.5]; in double precision, as all that is measured here."""
    draw = torch.Generator().manual_seed(0)
    return [torch.rand(m, n, generator=draw).double() + 0.5 for m, n in _shapes()]


def sound_weights() -> Weights:
    """Mean 0 and Glorot's variance, times 4 in deviation because a sigmoid's slope at 0 is 1/4."""
    draw = torch.Generator().manual_seed(0)
    return [4 * (2 / (m + n)) ** 0.5 * torch.randn(m, n, generator=draw).double() for m, n in _shapes()]


def layers(weights: Weights, x: torch.Tensor, targets: torch.Tensor) -> Iterator[tuple[float, float, float]]:
    """From the last layer to the first: mean activation, its deviation over the digits, mean size of a gradient."""
    inputs, sums = [x], []
    for w in weights:
        sums.append(inputs[-1] @ w)
        inputs.append(sums[-1].sigmoid())
    back = inputs[-1] - targets  # cross-entropy of sigmoid outputs
    for number in reversed(range(len(weights))):
        gradient = inputs[number].mT @ back / len(x)
        a = inputs[number + 1]
        yield float(a.mean()), float(a.var(0).mean().sqrt()), float(gradient.abs().mean())
        if number:  # 1 - sigmoid(z) as sigmoid(-z), which does not round to 0
            back = (back @ weights[number].mT) * sums[number - 1].sigmoid() * (-sums[number - 1]).sigmoid()


def accuracy(weights: Weights, rate: float) -> float:
    """Share of the test digits classified correctly after some epochs of SGD, in single precision."""
    torch.manual_seed(0)
    net = nn.Sequential(*(layer for m, n in _shapes() for layer in (nn.Linear(m, n), nn.Sigmoid())))[:-1]
    for layer, w in zip(net[::2], weights, strict=True):
        layer.weight.data, layer.bias.data = w.mT.float().contiguous(), torch.zeros(w.shape[1])
    (x, y), (test, labels) = digits("train", DIGITS), digits("t10k")
    optimizer = torch.optim.SGD(net.parameters(), lr=rate)
    for batch in (batch for _ in range(EPOCHS) for batch in torch.randperm(DIGITS).split(BATCH)):
        optimizer.zero_grad()
        binary_cross_entropy_with_logits(net(x[batch]), one_hot(y[batch], 10).float()).backward()
        optimizer.step()
    return float((net(test).argmax(1) == labels).float().mean())


def _shapes() -> list[tuple[int, int]]:
    return list(pairwise(WIDTHS))


def main() -> None:
    """The table of the figure, and the numbers that the text quotes."""
    torch.set_num_threads(2)
    x, y = digits("train", DIGITS)
    columns: dict[str, object] = {"layer": range(1, len(WIDTHS))}
    values = {"saturationEpochs": str(EPOCHS)}
    for name, weights in (("large", large_weights()), ("sound", sound_weights())):
        rows = list(layers(weights, x.double(), one_hot(y, 10).double()))[::-1]
        mean, spread, gradient = zip(*rows, strict=True)
        powers = np.log10(gradient)
        columns |= {f"{name}mean": mean, f"{name}spread": spread, f"{name}gradient": powers}
        found = [accuracy(weights, rate) for rate in RATES]
        print(name, found)
        values[f"saturation{name.title()}Accuracy"] = f"{100 * max(found):.1f}"
        values[f"saturation{name.title()}First"] = f"{powers[0]:.0f}"
    write_table(__file__, columns)
    write_values(__file__, values)


if __name__ == "__main__":
    main()
