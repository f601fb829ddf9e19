"""Measures the means of Adam's m_t and v_t, as they are and corrected, over many sequences of stationary gradients."""

import numpy as np

from ..measured import write_table, write_values

RUNS, MEAN, SPREAD = 20_000, 0.5, 1.0
BETA = {"m": 0.9, "v": 0.999}
SHOWN = {"m": np.arange(1, 61, 2), "v": np.array([1, *range(150, 4351, 150)])}
TRUE = {"m": MEAN, "v": MEAN**2 + SPREAD**2}

Row = tuple[float, float, float, float]  # over the true moment: mean, corrected mean, formula; and the standard error


def measured(moment: str, draw: np.random.Generator) -> list[Row]:
    """The rows of one moment; the average starts at zero and follows the algorithm's line."""
    beta, true, rows = BETA[moment], TRUE[moment], []
    average = np.zeros(RUNS)
    for t in range(1, SHOWN[moment][-1] + 1):
        gradient = draw.normal(MEAN, SPREAD, RUNS)
        average = beta * average + (1 - beta) * (gradient if moment == "m" else gradient**2)
        if t in SHOWN[moment]:
            factor = 1 - beta**t
            mean, error = average.mean() / true, average.std() / true / RUNS**0.5
            rows.append((mean, mean / factor, factor, error))
    return rows


def values(m: list[Row], v: list[Row]) -> dict[str, str]:
    """The numbers that the text speaks of."""
    return {
        "Runs": f"{RUNS}",
        "Mean": f"{MEAN:g}",
        "Spread": f"{SPREAD:g}",
        "M": f"{m[0][0]:.3f}",
        "Mhat": f"{m[0][1]:.3f}",
        "Mlater": f"{m[10][0]:.3f}",
        "Mlatertime": f"{SHOWN['m'][10]}",
        "V": f"{v[0][0]:.5f}",
        "Vhat": f"{v[0][1]:.3f}",
        "Vlater": f"{v[2][0]:.3f}",
        "Vlatertime": f"{SHOWN['v'][2]}",
        "Worst": f"{max(abs(mean - formula) / error for mean, _, formula, error in m + v):.1f}",
    }


def main() -> None:
    """Write adam_bias.dat and adam_bias_values.tex."""
    draw = np.random.default_rng(4)
    m, v = measured("m", draw), measured("v", draw)
    columns: dict[str, object] = {}
    for moment, rows in (("m", m), ("v", v)):
        mean, corrected, *_ = zip(*rows, strict=True)
        columns |= {f"t{moment}": SHOWN[moment], moment: mean, f"{moment}hat": corrected}
    write_table(__file__, columns)
    write_values(__file__, {f"adam{name}": number for name, number in values(m, v).items()})


if __name__ == "__main__":
    main()
