"""Question 5: gradient descent and Newton's method on w^T H w, against PyTorch's own derivatives and actual runs."""

import math
import re
from collections.abc import Callable

import sympy
import torch
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from .reading import value

NET, BATCH, CLASSES = 79510, 100, 10
SPEED = 1e11  # operations a second
SPECTRUM = torch.tensor([0.3, 1.1, 2.5], dtype=torch.float64)
ENDS = {"lambda_{max}": 2.5, "lambda_{min}": 0.3, "kappa": 2.5 / 0.3}
_TOKEN = re.compile(r"\^\{[^}]*\}|\^\w|\\?(?:(?<=\\)[A-Za-z]+|[A-Za-z](?:_\w)?)|\d+|[()+-]")


def matrix(latex: str, **letters: Tensor | float) -> Tensor:
    """The value of a formula of matrices: what stands side by side is multiplied, in its order; vectors are columns."""
    python, factor = "", False
    for token in _TOKEN.findall(latex.replace(r"\,", " ")):
        if token.startswith("^"):
            power = token[1:].strip("{}")
            python += {"T": ".T", "+": ".pinv()"}.get(power, f"**({power})")
            continue
        python += ("*" if factor and token not in "+-)" else "") + token.strip("\\")
        factor = token not in "+-("
    result = eval(python, {}, {name: exact(letter) for name, letter in letters.items()})
    return torch.tensor(sympy.Matrix(result).tolist(), dtype=torch.float64).squeeze()


def exact(letter: Tensor | float) -> sympy.Rational | sympy.Matrix:
    """The same without rounding."""
    if isinstance(letter, Tensor):
        return sympy.Matrix(letter.tolist()).applyfunc(sympy.Rational)
    return sympy.Rational(letter)


def random(*shape: int) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(5), dtype=torch.float64)


H, W = random(3, 3) + random(3, 3).T, random(4, 3)[3]
EPSILON = 0.1


def slope(hessian_half: Tensor, w: Tensor) -> Tensor:
    """The gradient of w^T H w by PyTorch."""
    w = w.clone().requires_grad_()
    return torch.autograd.grad(w @ hessian_half @ w, w)[0]


def descended(hessian_half: Tensor, w: Tensor, steps: int) -> Tensor:
    for _ in range(steps):
        w = w - EPSILON * slope(hessian_half, w)
    return w


def agree(found: Tensor | float, expected: Tensor | float) -> None:
    torch.testing.assert_close(
        torch.as_tensor(found, dtype=torch.float64),
        torch.as_tensor(expected, dtype=torch.float64),
        rtol=1e-9,
        atol=1e-12,
    )


# ---- (a) ----------------------------------------------------------------------------------------------------------


def gradient_general(latex: str) -> None:
    crooked = random(3, 3)
    agree(matrix(latex, H=crooked, w=W), slope(crooked, W))


def gradient(latex: str) -> None:
    agree(matrix(latex, H=H, w=W), slope(H, W))


def step(latex: str) -> None:
    agree(matrix(latex, H=H, w=W, epsilon=EPSILON, I=torch.eye(3)), descended(H, W, 1))


step_matrix = step


def by_components(latex: str, steps: int, shares: str) -> None:
    """Each component of Q^T w after these steps."""
    eigenvalues, axes = torch.linalg.eigh(H)
    for eigenvalue, share, after in zip(eigenvalues, axes.T @ W, axes.T @ descended(H, W, steps), strict=True):
        letters = {"epsilon": EPSILON, "lambda_{i}": eigenvalue.item(), shares: share.item(), "t": steps}
        agree(value(latex, letters), after)


def step_component(latex: str) -> None:
    by_components(latex, 1, "u_{i}")


# ---- (b) ----------------------------------------------------------------------------------------------------------


def closed(latex: str) -> None:
    eigenvalues, axes = torch.linalg.eigh(H)
    letters = {"Q": axes, "Lambda": torch.diag(eigenvalues), "I": torch.eye(3), "w_0": W, "epsilon": EPSILON}
    for steps in (0, 1, 5):
        agree(matrix(latex, **letters, t=steps), descended(H, W, steps))


def component(latex: str) -> None:
    by_components(latex, 5, "c_{i}")


