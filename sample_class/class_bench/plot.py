"""docs/bench-class.svg: seconds a submission by system, and how time and memory grow with the class."""

import io
from typing import Any

import matplotlib

from ..course import ROOT

PLOT = ROOT / "docs" / "bench-class.svg"


def plot(found: dict[str, Any]) -> None:
    """Bars of wall time on the left, the growing class on the right."""
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "bench-class"
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(12, 4), layout="constrained", width_ratios=(3, 2))
    _bars(left, found)
    _growth(right, found.get("growth", {}))
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None})
    PLOT.write_text("\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n", encoding="utf-8")
    plt.close(figure)


def _bars(axis: Any, found: dict[str, Any]) -> None:
    kinds = list(found["costs"])[::-1]
    each = [found["costs"][kind]["wall"] / found["students"] for kind in kinds]
    bars = axis.barh(kinds, each, color=["tab:blue" if kind.startswith("hw2") else "lightgrey" for kind in kinds])
    axis.bar_label(bars, [f"{seconds:.1f} s" for seconds in each], padding=3)
    axis.set(xlabel="wall seconds a submission", xlim=(0, 1.15 * max(each)))


def _growth(axis: Any, growth: dict[str, dict[str, float]]) -> None:
    sizes = sorted(map(int, growth))
    axis.set(xlabel="submissions", ylabel="MiB of all processes", xscale="log", title="memory of a growing class")
    if sizes:
        memory = [growth[str(size)]["memory"] for size in sizes]
        axis.plot(sizes, memory, "o-")
        axis.set_xticks(sizes, [str(size) for size in sizes])
        axis.minorticks_off()
        axis.set_ylim(0, 1.2 * max(memory))
    axis.grid(alpha=0.3)
