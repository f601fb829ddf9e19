"""The distance to the minimum after each step: gradient descent below, at and above the limit, and Newton's method."""

import torch

from ..measured import write_table, write_values
from .quadratic import BEST, LIMIT, axes, descent, newton

STEPS = 80
START = (
    axes() @ torch.tensor([0.5, 0.5], dtype=torch.float64).sqrt()
)  # of length 1, as much of it along each eigenvector
SIZES = {"half": 0.5 * LIMIT, "best": BEST, "at": LIMIT, "above": 1.02 * LIMIT}


def main() -> None:
    """Write convergence.dat and convergence_values.tex."""
    distances = {name: descent(START, size, STEPS).norm(dim=1) for name, size in SIZES.items()}
    distances["newton"] = newton(START, STEPS).norm(dim=1).clamp(min=1e-16)  # it is 0 up to rounding
    write_table(__file__, {"step": torch.arange(STEPS + 1)} | distances)
    values = {f"distances{name.title()}": f"{column[-1]:.2g}" for name, column in distances.items() if name != "newton"}
    values["distancesSteps"] = str(STEPS)
    write_values(__file__, values)
    print(values)


if __name__ == "__main__":
    main()