def loss_component(latex: str) -> None:
    eigenvalues, axes = torch.linalg.eigh(H)
    after = descended(H, W, 5)
    rows = zip(eigenvalues.tolist(), (axes.T @ W).tolist(), strict=True)
    terms = [value(latex, {"epsilon": EPSILON, "lambda_{i}": of, "c_{i}": share, "t": 5}) for of, share in rows]
    agree(sum(terms), after @ H @ after)


def example(place: int) -> Callable[[str], None]:
    def check(latex: str) -> None:
        small, start = torch.tensor([[2.0, 1], [1, 2]], dtype=torch.float64), torch.eye(2, dtype=torch.float64)[0]
        for steps in range(6):
            agree(value(latex, {"t": steps}), descended(small, start, steps)[place])

    return check


example_first, example_second = example(0), example(1)


# ---- (c) ----------------------------------------------------------------------------------------------------------


def distances(sizes: Tensor, steps: int, spectrum: Tensor = SPECTRUM, factor: float = 1.0) -> Tensor:
    """After each step, (steps + 1, sizes), for factor w^T H w with this spectrum, from a start with a share of each."""
    w = torch.ones(len(sizes), len(spectrum), dtype=torch.float64) / math.sqrt(len(spectrum))
    rows = [w.norm(dim=1)]
    for _ in range(steps):
        w = w.detach().requires_grad_()
        w = w - sizes[:, None] * torch.autograd.grad((factor * w.square() * spectrum).sum(), w)[0]
        rows.append(w.detach().norm(dim=1))
    return torch.stack(rows)


def rates(sizes: Tensor) -> Tensor:
    """The factor of a late step."""
    rows = distances(sizes, 400)
    return (rows[-1] / rows[-101]) ** 0.01


def both_sides(latex: str, factor: float) -> None:
    """One per cent below it converges, one per cent above it diverges."""
    size = value(latex, ENDS)
    below, above = distances(torch.tensor([0.99 * size, 1.01 * size], dtype=torch.float64), 1000, factor=factor)[-1]
    assert below < 1e-6
    assert above > 1e6


def limit(latex: str) -> None:
    both_sides(latex, 1.0)


def limit_half(latex: str) -> None:
    both_sides(latex, 0.5)


def best_step(latex: str) -> None:
    size = value(latex, ENDS)
    less, best, more = rates(torch.tensor([0.98 * size, size, 1.02 * size], dtype=torch.float64))
    assert best < less and best < more < 1


def rate(latex: str) -> None:
    measured = rates(torch.linspace(0.2, 0.4, 2001, dtype=torch.float64)).min()
    assert abs(value(latex, ENDS) - measured) < 2e-4


rate_kappa = rate


def steps_counted(kappa: float, delta: float) -> int:
    """How many steps of the best size gradient descent really takes."""
    size = torch.tensor([1 / (1 + kappa)], dtype=torch.float64)
    return int((distances(size, 1000, torch.tensor([1.0, kappa], dtype=torch.float64)) > delta).sum())


def steps_enough(latex: str) -> None:
    for kappa, delta in ((10, 1e-3), (20, 1e-3), (60, 1e-4)):
        bound = value(latex, {"kappa": kappa, "delta": delta})
        assert 0 <= bound - steps_counted(kappa, delta) + 1 <= 1.5


def steps_example(latex: str) -> None:
    assert value(latex, {}) == steps_counted(100, 1e-6)


# ---- (d) ----------------------------------------------------------------------------------------------------------


def newton_direction(hessian_half: Tensor, w: Tensor, shift: float = 0.0) -> Tensor:
    """The shortest solution of Hessian p = -gradient, both by PyTorch."""
    hessian = torch.autograd.functional.hessian(lambda at: at @ hessian_half @ at, w) + shift * torch.eye(
        len(w), dtype=torch.float64
    )
    return torch.linalg.lstsq(hessian, -slope(hessian_half, w), driver="gelsd").solution


def newton_step(latex: str) -> None:
    agree(W + newton_direction(H, W), torch.zeros(3))
    agree(matrix(latex, H=H, w=W), W + newton_direction(H, W))


def newton_slope(latex: str) -> None:
    agree(matrix(latex, H=H, w=W), slope(H, W) @ newton_direction(H, W))


