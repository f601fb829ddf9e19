"""Question 1: batches, batch normalization, saturation, parameters, logistic against softmax."""

from functools import cache
from itertools import pairwise, product

import numpy as np
import pytest
import torch
from torch import nn

from .reading import value

# ---- (a) examples with quadratic losses, where each possible batch can be enumerated ---------------------------------

_RATES = (0.1, 0.4, 0.9)


@cache
def _problem() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Curvature, start, and four examples: the loss of one is half its squared distance in that curvature."""
    draw = torch.Generator().manual_seed(0)
    root = torch.randn(3, 3, generator=draw, dtype=torch.float64)
    start, examples = (torch.randn(n, 3, generator=draw, dtype=torch.float64) for n in (1, 4))
    return root @ root.T / 3 + 0.1 * torch.eye(3), start[0] + 1, examples


def _loss(weights: torch.Tensor, examples: torch.Tensor) -> torch.Tensor:
    away = weights - examples
    return (away @ _problem()[0] * away).sum(-1).mean() / 2


def _gradient(batch: torch.Tensor) -> torch.Tensor:
    weights = _problem()[1].clone().requires_grad_()
    return torch.autograd.grad(_loss(weights, batch), weights)[0]


@cache
def _decrease(batch: int, rate: float) -> float:
    """Of the loss over all examples, averaged over each batch that can be drawn."""
    _, start, examples = _problem()
    after = [_loss(start - rate * _gradient(torch.stack(drawn)), examples) for drawn in product(examples, repeat=batch)]
    return float(_loss(start, examples) - torch.stack(after).mean())


@cache
def _best(batch: int) -> tuple[float, float]:
    """The rate of the largest decrease and that decrease: the vertex of the parabola through three rates."""
    parabola = np.polynomial.Polynomial.fit(_RATES, [_decrease(batch, rate) for rate in _RATES], 2).convert()
    rate = float(parabola.deriv().roots()[0])
    return rate, float(parabola(rate))


@cache
def _letters() -> dict[str, float]:
    curvature, _, examples = _problem()
    mean = _gradient(examples)
    each = torch.stack([_gradient(example[None]) for example in examples]) - mean
    noise = torch.trace(curvature @ each.T @ each) / len(examples)
    return {"A": float(mean @ mean), "K": float(mean @ curvature @ mean), "V": float(noise)}


def decrease(latex: str) -> None:
    """The average over all batches that can be drawn."""
    for batch, rate in product((1, 2, 4), _RATES):
        assert value(latex, _letters() | {"B": batch, "eta": rate}) == pytest.approx(_decrease(batch, rate))


def best_rate(latex: str) -> None:
    """The best rate found by trying."""
    for batch in (1, 2, 4):
        assert value(latex, _letters() | {"B": batch}) == pytest.approx(_best(batch)[0])


def best_decrease(latex: str) -> None:
    """The decrease at the best rate found by trying."""
    for batch in (1, 2, 4):
        assert value(latex, _letters() | {"B": batch}) == pytest.approx(_best(batch)[1])


def critical(latex: str) -> None:
    """The batch with which a step gains half of what the exact gradient gains, from the gains with 1 and 4 examples."""
    slope, exact = np.polyfit([1, 1 / 4], [1 / _best(1)[1], 1 / _best(4)[1]], 1)
    assert value(latex, _letters()) == pytest.approx(slope / exact)


def least_batch(latex: str) -> None:
    """With this batch, and this fixed rate, the average step changes nothing."""
    for batch in (1, 2):
        rate = float(max(np.roots(np.polyfit(_RATES, [_decrease(batch, eta) / eta for eta in _RATES], 1))))
        assert value(latex, _letters() | {"eta": rate}) == pytest.approx(batch)


@cache
def _steps(batch: float) -> float:
    """Along a made-up descent from the loss 2 to 0.1, whose A, K and V change on the way."""
    loss = np.linspace(0.1, 2, 2001)
    gain, curvature, noise = loss**1.5, 0.3 + loss, 4 + loss**2
    return float(np.trapezoid(2 * (curvature + noise / batch) / gain**2, loss))


def _fitted() -> dict[str, float]:
    """From the steps with one example and with very many."""
    return {"S_{oo}": _steps(1e12), "B_{c}": _steps(1) / _steps(1e12) - 1}


def steps(latex: str) -> None:
    """Adds up the steps of a descent."""
    for batch in (3, 20, 500):
        assert value(latex, _fitted() | {"B": batch}) == pytest.approx(_steps(batch))


def steps_small(latex: str) -> None:
    """The same with a batch far below the critical one."""
    assert value(latex, _fitted() | {"B": 1e-6}) == pytest.approx(_steps(1e-6), rel=1e-4)


def examples(latex: str) -> None:
    """The steps of a descent times the batch."""
    for batch in (3, 20, 500):
        assert value(latex, _fitted() | {"B": batch}) == pytest.approx(batch * _steps(batch))


# ---- (b) simulated batches ----------------------------------------------------------------------------------------

_SIZE, _TIMES = 400, 10_000


@cache
def _noise(kind: str, own: float | None) -> float:
    """Variance of a normalized activation minus its own standardized value; own: that value, or random."""
    draw = np.random.default_rng(0)
    batches = (
        draw.standard_normal((_TIMES, _SIZE)) if kind == "normal" else draw.standard_gamma(4, (_TIMES, _SIZE)) / 2 - 2
    )
    if own is not None:
        batches[:, 0] = own
    return float(np.mean(((batches[:, 0] - batches.mean(1)) / batches.std(1) - batches[:, 0]) ** 2))


def noise_given(latex: str) -> None:
    """Batches of a skewed distribution: skewness 1, kurtosis 4.5."""
    for own in (-1.5, 0.5, 2.0):
        found = value(latex, {"m": _SIZE, "s": 1, "u": own, "kappa": 4.5})
        assert found == pytest.approx(_noise("gamma", own), rel=0.05)


def noise_given_normal(latex: str) -> None:
    """Batches of a normal distribution."""
    for own in (0.0, 2.0):
        assert value(latex, {"m": _SIZE, "u": own}) == pytest.approx(_noise("normal", own), rel=0.05)


def noise_rms(latex: str) -> None:
    """The same skewed batches, the example's own value random."""
    assert value(latex, {"m": _SIZE, "kappa": 4.5}) == pytest.approx(_noise("gamma", None) ** 0.5, rel=0.05)


