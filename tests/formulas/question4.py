"""Question 4: Adam's averages by its own recursion and by simulation, the size of its steps by torch.optim.Adam."""

import numpy as np
import sympy
import torch

from .reading import read, value

BETAS = ((0.9, 0.999), (0.7, 0.95), (0.5, 0.8))
SUGGESTED = BETAS[0]
ALPHA = 0.01


def near(found: float, expected: float, tolerance: float = 1e-9) -> None:
    """Equal up to rounding, or up to a stated share."""
    assert abs(found - expected) <= tolerance * max(1, abs(expected)), f"{found}, expected {expected}"


def averages(inputs: np.ndarray, beta: float) -> np.ndarray:
    """The average that starts at zero, after each step; the steps are the first axis."""
    average, all_of_them = np.zeros(inputs.shape[1:]), []
    for item in inputs:
        average = beta * average + (1 - beta) * item
        all_of_them.append(average)
    return np.array(all_of_them)


def last_step(gradients: np.ndarray, betas: tuple[float, float], epsilon: float = 0.0) -> float:
    """How far torch.optim.Adam moves one parameter at the last of these gradients."""
    weight = torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))
    adam = torch.optim.Adam([weight], lr=ALPHA, betas=betas, eps=epsilon)
    for gradient in gradients:
        before = weight.item()
        weight.grad = torch.tensor([float(gradient)], dtype=torch.float64)
        adam.step()
    return abs(weight.item() - before)


def letters(betas: tuple[float, float], **more: float) -> dict[str, float]:
    """The names of the formulas' letters."""
    return {"beta_{1}": betas[0], "beta_{2}": betas[1], "alpha": ALPHA, **more}


def weighed(latex: str, sequences: dict[str, np.ndarray], numbers: dict[str, float]) -> float:
    """A formula with a sum over sequences g_i, i = 1, 2, ...; its terms are written out."""
    expression = read(latex)
    (total,) = expression.atoms(sympy.Sum)
    index, first, last = total.limits[0]
    terms = []
    for i in range(int(first), int(last.subs(sympy.Symbol("t"), numbers["t"])) + 1):
        here = {sympy.Symbol(f"{name}_{{i}}"): sequence[i - 1] for name, sequence in sequences.items()}
        terms.append(total.function.subs(here).subs(index, i))
    written = expression.subs(total, sympy.Add(*terms))
    return float(written.subs({sympy.Symbol(name): number for name, number in numbers.items()}))


def sum_of(which: int):
    """A check that a sum is what the recursion gives, for the gradients (0) or their squares (1)."""

    def check(latex: str) -> None:
        gradients = np.random.default_rng(0).normal(0.4, 1, 7)
        for betas in BETAS:
            for t in (1, 7):
                expected = averages(gradients[:t] ** (1 + which), betas[which])[-1]
                near(weighed(latex, {"g": gradients}, letters(betas, t=t)), expected)

    return check


m_sum, v_sum = sum_of(0), sum_of(1)


def weight(latex: str) -> None:
    """What a single gradient of 1 has become in m after k more steps."""
    for betas in BETAS:
        response = averages(np.eye(9)[0], betas[0])
        for k in (0, 3, 8):
            near(value(latex, letters(betas, k=k)), response[k])


def window(latex: str) -> None:
    """The sum of all weights over the largest of them."""
    for beta in (0.5, 0.9, 0.99):
        response = averages(np.eye(4000)[0], beta)
        near(value(latex, {"beta": beta}), response.sum() / response[0])


def weight_sum(latex: str) -> None:
    """The average of ones is the sum of its weights."""
    for betas in BETAS:
        ones = averages(np.ones(12), betas[0])
        for t in (1, 5, 12):
            near(value(latex, letters(betas, t=t)), ones[t - 1])


MEAN, SPREAD, RUNS = 0.8, 1.3, 40_000


def simulated(power: int, beta: float, steps: int, seed: int) -> np.ndarray:
    """The averages of a power of normal gradients, for many runs."""
    return averages(np.random.default_rng(seed).normal(MEAN, SPREAD, (steps, RUNS)) ** power, beta)


def m_mean(latex: str) -> None:
    """Simulation; five standard errors."""
    found = simulated(1, 0.9, 25, seed=1)
    for t in (1, 4, 25):
        margin = 5 * found[t - 1].std() / RUNS**0.5
        assert abs(value(latex, letters((0.9, 0.999), t=t, mu=MEAN)) - found[t - 1].mean()) < margin


def v_mean(latex: str) -> None:
    """Simulation; five standard errors."""
    found = simulated(2, 0.95, 25, seed=2)
    for t in (1, 4, 25):
        margin = 5 * found[t - 1].std() / RUNS**0.5
        formula = value(latex, letters((0.9, 0.95), t=t, mu=MEAN, sigma=SPREAD))
        assert abs(formula - found[t - 1].mean()) < margin


def m_variance(latex: str) -> None:
    """Simulation, after so many steps that the start is forgotten; the standard error is 0.7 percent."""
    found = simulated(1, 0.8, 60, seed=3)[-1].var()
    near(value(latex, letters((0.8, 0.999), sigma=SPREAD)) / found, 1, 0.035)