def newton_singular(latex: str) -> None:
    singular = torch.tensor([[1.0, 1, 0], [1, 1, 0], [0, 0, 3]], dtype=torch.float64)
    agree(matrix(latex, H=singular, I=torch.eye(3), w_0=W), W + newton_direction(singular, W))
    long = W
    for _ in range(500):
        long = long - EPSILON * slope(singular, long)
    agree(matrix(latex, H=singular, I=torch.eye(3), w_0=W), long)


def newton_shifted(latex: str) -> None:
    after = W + newton_direction(torch.diag(SPECTRUM), W, shift=0.7)
    for eigenvalue, before, now in zip(SPECTRUM.tolist(), W, after, strict=True):
        agree(value(latex, {"lambda_{i}": eigenvalue, "mu": 0.7}), now / before)


def newton_damped(latex: str) -> None:
    w = W
    for _ in range(4):
        w = w + 0.3 * newton_direction(H, w)
    for start, end in zip(W.tolist(), w, strict=True):
        agree(value(latex, {"eta": 0.3, "t": 4, "w_{0}": start}), end)


# ---- (e) ----------------------------------------------------------------------------------------------------------


def two_layers() -> nn.Sequential:
    return nn.Sequential(nn.Linear(784, 100), nn.ReLU(), nn.Linear(100, CLASSES))


def net(latex: str) -> None:
    assert value(latex, {}) == sum(p.numel() for p in two_layers().parameters())


net_total = net


def rounded(exact: float, digits: int) -> Callable[[str], None]:
    """A check of a number that the text gives to so many significant digits."""

    def check(latex: str) -> None:
        assert value(latex, {}) == float(f"{exact:.{digits - 1}e}")

    return check


def memory(latex: str) -> None:
    assert value(latex, {"n": 50}) == torch.zeros(50, 50, dtype=torch.float32).nbytes


memory_gigabytes, net_megabytes = rounded(4 * NET**2 / 1e9, 3), rounded(4 * NET / 1e6, 2)


def factoring(latex: str) -> None:
    """Operations in the loops of Cholesky's algorithm: two for a product subtracted, one for a quotient or root."""
    size = 500
    counted = sum((2 * column + 1) * (size - column) for column in range(size))
    assert abs(value(latex, {"n": size}) / counted - 1) < 0.01


factoring_number, factoring_minutes = rounded(NET**3 / 3, 3), rounded(NET**3 / 3 / SPEED / 60, 2)


def gradient_work(latex: str) -> None:
    """PyTorch's own count of the matrix products, the gradient of the input (which a deeper net needs) included."""
    counter = FlopCounterMode(display=False)
    with counter:
        two_layers()(torch.zeros(BATCH, 784, requires_grad=True)).sum().backward()
    assert abs(value(latex, {"n": NET, "B": BATCH}) / counter.get_total_flops() - 1) < 0.01


gradient_number, gradient_milliseconds = rounded(6 * NET * BATCH, 2), rounded(6 * NET * BATCH / SPEED * 1e3, 1)


def ratio(latex: str) -> None:
    agree(value(latex, {"n": NET, "B": BATCH}), NET**3 / 3 / (6 * NET * BATCH))


ratio_number = rounded(NET**3 / 3 / (6 * NET * BATCH), 2)


def rank(latex: str) -> None:
    """Of J^T J for the outputs of a small net: of the squared error's Hessian, what needs no second derivatives."""
    tiny = nn.Sequential(nn.Linear(4, 6), nn.Tanh(), nn.Linear(6, 2)).double()
    weights, inputs = dict(tiny.named_parameters()), random(5, 4)
    jacobian = torch.func.jacrev(lambda at: torch.func.functional_call(tiny, at, inputs))(weights)
    rows = torch.cat([block.reshape(10, -1) for block in jacobian.values()], dim=1)
    assert value(latex, {"B": 5, "C": 2}) == torch.linalg.matrix_rank(rows.T @ rows)


def overshoot(latex: str) -> None:
    for start in (0.5, -2.0):
        w = torch.tensor(start, dtype=torch.float64, requires_grad=True)
        first = torch.autograd.grad((1 + w**2).sqrt(), w, create_graph=True)[0]
        agree(value(latex, {"w": start}), (w - first / torch.autograd.grad(first, w)[0]).item())
