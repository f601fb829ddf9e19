"""Measures the noise that a batch's mean and variance put into normalized activations, against the batch size."""

import numpy as np
import torch

from ..digits import digits
from ..measured import write_table, write_values

SIZES = [2**k for k in range(1, 11)]
DIGITS, WIDTH, ACTIVATIONS, EPSILON = 10_000, 100, 2**17, 1e-5


def pre_activations() -> torch.Tensor:
    """Of the second hidden layer of a ReLU net with He's first weights, (digits, units)."""
    images, draw = digits("train", DIGITS)[0], torch.Generator().manual_seed(0)
    first = torch.randn(784, WIDTH, generator=draw) * (2 / 784) ** 0.5
    second = torch.randn(WIDTH, WIDTH, generator=draw) * (2 / WIDTH) ** 0.5
    return ((images - images.mean()) @ first).relu() @ second


def noise(z: torch.Tensor, size: int) -> float:
    """Root mean square difference between normalizing by a batch's own mean and variance and by all digits'."""
    draw = torch.Generator().manual_seed(size)
    batches = z[torch.randint(len(z), (ACTIVATIONS // size, size), generator=draw)]
    normalized = (batches - batches.mean(1, keepdim=True)) / (batches.var(1, False, keepdim=True) + EPSILON).sqrt()
    return float((normalized - (batches - z.mean(0)) / z.std(0, False)).square().mean().sqrt())


def main() -> None:
    """The table of the figure, and the numbers that the text quotes."""
    torch.set_num_threads(2)
    z = pre_activations()
    kurtosis = float(((z - z.mean(0)) / z.std(0, False)).pow(4).mean())
    measured = np.array([noise(z, size) for size in SIZES])
    predicted = np.sqrt((kurtosis + 3) / (4 * np.array(SIZES)))
    large = np.array(SIZES) >= 16
    slope = np.polyfit(np.log(np.array(SIZES)[large]), np.log(measured[large]), 1)[0]
    write_table(__file__, {"size": SIZES, "measured": measured, "predicted": predicted})
    at = dict(zip(SIZES, measured, strict=True))
    values = {"noiseKurtosis": f"{kurtosis:.2f}", "noiseSlope": f"{slope:.2f}"}
    values |= {"noiseSmall": f"{at[16]:.2f}", "noiseLarge": f"{at[256]:.3f}"}
    write_values(__file__, values)


if __name__ == "__main__":
    main()