def noise_rms_normal(latex: str) -> None:
    """The same normal batches, the example's own value random."""
    assert value(latex, {"m": _SIZE}) == pytest.approx(_noise("normal", None) ** 0.5, rel=0.05)


# ---- (c) sigmoid layers ------------------------------------------------------------------------------------------


def slope_bound(latex: str) -> None:
    """Autograd's slope of the sigmoid stays below it, and comes close for large sums."""
    for z in (-20.0, -3.0, 0.0, 1.0, 20.0):
        sums = torch.tensor(z, dtype=torch.float64, requires_grad=True)
        slope = float(torch.autograd.grad(torch.sigmoid(sums), sums)[0])
        assert (1 - 1e-6) * slope <= value(latex, {"z": z}) <= (4 + 1e-6) * slope
        assert abs(z) < 20 or value(latex, {"z": z}) == pytest.approx(slope)


def _second_layer(n: int, p: float, q: float, pixels: torch.Tensor) -> tuple[torch.Tensor, float]:
    """Its sums, and the largest factor by which an error shrinks or grows on the way back to them."""
    draw = torch.Generator().manual_seed(0)
    w1, w2, w3 = (p + (q - p) * torch.rand(n, n, generator=draw, dtype=torch.float64) for _ in range(3))
    sums = w2 @ torch.sigmoid(w1 @ pixels)
    factors = torch.autograd.functional.jacobian(lambda z: w3 @ torch.sigmoid(z), sums)
    return sums, float(factors.abs().sum(0).max())


def least_sum(latex: str) -> None:
    """No sum of random nets lies below it, and with a black picture and equal weights all lie on it."""
    for n, pixels in ((3, 0.0), (5, 0.2), (8, 1.0)):
        sums, _ = _second_layer(n, 0.5, 1.5, torch.full((n,), pixels, dtype=torch.float64))
        assert 0 < value(latex, {"n": n, "p": 0.5}) <= float(sums.min())
    sums, _ = _second_layer(4, 0.7, 0.7, torch.zeros(4, dtype=torch.float64))
    assert value(latex, {"n": 4, "p": 0.7}) == pytest.approx(float(sums.min()))


def gain(latex: str) -> None:
    """Backpropagation through random nets stays below it, and comes close with equal weights and a black picture."""
    for n, p, q in ((3, 0.5, 1.5), (10, 1.0, 2.0), (6, 0.1, 0.4)):
        _, factor = _second_layer(n, p, q, torch.zeros(n, dtype=torch.float64))
        assert factor <= value(latex, {"n": n, "p": p, "q": q})
    _, factor = _second_layer(10, 3.0, 3.0, torch.zeros(10, dtype=torch.float64))
    assert value(latex, {"n": 10, "p": 3, "q": 3}) == pytest.approx(factor, rel=1e-4)


def largest_gain(latex: str) -> None:
    """The maximum over a fine grid."""
    t = np.linspace(0, 20, 200_001)
    assert value(latex, {}) == pytest.approx(float((2 * t * np.exp(-t)).max()))


# ---- (d) ----------------------------------------------------------------------------------------------------------


def parameters(latex: str) -> None:
    """PyTorch's own count for this net."""
    widths = [20, 10, 10, 10, 10, 10, 1]
    net = nn.Sequential(*(nn.Linear(m, n) for m, n in pairwise(widths)))
    assert value(latex, {}) == sum(p.numel() for p in net.parameters())


