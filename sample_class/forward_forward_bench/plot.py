"""docs/forward-forward.svg: accuracy by CPU seconds, ours beside the public implementations."""

from typing import Any

import matplotlib.pyplot as plt

from ..course import ROOT
from ..svg import write_svg
from .budget import UNMOVED
from .known import KNOWN

PLOT = ROOT / "docs" / "forward-forward.svg"
LOWEST = {"supervised": 83.0, "unsupervised": 80.0}
TICKS = (15, 30, 60, 120, 300)
COLOURS = ("tab:orange", "tab:green", "tab:purple", "tab:brown")


def plot(measured: dict[str, list[dict[str, float]]]) -> None:
    """One panel a kind; what stays below the panel is left out of it."""
    figure, panels = plt.subplots(1, 2, figsize=(11, 5), layout="constrained")
    for panel, kind in zip(panels, KNOWN, strict=True):
        if kind in measured:
            _panel(panel, kind, measured[kind])
    if "unmoved" in measured:
        panels[0].plot(*_curve(measured["unmoved"]), ".-", color="tab:cyan", label=UNMOVED)
    for panel in panels:
        panel.legend(loc="lower right", fontsize="small")
    write_svg(figure, PLOT)


def _curve(points: list[dict[str, float]]) -> tuple[list[float], list[float]]:
    trained = [point for point in points if point["mark"] > 0]
    return [point["seconds"] for point in trained], [100 * point["accuracy"] for point in trained]


def _panel(panel: Any, kind: str, points: list[dict[str, float]]) -> None:
    panel.plot(*_curve(points), "o-", color="tab:blue", linewidth=2.5, label="reference solution")
    shown = [(what, row) for what, row in KNOWN[kind].items() if max(row.values()) > LOWEST[kind]]
    for colour, (what, row) in zip(COLOURS, shown, strict=False):
        panel.plot(row.keys(), row.values(), "s--", color=colour, linewidth=1, markersize=4, label=what)
    for point in points:
        if point["mark"] == 0:
            panel.axhline(100 * point["accuracy"], color="grey", linestyle=":", label="reference solution, untrained")
    panel.set_xscale("log")
    panel.set_xticks(TICKS, [str(tick) for tick in TICKS])
    panel.minorticks_off()
    panel.grid(alpha=0.3)
    panel.set(title=kind.capitalize(), xlabel="CPU seconds of training", ylabel="test accuracy, %")
    panel.set_ylim(LOWEST[kind], 99)
