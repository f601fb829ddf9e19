"""The paths of gradient descent, with a large and a small step size, and of Newton's method on w^T H w."""

import math

import torch
from torch import Tensor

from ..measured import write_table, write_values
from .quadratic import LARGEST, LIMIT, SMALLEST, axes, descent, newton

START = torch.tensor([-2.4, 1.0], dtype=torch.float64)
STEPS = 60
LEVELS = (0.02, 0.1, 0.3, 0.7, 1.3, 2.2)  # values of w^T H w


def ellipse(level: float) -> Tensor:
    """Points with w^T H w = level, (STEPS + 1, 2), so that all columns are equally long."""
    angle = torch.linspace(0, 2 * math.pi, STEPS + 1, dtype=torch.float64)
    along = torch.stack([angle.cos() / math.sqrt(LARGEST), angle.sin() / math.sqrt(SMALLEST)])
    return (math.sqrt(level) * axes() @ along).T


def main() -> None:
    """Write newton.dat and newton_values.tex."""
    paths = {
        "large": descent(START, 0.95 * LIMIT, STEPS),
        "small": descent(START, 0.25 * LIMIT, STEPS),
        "newton": newton(START, STEPS),
    } | {f"level{number}": ellipse(level) for number, level in enumerate(LEVELS)}
    write_table(
        __file__, {f"{name}_{axis}": path[:, place] for name, path in paths.items() for place, axis in enumerate("xy")}
    )
    left = {name: path[-1].norm().item() / START.norm().item() for name, path in paths.items()}
    write_values(
        __file__,
        {
            "levelsCondition": f"{LARGEST / SMALLEST:.0f}",
            "levelsSteps": str(STEPS),
            "levelsLargeLeft": f"{100 * left['large']:.1f}",
            "levelsSmallLeft": f"{100 * left['small']:.1f}",
        },
    )
    print(left)


if __name__ == "__main__":
    main()
