"""The comparison itself: Forward-Forward as it was followed, and practical 1 on the same net."""

from typing import Any

from ..budget import small_budget
from .plot import plot_comparison
from .process import backpropagation


def beside_backpropagation(notebook: dict[str, Any]) -> None:
    """Train the net of the notebook by your practical 1, with a softmax layer on top, and draw both.

    notebook: its globals(), with `course` and `dims` of the training. It never raises, but says what is missing.
    """
    if small_budget():
        print("The comparison with backpropagation is made in your notebook only.")
        return
    if "course" not in notebook:
        print("There is nothing to compare with yet: the training above did not run.")
        return
    curves = {"Forward-Forward": notebook["course"].curve}
    curves["backpropagation"], trouble = backpropagation(notebook["dims"])
    if trouble:
        part = "only in part" if curves["backpropagation"] else "not"
        print(f"Your practical 1 is {part} in this figure: {trouble}")
    curves = {name: points for name, points in curves.items() if points}
    for name, points in curves.items():
        seconds, accuracy = points[-1]
        print(f"{name:>16}: {accuracy:.2%} after {len(points)} epochs and {seconds:.0f} s of training")
    if curves:
        plot_comparison(curves)
