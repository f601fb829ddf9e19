"""Question 6: Gaussian dropout, against PyTorch's derivatives averaged over the noise by exact Gaussian quadrature."""

import itertools
import re

import numpy
import torch
from torch import Tensor

from .question5 import agree, matrix, random
from .reading import value

WEIGHTS, INPUTS = (
    torch.tensor([1.5, -0.8, 0.6], dtype=torch.float64),
    torch.tensor([1.0, 0.5, -1.2], dtype=torch.float64),
)
TARGET, ALPHA, WEIGHT = 0.7, 0.5, 1
_SUM = re.compile(r"\\sum_\{k=1\}\^\{n\}([^)+-]*?)(?=\\right|$|[)+-])")


def number(latex: str) -> float:
    """The formula's value here, i = 2, with its sums written out."""
    terms = lambda found: "(" + " + ".join(re.sub(r"_k", f"_{k}", found[1]) for k in (1, 2, 3)) + ")"  # noqa: E731
    letters = {"y_{d}": TARGET, "alpha": ALPHA, "w_{i}": WEIGHTS[WEIGHT].item(), "x_{i}": INPUTS[WEIGHT].item()}
    for k in range(3):
        letters |= {f"w_{{{k + 1}}}": WEIGHTS[k].item(), f"x_{{{k + 1}}}": INPUTS[k].item()}
    return value(_SUM.sub(terms, latex), letters)


def quadrature() -> tuple[Tensor, Tensor]:
    """Points of three independent standard normal numbers and their weights; exact up to degree 9 in each."""
    points, weights = numpy.polynomial.hermite_e.hermegauss(5)
    weights = weights / weights.sum()
    grid = torch.tensor(list(itertools.product(points, repeat=3)), dtype=torch.float64)
    return grid, torch.tensor([numpy.prod(row) for row in itertools.product(weights, repeat=3)], dtype=torch.float64)


def losses(weights: Tensor, noise: Tensor, inputs: Tensor = INPUTS, target: float = TARGET) -> Tensor:
    """J_1 for each row of noise."""
    return (target - (weights + noise) @ inputs).square() / 2


def gradients(through: bool) -> tuple[Tensor, Tensor]:
    """dJ_1/dw_i at each point of the quadrature, and the points' weights."""
    points, chances = quadrature()
    weights = WEIGHTS.expand(len(points), -1).clone().requires_grad_()
    noise = ALPHA**0.5 * weights * points
    loss = losses(weights[:, None], (noise if through else noise.detach())[:, None]).sum()
    return torch.autograd.grad(loss, weights)[0][:, WEIGHT], chances


def constant(latex: str) -> None:
    sample, chances = gradients(through=False)
    agree(number(latex), sample @ chances)


def scaled(latex: str) -> None:
    sample, chances = gradients(through=True)
    agree(number(latex), sample @ chances)


def extra(latex: str) -> None:
    agree(number(latex), gradients(through=True)[0] @ quadrature()[1] - gradients(through=False)[0] @ quadrature()[1])


def expected(latex: str) -> None:
    points, chances = quadrature()
    agree(number(latex), losses(WEIGHTS, ALPHA**0.5 * WEIGHTS * points) @ chances)


def spread(latex: str) -> None:
    sample, chances = gradients(through=False)
    agree(number(latex), (sample - sample @ chances).square() @ chances)


def score(latex: str) -> None:
    """The derivative of the density's logarithm; its mean with J_1 is what the first reading lacks."""
    for noise in (0.4, -1.3):
        weight = WEIGHTS[WEIGHT].clone().requires_grad_()
        density = torch.distributions.Normal(0, ALPHA**0.5 * weight.abs()).log_prob(
            torch.tensor(noise, dtype=torch.float64)
        )
        letters = {"w_{i}": weight.item(), "alpha": ALPHA, "delta_{i}": noise}
        agree(value(latex, letters), torch.autograd.grad(density, weight)[0])


def penalty(latex: str) -> None:
    points, chances = quadrature()
    agree(number(latex), losses(WEIGHTS, ALPHA**0.5 * WEIGHTS * points) @ chances - losses(WEIGHTS, torch.zeros(3)))


def minimiser(inputs: Tensor, targets: Tensor, noisy: bool, decay: float = 0.0) -> Tensor:
    """Of the mean over data, and over the noise where there is any, by Newton's method on PyTorch's derivatives."""
    points, chances = quadrature() if noisy else (torch.zeros(1, 3), torch.ones(1))

    def cost(weights: Tensor) -> Tensor:
        outputs = (weights * (1 + ALPHA**0.5 * points.double())) @ inputs.T
        return ((targets - outputs).square().mean(1) / 2) @ chances.double() + decay / 2 * weights.square().sum()

    start = torch.zeros(3, dtype=torch.float64, requires_grad=True)
    slope = torch.autograd.grad(cost(start), start)[0]
    return -torch.linalg.solve(torch.autograd.functional.hessian(cost, start), slope)


def ridge(latex: str) -> None:
    inputs, targets = random(20, 3) * torch.tensor([1.0, 3.0, 0.3]), random(21, 20)[20]
    second, cross = inputs.T @ inputs / 20, inputs.T @ targets / 20
    found = matrix(latex, C=second, alpha=ALPHA, D=torch.diag(second.diag()), b=cross)
    agree(found, minimiser(inputs, targets, noisy=True))


def uncorrelated() -> tuple[Tensor, Tensor]:
    """Inputs with E[x x^T] diagonal, of energies 1, 9 and 0.09, and their targets."""
    basis = torch.linalg.qr(random(20, 3))[0] * 20**0.5
    return basis * torch.tensor([1.0, 3.0, 0.3], dtype=torch.float64), random(21, 20)[20]


def shrink(latex: str) -> None:
    inputs, targets = uncorrelated()
    ratio = minimiser(inputs, targets, noisy=True) / minimiser(inputs, targets, noisy=False)
    agree(torch.full((3,), value(latex, {"alpha": ALPHA}), dtype=torch.float64), ratio)


def shrink_plain(latex: str) -> None:
    inputs, targets = uncorrelated()
    ratio = minimiser(inputs, targets, noisy=False, decay=0.2) / minimiser(inputs, targets, noisy=False)
    for energy, factor in zip(inputs.square().mean(0).tolist(), ratio, strict=True):
        agree(value(latex, {"s_{k}": energy, "mu": 0.2}), factor)


def bernoulli(latex: str) -> None:
    """The expected error over all masks, against Gaussian noise of this alpha."""
    for drop in (0.2, 0.5):
        masks = torch.tensor(list(itertools.product((0.0, 1.0), repeat=3)), dtype=torch.float64)
        chances = (masks * (1 - drop) + (1 - masks) * drop).prod(1)
        points, weights = quadrature()
        strength = value(latex, {"p": drop})
        assert strength > 0
        dropped = losses(WEIGHTS, WEIGHTS * (masks / (1 - drop) - 1)) @ chances
        agree(losses(WEIGHTS, strength**0.5 * WEIGHTS * points) @ weights, dropped)


def bernoulli_keep(latex: str) -> None:
    """Now p is the probability to keep: the variance of a mask divided by p."""
    for keep in (0.3, 0.8):
        agree(value(latex, {"p": keep}), keep * (1 / keep - 1) ** 2 + (1 - keep))