parameters_total = parameters


# ---- (e) softmax with two outputs ---------------------------------------------------------------------------------

_SOFTMAX = {"w_{1}": 0.7, "w_{2}": -1.9, "b_{1}": 0.4, "b_{2}": 1.1}
_INPUTS = torch.linspace(-3, 3, 7, dtype=torch.float64)


def _softmax(letters: dict[str, float]) -> torch.Tensor:
    """Probability of class one, from PyTorch."""
    rows = [letters[f"w_{{{i}}}"] * _INPUTS + letters[f"b_{{{i}}}"] for i in (1, 2)]
    return torch.stack(rows).softmax(0)[1]


def second_output(latex: str) -> None:
    """PyTorch's softmax."""
    for x, expected in zip(_INPUTS.tolist(), _softmax(_SOFTMAX).tolist(), strict=True):
        assert value(latex, _SOFTMAX | {"x": x}) == pytest.approx(expected)


def _logit(x: float) -> float:
    """What a logistic regression's neuron has to compute to agree with the softmax at x."""
    rows = [_SOFTMAX[f"w_{{{i}}}"] * x + _SOFTMAX[f"b_{{{i}}}"] for i in (1, 2)]
    return float(torch.tensor(rows, dtype=torch.float64).softmax(0)[1].logit())


def logistic_weights(latex: str) -> None:
    """The slope of the softmax's log-odds."""
    assert value(latex, _SOFTMAX) == pytest.approx(_logit(1) - _logit(0))


def logistic_bias(latex: str) -> None:
    """The softmax's log-odds at the origin."""
    assert value(latex, _SOFTMAX) == pytest.approx(_logit(0))


def shifted_weights(latex: str) -> None:
    """As the second row, whatever the first, it gives the logistic regression's probabilities."""
    for first in (-2.0, 0.0, 0.7):
        second = value(latex, {"w_{1}": first, "W_{l}": 1.3})
        found = _softmax({"w_{1}": first, "w_{2}": second, "b_{1}": 0.4, "b_{2}": 0.4})
        torch.testing.assert_close(found, torch.sigmoid(1.3 * _INPUTS))


def shifted_bias(latex: str) -> None:
    """As the second entry, whatever the first, it gives the logistic regression's probabilities."""
    for first in (-2.0, 0.0, 0.7):
        second = value(latex, {"b_{1}": first, "b_{l}": -0.8})
        found = _softmax({"w_{1}": 0.3, "w_{2}": 1.0, "b_{1}": first, "b_{2}": second})
        torch.testing.assert_close(found, torch.sigmoid(0.7 * _INPUTS - 0.8))


def _trained(outputs: int, rate: float) -> torch.Tensor:
    """Log-odds after some gradient descent from 0 on random examples, with softmax or logistic regression."""
    draw = torch.Generator().manual_seed(0)
    x, y = torch.randn(30, 3, generator=draw, dtype=torch.float64), torch.arange(30) % 2
    weights = torch.zeros(3, outputs, dtype=torch.float64)
    for _ in range(20):
        rows = (x @ weights.requires_grad_()).reshape(30, outputs)
        rows = rows if outputs == 2 else torch.cat([torch.zeros_like(rows), rows], 1)
        slope = torch.autograd.grad(nn.functional.cross_entropy(rows, y), weights)[0]
        weights = (weights - rate * slope).detach()
    return weights[:, 1] - weights[:, 0] if outputs == 2 else weights[:, 0]


def doubled_rate(latex: str) -> None:
    """Trains both ways."""
    torch.testing.assert_close(_trained(1, value(latex, {"eta": 0.3})), _trained(2, 0.3))


def half_penalty(latex: str) -> None:
    """Searches the first row that makes both rows together smallest."""
    wanted = torch.tensor([0.3, -1.2, 2.0], dtype=torch.float64)
    first = torch.zeros(3, dtype=torch.float64, requires_grad=True)
    for _ in range(100):
        slope = torch.autograd.grad(first.square().sum() + (first + wanted).square().sum(), first)[0]
        first = (first - 0.1 * slope).detach().requires_grad_()
    first = first.detach()
    least = first.square().sum() + (first + wanted).square().sum()
    assert value(latex, {}) == pytest.approx(float(least / wanted.square().sum()))


def free_parameters(latex: str) -> None:
    """How many directions of the weights and biases change the outputs for some input: the rank of a Jacobian."""
    for n in (1, 3, 6):
        draw = torch.Generator().manual_seed(n)
        x, weights = (torch.randn(*shape, generator=draw, dtype=torch.float64) for shape in ((50, n), (n + 1, 2)))
        x = torch.cat([x, torch.ones(50, 1)], 1)
        changes = torch.autograd.functional.jacobian(lambda w, x=x: (x @ w).softmax(1), weights).reshape(100, -1)
        assert value(latex, {"n": n}) == int(torch.linalg.matrix_rank(changes))