def zeta(latex: str) -> None:
    """Means that move, through the recursion, less what a mean that rests would give."""
    means = np.array([1.0, 1.4, 0.3, -0.2, 0.9, 2.0])
    for betas in BETAS[:2]:
        for t in (1, 6):
            rest = averages(np.full(t, means[t - 1]), betas[0])[-1]
            expected = averages(means[:t], betas[0])[-1] - rest
            numbers = letters(betas, t=t) | {"mu_{t}": means[t - 1]}
            near(weighed(latex, {"mu": means}, numbers), expected)


def drift(latex: str) -> None:
    """How far the average stays behind means that grow by delta a step, which is the worst that is allowed."""
    for betas in BETAS:
        means = 0.03 * np.arange(1, 601)
        behind = averages(np.full(600, means[-1]), betas[0])[-1] - averages(means, betas[0])[-1]
        near(value(latex, letters(betas, delta=0.03)), behind)


def noisy_step(latex: str) -> None:
    """Mean over root mean square of many gradients; the standard error is below 0.3 percent."""
    gradients = np.random.default_rng(5).normal(MEAN, SPREAD, 10**6)
    near(value(latex, {"mu": MEAN, "sigma": SPREAD}), gradients.mean() / np.square(gradients).mean() ** 0.5, 0.01)


def first_step(latex: str) -> None:
    """torch.optim.Adam, for several betas, gradients and an epsilon that is felt."""
    for betas in BETAS:
        for gradient in (-3.0, 0.02, 1e-3):
            numbers = letters(betas, epsilon=1e-3) | {"g_{1}": gradient}
            near(value(latex, numbers), last_step(np.array([gradient]), betas, 1e-3))


def sparse(betas: tuple[float, float], steps: int = 20_000) -> float:
    """The step of torch.optim.Adam at a gradient after many zeros: its state is set to that moment."""
    weight = torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))
    adam = torch.optim.Adam([weight], lr=ALPHA, betas=betas, eps=0.0)
    zero = torch.zeros(1, dtype=torch.float64)
    adam.state[weight] = {"step": torch.tensor(float(steps)), "exp_avg": zero.clone(), "exp_avg_sq": zero.clone()}
    weight.grad = torch.full((1,), -0.3, dtype=torch.float64)
    adam.step()
    return weight.item()


def sparse_step(latex: str) -> None:
    """torch.optim.Adam."""
    for betas in BETAS:
        near(value(latex, letters(betas)), sparse(betas), 1e-7)


def sparse_default(latex: str) -> None:
    """torch.optim.Adam, for the suggested values."""
    near(value(latex, {}), sparse(SUGGESTED) / ALPHA, 0.002)


def longest(betas: tuple[float, float], steps: int) -> float:
    """The longest step over all gradient sequences of this length: the largest quotient of two quadratic forms."""
    a, c = (averages(np.eye(steps), beta)[-1] / (1 - beta**steps) for beta in betas)
    scaled = a / np.sqrt(c)
    largest = np.linalg.eigvalsh(np.outer(scaled, scaled))[-1]
    worst = a / c
    near(last_step(worst, betas), ALPHA * largest**0.5, 1e-7)
    return ALPHA * largest**0.5


def step_bound(latex: str) -> None:
    """It holds for random and for the worst sequences of many lengths, and the longest of these nearly reach it."""
    draw = np.random.default_rng(6)
    for betas in BETAS:
        bound = value(latex, letters(betas))
        for steps in (1, 2, 40):
            assert longest(betas, steps) <= bound * (1 + 1e-9)
            assert last_step(draw.standard_t(2, steps), betas) <= bound
    for betas in BETAS[1:]:
        near(longest(betas, 300) / value(latex, letters(betas)), 1, 1e-4)


def step_bound_default(latex: str) -> None:
    """The longest step of very long sequences, for the suggested values."""
    steps, (beta1, beta2) = 20_000, SUGGESTED
    ages = np.arange(steps)
    quotient = ((1 - beta1) * beta1**ages) ** 2 / ((1 - beta2) * beta2**ages / (1 - beta2**steps))
    near(value(latex, {}), np.nansum(quotient) ** 0.5, 0.001)


def plain_step(t: int, betas: tuple[float, float]) -> float:
    """The step over alpha at the t-th of equal gradients when nothing is corrected."""
    gradients = np.full(t, -2.5)
    return abs(averages(gradients, betas[0])[-1]) / averages(gradients**2, betas[1])[-1] ** 0.5


def uncorrected(latex: str) -> None:
    """The recursion."""
    for betas in BETAS:
        for t in (1, 12, 100):
            near(value(latex, letters(betas, t=t)), plain_step(t, betas))


def uncorrected_peak(latex: str) -> None:
    """The largest of the first steps is the twelfth, and so large; the hundredth is still above 3."""
    sizes = [plain_step(t, SUGGESTED) for t in range(1, 101)]
    near(value(latex, {}), max(sizes), 0.001)
    assert sizes.index(max(sizes)) == 11 and sizes[-1] > 3
