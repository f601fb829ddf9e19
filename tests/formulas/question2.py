"""Question 2: why a committee helps, and the preprocessing that keeps its members' errors apart."""

import itertools
import math
import re

import numpy as np
import pytest

from .reading import value

_MEMBERS_MEAN = re.compile(r"\\frac\{1\}\{M\}\\sum_\{m=1\}\^\{M\}\s*(\([^)]*\)\^2)")


def of_average(covariance: np.ndarray) -> float:
    """The variance of the mean of variables with this covariance."""
    return float(covariance.mean())


def alike(members: int, rho: float, sigma: float) -> np.ndarray:
    """The covariance of estimators with one variance and one correlation."""
    return sigma**2 * (rho * np.ones((members, members)) + (1 - rho) * np.eye(members))


def drawn(covariance: np.ndarray, bias: float = 0.0, times: int = 200_000) -> np.ndarray:
    """Errors of estimators with this covariance and bias, one row a draw."""
    normal = np.random.default_rng(2).standard_normal((times, len(covariance)))
    return bias + normal @ np.linalg.cholesky(covariance).T


def average_error(latex: str) -> None:
    """The sum over the whole covariance matrix, and a simulation."""
    for members, rho, sigma in [(9, 0.3, 1.5), (2, -0.5, 0.7), (25, 0.8, 2.0)]:
        stated = value(latex, {"M": members, "rho": rho, "sigma": sigma})
        assert stated == pytest.approx(of_average(alike(members, rho, sigma)))
    squares = drawn(alike(9, 0.3, 1.5)).mean(1) ** 2
    stated = value(latex, {"M": 9, "rho": 0.3, "sigma": 1.5})
    assert abs(squares.mean() - stated) < 5 * squares.std() / math.sqrt(len(squares))


def independent_error(latex: str) -> None:
    """The same sum without correlation."""
    assert value(latex, {"M": 9, "sigma": 1.5}) == pytest.approx(of_average(alike(9, 0, 1.5)))


def same_error(latex: str) -> None:
    """The same sum when all errors are one and the same, for any number of them."""
    for members in (2, 9):
        assert value(latex, {"sigma": 1.5}) == pytest.approx(of_average(alike(members, 1, 1.5)))


def error_floor(latex: str) -> None:
    """What is left of the sum for very many estimators."""
    assert value(latex, {"rho": 0.3, "sigma": 1.5}) == pytest.approx(of_average(alike(3000, 0.3, 1.5)), rel=2e-3)


def least_correlation(latex: str) -> None:
    """Where the smallest eigenvalue of the correlation matrix, which may not be negative, reaches 0."""
    for members in (2, 5, 9):
        rho = value(latex, {"M": members})
        assert np.linalg.eigvalsh(alike(members, rho, 1)).min() == pytest.approx(0, abs=1e-12)
        assert np.linalg.eigvalsh(alike(members, rho - 0.01, 1)).min() < 0


def biased_error(latex: str) -> None:
    """A simulation in which all estimators are off by the same amount on average."""
    squares = drawn(alike(9, 0.3, 1.5), bias=0.8).mean(1) ** 2
    stated = value(latex, {"M": 9, "rho": 0.3, "sigma": 1.5, "b": 0.8})
    assert abs(squares.mean() - stated) < 5 * squares.std() / math.sqrt(len(squares))


def ambiguity_split(latex: str) -> None:
    """The squared error of the mean itself, for outputs and targets drawn at random."""
    random = np.random.default_rng(2)
    for members in (2, 3, 7):
        outputs, target = random.standard_normal(members), random.standard_normal()
        letters = {f"f_{{{m}}}": f for m, f in enumerate(outputs, 1)} | {"f_{bar}": outputs.mean(), "t": target}
        assert value(written_out(latex, members), letters) == pytest.approx((outputs.mean() - target) ** 2)


def written_out(latex: str, members: int) -> str:
    """The means over m as sums with each f_m in them."""

    def terms(found: re.Match[str]) -> str:
        each = (found[1].replace("f_m", f"f_{{{m}}}") for m in range(1, members + 1))
        return rf"\frac{{1}}{{{members}}} \cdot ({' + '.join(each)})"

    return _MEMBERS_MEAN.sub(terms, latex)


def majority_wrong(members: int, p: float) -> float:
    """The probability of all the outcomes in which more than half are wrong, one by one."""
    outcomes = itertools.product((0, 1), repeat=members)
    return sum(p ** sum(o) * (1 - p) ** (members - sum(o)) for o in outcomes if 2 * sum(o) > members)


