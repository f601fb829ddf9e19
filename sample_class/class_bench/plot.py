"""docs/bench-class.svg: seconds a submission by system, and how time and memory grow with the class."""

from typing import Any

import matplotlib.pyplot as plt

from ..course import ROOT
from ..svg import write_svg
from .cost import each

PLOT = ROOT / "docs" / "bench-class.svg"


def plot(found: dict[str, Any]) -> None:
    """Bars of wall time, and right of them the growing class where it was measured."""
    growth = found.get("growth", {})
    widths = (3, 2) if growth else (1,)
    size = (12 if growth else 8, 4)
    figure, axes = plt.subplots(1, len(widths), figsize=size, layout="constrained", width_ratios=widths, squeeze=False)
    _bars(axes[0, 0], found)
    if growth:
        _growth(axes[0, 1], growth)
    write_svg(figure, PLOT)


def _bars(axis: Any, found: dict[str, Any]) -> None:
    kinds = list(found["costs"])[::-1]
    seconds = [each(found["costs"][kind]) for kind in kinds]
    bars = axis.barh(kinds, seconds, color=["tab:blue" if kind.startswith("hw2") else "lightgrey" for kind in kinds])
    axis.bar_label(bars, [f"{value:.1f} s" for value in seconds], padding=3)
    axis.set(xlabel="wall seconds a submission", xlim=(0, 1.15 * max(seconds)))


def _growth(axis: Any, growth: dict[str, dict[str, float]]) -> None:
    sizes = sorted(map(int, growth))
    memory = [growth[str(size)]["memory"] for size in sizes]
    axis.plot(sizes, memory, "o-")
    axis.set(xlabel="submissions", ylabel="MiB of all processes", xscale="log", title="memory of a growing class")
    axis.set_xticks(sizes, [str(size) for size in sizes])
    axis.minorticks_off()
    axis.set_ylim(0, 1.2 * max(memory))
    axis.grid(alpha=0.3)
