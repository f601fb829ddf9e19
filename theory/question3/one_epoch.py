"""Measures 3 (c): every value of the graph for one example, the derivatives, the step, and the loss after it."""

import math

from ..measured import write_values

START = {"W": 0.5, "B": -1.5, "X": 2.0, "T": 1.0, "Lambda": 0.1, "Rate": 0.1}


def forward(w: float, b: float, x: float, t: float, lam: float) -> dict[str, float]:
    """The values on the graph's edges."""
    z = w * x + b
    y = 1 / (1 + math.exp(-z))
    loss, size = (y - t) ** 2 / 2, w**2 / 2
    return {"U": w * x, "Z": z, "Y": y, "L": loss, "R": size, "Penalty": lam * size, "Lreg": loss + lam * size}


def backward(w: float, x: float, t: float, lam: float, y: float) -> dict[str, float]:
    """The derivatives of L_reg, by the formulas of 3 (a)."""
    slope, dy = y * (1 - y), y - t
    dz = dy * slope
    ways = {"DwData": dz * x, "DwPenalty": lam * w}
    leaves = {"Dw": sum(ways.values()), "Db": dz, "Dx": dz * w, "Dt": -dy, "Dlambda": w**2 / 2}
    return {"Slope": slope, "Dy": dy, "Dz": dz} | ways | leaves


def epoch() -> tuple[dict[str, float], dict[str, float]]:
    """All numbers before the step, and after it."""
    w, b, x, t, lam, rate = START.values()
    before = START | forward(w, b, x, t, lam)
    before |= backward(w, x, t, lam, before["Y"])
    w, b = w - rate * before["Dw"], b - rate * before["Db"]
    after = {"W": w, "B": b} | forward(w, b, x, t, lam)
    after["Change"] = after["Lreg"] - before["Lreg"]
    after["Expected"] = -rate * (before["Dw"] ** 2 + before["Db"] ** 2)
    return before, after


def shown(number: float) -> str:
    """Five digits after the point, fewer only where they are exact."""
    return f"{number:g}" if math.isclose(number, round(number, 4), rel_tol=1e-12) else f"{number:.5f}"


def main() -> None:
    """Write one_epoch_values.tex."""
    before, after = epoch()
    values = {f"one{name}": shown(number) for name, number in before.items()}
    write_values(__file__, values | {f"next{name}": shown(number) for name, number in after.items()})


if __name__ == "__main__":
    main()
