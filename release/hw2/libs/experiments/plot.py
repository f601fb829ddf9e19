"""The figure of an experiment: every net a dot, every line of the table a row, every share a panel."""

from collections.abc import Mapping, Sequence
from statistics import mean

import matplotlib.pyplot as plt
from matplotlib.axes import Axes

Dots = dict[str, list[float]]  # row -> one value for every net
LEAST = 4.0  # percent that an axis spans, so that what is chance looks small


def plot_experiment(title: str, results: Mapping[str, Sequence[Mapping[str, float]]]) -> None:
    """The shares in percent of every net, and their means; results: row -> for every seed, what was measured."""
    panels = _panels(results)
    rows = len(next(iter(panels.values())))
    size = (max(6.0, 3.1 * len(panels)), 1.4 + 0.42 * rows)
    figure, axes = plt.subplots(1, len(panels), figsize=size, sharey=True, squeeze=False)
    for axis, (name, dots) in zip(axes[0], panels.items(), strict=True):
        _draw(axis, dots)
        axis.set_title(name, fontsize=10)
    figure.suptitle(title, fontsize=11)
    figure.supxlabel("percent of the test digits", fontsize=9)
    figure.tight_layout()
    plt.show()


def _panels(results: Mapping[str, Sequence[Mapping[str, float]]]) -> dict[str, Dots]:
    """A panel for every share; where there is one kind of net only, one panel with the shares below one another."""
    first = next(iter(results.values()))[0]
    shares = [name for name in first if not name.startswith("loss") and name != "seconds"]
    if len(results) == 1:
        ((name, nets),) = results.items()
        return {name: {share: [net[share] for net in nets] for share in shares}}
    return {share: {name: [net[share] for net in nets] for name, nets in results.items()} for share in shares}


def _draw(axis: Axes, dots: Dots) -> None:
    for place, values in enumerate(dots.values()):
        axis.plot(values, [place] * len(values), "o", color=f"C{place}", alpha=0.6)
        axis.plot([mean(values)] * 2, [place - 0.28, place + 0.28], "-", color=f"C{place}", linewidth=2)
    axis.margins(x=0.15)
    low, high = axis.get_xlim()
    short = max(0.0, LEAST - (high - low)) / 2
    axis.set_xlim(low - short, high + short)
    axis.set_yticks(range(len(dots)), list(dots))
    axis.set_ylim(len(dots) - 0.5, -0.5)
    axis.grid(axis="x", alpha=0.3)
