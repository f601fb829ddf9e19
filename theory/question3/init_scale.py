"""Measures how well a net of three hidden layers reads real digits after short training, by how it was initialised."""

from itertools import pairwise

import torch
from torch import Tensor

from ..digits import digits
from ..measured import write_table, write_values

WIDTHS = (784, 100, 100, 100, 10)
SCALES = [2.0**k for k in range(-6, 7)]  # standard deviation of a weight times the square root of its layer's inputs
TRAINED, TESTED, EPOCHS, BATCH, RATE, RUNS = 3000, 10_000, 3, 50, 0.1, 2
UNITS = {"tanh": torch.tanh, "relu": torch.relu}
CURVES = (("tanh", False), ("relu", False), ("tanh", True))  # the units, and whether all weights of a layer start equal


def standardised(kind: str, count: int) -> tuple[Tensor, Tensor]:
    """The first digits of a kind and their labels; pixels have the mean 0 and the variance 1 over the whole set."""
    pixels, labels = digits(kind, count)
    return (pixels - 0.1307) / 0.3081, labels


def weights(scale: float, equal: bool, draw: torch.Generator) -> list[Tensor]:
    """Weights and zero biases in turn; random and normal, or all those of a layer equal."""
    made: list[Tensor] = []
    for inputs, outputs in pairwise(WIDTHS):
        shape = (inputs, outputs)
        weight = torch.ones(shape) if equal else torch.randn(shape, generator=draw)
        made += [weight * scale / inputs**0.5, torch.zeros(outputs)]
    return [tensor.requires_grad_() for tensor in made]


def scores(x: Tensor, net: list[Tensor], unit: str) -> Tensor:
    """The net's output before the softmax."""
    for weight, bias in zip(net[:-2:2], net[1:-2:2], strict=True):
        x = UNITS[unit](x @ weight + bias)
    return x @ net[-2] + net[-1]


def trained(net: list[Tensor], unit: str, images: Tensor, labels: Tensor, draw: torch.Generator) -> list[Tensor]:
    """The net after some epochs of SGD with the cross-entropy."""
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(labels), generator=draw).split(BATCH):
            loss = torch.nn.functional.cross_entropy(scores(images[rows], net, unit), labels[rows])
            with torch.no_grad():
                for tensor, slope in zip(net, torch.autograd.grad(loss, net), strict=True):
                    tensor -= RATE * slope
    return net


@torch.no_grad()
def accuracy(net: list[Tensor], unit: str, images: Tensor, labels: Tensor) -> float:
    """The percentage of digits that are read correctly; a net whose scores are not finite reads none."""
    found = scores(images, net, unit)
    right = (found.argmax(1) == labels) & found.isfinite().all(1)
    return 100 * right.double().mean().item()


def spread(net: list[Tensor]) -> float:
    """How far the units of one hidden layer are apart: the largest difference between their weights."""
    return max((tensor.max(1).values - tensor.min(1).values).max().item() for tensor in net[:-2:2])


def measured(scale: float, unit: str, equal: bool, sets: tuple[Tensor, ...]) -> tuple[float, float]:
    """The mean accuracy over some runs, and the largest spread."""
    ends = []
    for run in range(1 if equal else RUNS):
        draw = torch.Generator().manual_seed(run)
        net = trained(weights(scale, equal, draw), unit, *sets[:2], draw)
        ends.append((accuracy(net, unit, *sets[2:]), spread(net)))
    return sum(hit for hit, _ in ends) / len(ends), max(apart for _, apart in ends)


def powers(number: float) -> tuple[str, int]:
    """One digit and the power of ten."""
    digit, power = f"{number:.0e}".split("e")
    return digit, int(power)


def values(rows: list[tuple[float, ...]]) -> dict[str, str]:
    """The numbers that the text speaks of."""
    tanh, relu, equal = (max(rows, key=lambda row, column=column: row[column]) for column in (1, 2, 3))
    return {
        "Runs": f"{RUNS}",
        "Trained": f"{TRAINED}",
        "Tested": f"{TESTED}",
        "Epochs": f"{EPOCHS}",
        "Tanh": f"{tanh[1]:.1f}",
        "TanhScale": f"{tanh[0]:g}",
        "Relu": f"{relu[2]:.1f}",
        "ReluScale": f"{relu[0]:g}",
        "Small": f"{rows[0][1]:.1f}",
        "Large": f"{rows[-1][1]:.1f}",
        "Overflow": f"{min(row[0] for row in rows if row[2] == 0):g}",
        "Equal": f"{equal[3]:.1f}",
        "Spread": r"{}\cdot 10^{{{:d}}}".format(*powers(max(row[4] for row in rows))),
    }


def main() -> None:
    """Write init_scale.dat and init_scale_values.tex."""
    torch.set_num_threads(1)  # so small a net is faster on one
    sets = (*standardised("train", TRAINED), *standardised("t10k", TESTED))
    rows = []
    for scale in SCALES:
        kinds = [measured(scale, unit, equal, sets) for unit, equal in CURVES]
        rows.append((scale, *(hit for hit, _ in kinds), kinds[-1][1]))
    write_table(__file__, dict(zip(("scale", "tanh", "relu", "equal", "spread"), zip(*rows, strict=True), strict=True)))
    write_values(__file__, {f"init{name}": number for name, number in values(rows).items()})


if __name__ == "__main__":
    main()
