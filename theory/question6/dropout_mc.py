"""The mean gradient of J_1 over more and more samples of the noise: as a constant, and differentiated through."""

import torch
from torch import Tensor

from ..measured import write_table, write_values

torch.set_num_threads(2)

WEIGHTS = torch.tensor([1.5, -0.8, 0.6], dtype=torch.float64)
INPUTS = torch.tensor([1.0, 0.5, -1.2], dtype=torch.float64)
TARGET, ALPHA, WEIGHT = 1.0, 0.5, 0  # WEIGHT: the i of dJ_1/dw_i
RUNS, SAMPLES, POINTS = 6, 100_000, 61


def gradients(samples: int, through: bool, generator: torch.Generator) -> Tensor:
    """dJ_1/dw_i for each sample, by autograd; `through` sqrt(alpha) w eps, or with this noise cut off from w."""
    weights = WEIGHTS.expand(samples, -1).clone().requires_grad_()
    noise = ALPHA**0.5 * weights * torch.randn(samples, len(WEIGHTS), generator=generator, dtype=torch.float64)
    noisy = weights + (noise if through else noise.detach())
    loss = (TARGET - noisy @ INPUTS).square().sum() / 2
    return torch.autograd.grad(loss, weights)[0][:, WEIGHT]


def sampled(through: bool) -> Tensor:
    """Gradients, (RUNS, SAMPLES); run number r draws its noise from seed r, the same for both readings."""
    generators = [torch.Generator().manual_seed(seed) for seed in range(RUNS)]
    return torch.stack([gradients(SAMPLES, through, generator) for generator in generators])


def formulas() -> dict[str, float]:
    """The expected gradients of 6 (a)."""
    constant = (-(TARGET - WEIGHTS @ INPUTS) * INPUTS[WEIGHT]).item()
    return {"constant": constant, "scaled": constant + (ALPHA * WEIGHTS * INPUTS**2)[WEIGHT].item()}


def main() -> None:
    """Write dropout_mc.dat and dropout_mc_values.tex."""
    counts = torch.logspace(1, 5, POINTS, dtype=torch.float64).round()
    columns, values = {"samples": counts}, {"dropoutRuns": str(RUNS)}
    for (name, formula), through in zip(formulas().items(), (False, True), strict=True):
        sample = sampled(through)
        means = sample.cumsum(1)[:, counts.long() - 1] / counts
        error = sample.std() / counts.sqrt()
        columns |= {f"{name}_{run}": mean for run, mean in enumerate(means)}
        columns |= {f"{name}_low": formula - 2 * error, f"{name}_high": formula + 2 * error}
        values |= numbers(f"dropout{name.title()}", sample, formula)
    write_table(__file__, columns)
    write_values(__file__, values)
    print(values)


def numbers(title: str, sample: Tensor, formula: float) -> dict[str, str]:
    """The mean over all runs, its standard error, and the formula's value."""
    error = (sample.std() / sample.numel() ** 0.5).item()
    return {title: f"{sample.mean():.4f}", f"{title}Error": f"{error:.4f}", f"{title}Formula": f"{formula:.2f}"}


if __name__ == "__main__":
    main()
