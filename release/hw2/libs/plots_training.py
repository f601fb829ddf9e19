"""Figures of practical 1: how networks learn."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import torch

from .solver import Solver


def plot_runs(runs: Mapping[str, Solver], title: str) -> None:
    """Loss over the steps, accuracy on training and on validation digits over the epochs; one colour a run."""
    figure, axes = plt.subplots(1, 3, figsize=(13, 4.2), layout="constrained")
    for name, solver in runs.items():
        axes[0].plot(smoothed(solver.loss_history), label=name)
        axes[1].plot(solver.train_acc_history, ".-", label=name)
        axes[2].plot(solver.val_acc_history, ".-", label=name)
    _label(axes[0], "Loss", "step", "loss of the minibatch (smoothed)")
    _label(axes[1], "Training digits", "epoch", "accuracy")
    _label(axes[2], "Validation digits", "epoch", "accuracy")
    if len(runs) > 1:  # below the plots, where it covers no curve
        figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=len(runs))
    figure.suptitle(title)
    plt.show()


def plot_gap(runs: Mapping[str, Solver], title: str) -> None:
    """Training (dashed) and validation (solid) accuracy over the epochs, one colour a run, in one plot."""
    _, axis = plt.subplots(figsize=(8, 4.5), layout="constrained")
    for number, (name, solver) in enumerate(runs.items()):
        axis.plot(solver.train_acc_history, "--", color=f"C{number}", label=f"{name}, training")
        axis.plot(solver.val_acc_history, "-", color=f"C{number}", label=f"{name}, validation")
    best = max(max(solver.val_acc_history) for solver in runs.values())
    axis.set_ylim(max(0.0, best - 0.15), 1.01)
    _label(axis, title, "epoch", "accuracy")
    axis.legend(loc="lower right")
    plt.show()


def plot_spread(groups: Mapping[str, Sequence[Solver]], title: str) -> None:
    """Training (dashed) and validation (solid) accuracy: mean of a group's runs, in a band of a standard deviation."""
    figure, axis = plt.subplots(figsize=(8, 4.5), layout="constrained")
    for number, (name, solvers) in enumerate(groups.items()):
        for kind, line in (("train", "--"), ("val", "-")):
            values = torch.tensor([getattr(solver, f"{kind}_acc_history") for solver in solvers], dtype=torch.float64)
            mean, spread = values.mean(dim=0), values.std(dim=0, correction=min(1, len(solvers) - 1))
            label = f"{name}, {'training' if kind == 'train' else 'validation'}"
            axis.plot(mean, line, color=f"C{number}", label=label)
            axis.fill_between(range(len(mean)), mean - spread, mean + spread, color=f"C{number}", alpha=0.15)
    ends = [solver.val_acc_history[-1] for solvers in groups.values() for solver in solvers]
    axis.set_ylim(max(0.0, min(ends) - 0.15), 1.01)
    _label(axis, title, "epoch", "accuracy")
    figure.legend(*axis.get_legend_handles_labels(), loc="outside lower center", ncols=len(groups))
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
