"""The factor by which the distance to the minimum shrinks in a late step of gradient descent, for 41 step sizes."""

import torch
from torch import Tensor

from ..measured import write_table, write_values
from .quadratic import LARGEST, LIMIT, SMALLEST, axes, descent

START = axes() @ torch.tensor([1.0, 1.0], dtype=torch.float64)
LATE, SPAN = 1500, 100  # so late that the faster of the two components is gone


def measured(sizes: Tensor) -> Tensor:
    """For each step size the factor of one step, averaged over the last SPAN steps of a run of LATE."""
    paths = descent(START.expand(len(sizes), 2), sizes[:, None], LATE)
    distance = paths.norm(dim=2)
    return (distance[-1] / distance[-1 - SPAN]) ** (1 / SPAN)


def predicted(sizes: Tensor) -> Tensor:
    """The larger of |1 - 2 epsilon lambda| over the two eigenvalues."""
    return torch.maximum((1 - 2 * sizes * LARGEST).abs(), (1 - 2 * sizes * SMALLEST).abs())


def main() -> None:
    """Write rate.dat and rate_values.tex."""
    relative = torch.arange(6, 47, dtype=torch.float64) / 42  # times the limit; 40/42 is best
    factors, theory = measured(relative * LIMIT), predicted(relative * LIMIT)
    assert torch.allclose(factors, theory, rtol=1e-9)
    write_table(__file__, {"relative": relative, "measured": factors, "predicted": theory})
    best = int(factors.argmin())
    values = {
        "rateSizes": str(len(relative)),
        "rateBest": f"{factors[best]:.3f}",
        "rateBestAt": f"{relative[best]:.3f}",
    }
    write_values(__file__, values)
    print(values)


if __name__ == "__main__":
    main()
