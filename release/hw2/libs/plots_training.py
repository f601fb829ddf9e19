"""Figures of practical 1: how networks learn."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt

from .solver import Solver


def plot_runs(runs: Mapping[str, Solver], title: str) -> None:
    """Loss over the steps, accuracy on training and on validation digits over the epochs; one colour a run."""
    figure, axes = plt.subplots(1, 3, figsize=(13, 3.8), gridspec_kw={"wspace": 0.25})
    for name, solver in runs.items():
        axes[0].plot(smoothed(solver.loss_history), label=name)
        axes[1].plot(solver.train_acc_history, ".-", label=name)
        axes[2].plot(solver.val_acc_history, ".-", label=name)
    _label(axes[0], "Loss", "step", "loss of the minibatch (smoothed)")
    _label(axes[1], "Training digits", "epoch", "accuracy")
    _label(axes[2], "Validation digits", "epoch", "accuracy")
    if len(runs) > 1:
        axes[0].legend()
    figure.suptitle(title, y=1.02)
    plt.show()


def plot_gap(runs: Mapping[str, Solver], title: str) -> None:
    """Training (dashed) and validation (solid) accuracy over the epochs, one colour a run, in one plot."""
    _, axis = plt.subplots(figsize=(8, 4.5))
    for number, (name, solver) in enumerate(runs.items()):
        axis.plot(solver.train_acc_history, "--", color=f"C{number}", label=f"{name}, training")
        axis.plot(solver.val_acc_history, "-", color=f"C{number}", label=f"{name}, validation")
    best = max(max(solver.val_acc_history) for solver in runs.values())
    axis.set_ylim(max(0.0, best - 0.15), 1.01)
    _label(axis, title, "epoch", "accuracy")
    axis.legend(loc="lower right")
    plt.show()


def smoothed(values: Sequence[float], share: float = 0.04) -> list[float]:
    """Each value replaced by the mean of the last few, a fixed share of all, up to and with it."""
    width = max(1, int(share * len(values)))
    windows = (values[max(0, end - width) : end] for end in range(1, len(values) + 1))
    return [sum(window) / len(window) for window in windows]


def _label(axis: plt.Axes, title: str, x: str, y: str) -> None:
    axis.set_title(title)
    axis.set_xlabel(x)
    axis.set_ylabel(y)
    axis.grid(alpha=0.3)