def vote_error(latex: str) -> None:
    """All outcomes counted, and votes drawn at random."""
    for members, p in [(1, 0.2), (3, 0.4), (9, 0.3), (7, 0.6)]:
        assert value(latex, {"M": members, "p": p}) == pytest.approx(majority_wrong(members, p))
    lost = (np.random.default_rng(2).random((200_000, 9)) < 0.3).sum(1) > 4
    assert abs(lost.mean() - value(latex, {"M": 9, "p": 0.3})) < 5 * lost.std() / math.sqrt(len(lost))


def vote_of_three(latex: str) -> None:
    """All eight outcomes counted."""
    for p in (0.1, 0.5, 0.9):
        assert value(latex, {"p": p}) == pytest.approx(majority_wrong(3, p))


def vote_of_nine(latex: str) -> None:
    """All outcomes of nine nets counted, each wrong on 1.80 % of the digits, to two digits."""
    assert value(latex, {}) == pytest.approx(majority_wrong(9, 0.018), rel=0.02)


def stretched(latex: str) -> None:
    """The straight line through (c, c) that takes a box of width w to one of width W."""
    c, old, new, left = 13.5, 11.0, 18.0, 9.0
    slope = np.linalg.solve([[c, 1], [left + old, 1]], [c, c + (left + old - c) * new / old])
    for x in (left, c, left + old):
        assert value(latex, {"c": c, "W": new, "w": old, "x": x}) == pytest.approx(float(slope @ [x, 1]))
    ends = [value(latex, {"c": c, "W": new, "w": old, "x": x}) for x in (left, left + old)]
    assert ends[1] - ends[0] == pytest.approx(new)


def cloud() -> tuple[np.ndarray, np.ndarray, dict[str, float]]:
    """Points of a slanted stroke, taller than wide, and their moments about the mean, as the formulas name them."""
    random = np.random.default_rng(2)
    y = 14 + 5 * random.standard_normal(1000)
    x = 13 + 0.6 * (y - 14) + random.standard_normal(1000)
    covariance = np.cov(x, y, bias=True)
    return x, y, {"mu_{xy}": covariance[0, 1], "mu_{yy}": covariance[1, 1]}


def sheared(latex: str) -> None:
    """A stroke that runs s columns sideways a row becomes upright, on the column where it crosses the mean height."""
    for y in (3.0, 14.0, 20.0):
        assert value(latex, {"x": 13 + 0.6 * (y - 14), "s": 0.6, "y": y, "y_{bar}": 14.0}) == pytest.approx(13)


def sheared_moment(latex: str) -> None:
    """The mixed moment of the sheared points themselves."""
    x, y, moments = cloud()
    for s in (-0.4, 0.3):
        after = np.cov(x - s * (y - y.mean()), y, bias=True)[0, 1]
        assert value(latex, moments | {"s": s}) == pytest.approx(after)


def slant(latex: str) -> None:
    """The first principal axis of the points is upright after this shear."""
    x, y, moments = cloud()
    covariance = np.cov(x - value(latex, moments) * (y - y.mean()), y, bias=True)
    first = np.linalg.eigh(covariance)[1][:, 1]
    assert np.abs(first) == pytest.approx([0, 1], abs=1e-9)


def shared(common: float, own: float, members: int) -> np.ndarray:
    """Errors that have a part in common, drawn at random, one row a draw."""
    random = np.random.default_rng(2)
    return common * random.standard_normal((200_000, 1)) + own * random.standard_normal((200_000, members))


def shared_correlation(latex: str) -> None:
    """The correlation of two such errors."""
    measured = np.corrcoef(shared(0.8, 1.3, 2).T)[0, 1]
    assert value(latex, {"tau": 0.8, "omega": 1.3}) == pytest.approx(measured, abs=5 / math.sqrt(200_000))


def shared_error(latex: str) -> None:
    """The mean square of the average of nine such errors."""
    squares = shared(0.8, 1.3, 9).mean(1) ** 2
    stated = value(latex, {"tau": 0.8, "omega": 1.3, "M": 9})
    assert abs(squares.mean() - stated) < 5 * squares.std() / math.sqrt(len(squares))


def bagged(latex: str) -> None:
    """The share of different digits among as many draws as there are digits."""
    shares = [len(np.unique(np.random.default_rng(seed).integers(0, 60_000, 60_000))) / 60_000 for seed in range(20)]
    assert value(latex, {}) == pytest.approx(float(np.mean(shares)), abs=1e-3)


def fewer(latex: str) -> None:
    """1.69 % against 1.28 % of the 10,000 test digits, as the paper reports them."""
    assert value(latex, {}) == round(10_000 * 0.0169) - round(10_000 * 0.0128)
