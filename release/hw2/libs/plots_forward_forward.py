"""Figures of the Forward-Forward notebooks: labelled images, goodness, learning curves, confusion."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import torch
from matplotlib.axes import Axes
from torch import Tensor

from .pictures import show_rows

POSITIVE, NEGATIVE = "tab:blue", "tab:orange"


def show_pairs(x_pos: Tensor, x_neg: Tensor, y_pos: Tensor, y_neg: Tensor, columns: int = 8) -> None:
    """Positive images (B, 784) above the negative ones made of them; the label pixels are the top left ones."""
    captions = [f"positive: {int(y)}" for y in y_pos[:columns]] + [f"negative: {int(y)}" for y in y_neg[:columns]]
    title = "One digit, a true and a wrong label in its first ten pixels"
    show_rows([x_pos[:columns], x_neg[:columns]], title, captions=captions)


def plot_goodness(before: tuple[Tensor, Tensor], after: tuple[Tensor, Tensor], thresholds: Sequence[float]) -> None:
    """Histograms of goodness, positive and negative: a row a layer, before and after training.

    before, after: (positive, negative), each (L, B); thresholds: one a layer.
    """
    layers = len(thresholds)
    room = {"hspace": 0.6, "wspace": 0.2}
    _, axes = plt.subplots(layers, 2, figsize=(11, 2.7 * layers), squeeze=False, gridspec_kw=room)
    for column, ((g_pos, g_neg), when) in enumerate(((before, "before"), (after, "after"))):
        for layer, (axis, threshold) in enumerate(zip(axes[:, column], thresholds, strict=True)):
            _two_histograms(axis, g_pos[layer], g_neg[layer], threshold)
            axis.set_title(f"Layer {layer + 1}, {when} training")
    axes[0, 1].legend()  # after training the threshold is in sight
    plt.show()


def plot_history(history: Sequence[Sequence[float]], title: str = "Training") -> None:
    """The loss of every layer over the epochs, or a bar for each after one epoch; history: L losses an epoch."""
    losses = torch.tensor(history)
    _, axis = plt.subplots(figsize=(7, 3.6))
    axis.axhline(0.6931, color="gray", linestyle=":", label="log 2: goodness at the threshold")
    if len(losses) == 1:
        names = [f"layer {layer + 1}" for layer in range(losses.shape[1])]
        axis.bar_label(axis.bar(names, losses[0].tolist(), width=0.4), fmt="%.3f")
        axis.set(xlabel="after one epoch")
        axis.margins(y=0.15)
    else:
        for layer, curve in enumerate(losses.T):
            axis.plot(range(1, len(curve) + 1), curve, marker="o", markersize=3, label=f"layer {layer + 1}")
        axis.set(xlabel="epoch", yscale="log")
        axis.xaxis.get_major_locator().set_params(integer=True)
    axis.set(ylabel="loss (mean over the epoch)", title=title)
    axis.legend()
    plt.show()


def plot_confusion(y: Tensor, predicted: Tensor, num_classes: int = 10) -> None:
    """How often digit y (row) was taken for another (column); right answers are left white."""
    counts = torch.bincount(y * num_classes + predicted, minlength=num_classes**2).reshape(num_classes, num_classes)
    wrong = counts.clone().fill_diagonal_(0)
    figure, axis = plt.subplots(figsize=(6.2, 5.4))
    picture = axis.imshow(wrong, cmap="Oranges")
    for i in range(num_classes):
        for j in range(num_classes):
            if not counts[i, j]:
                continue  # a bare cell says it, too
            dark = i != j and wrong[i, j] > 0.6 * wrong.max()
            axis.text(j, i, int(counts[i, j]), ha="center", va="center", fontsize=8, color="white" if dark else "black")
    figure.colorbar(picture, label="wrong answers")
    ticks = range(num_classes)
    axis.set(xlabel="predicted label", ylabel="true label", xticks=ticks, yticks=ticks)
    axis.set_title(f"Test digits: {int(wrong.sum())} of {len(y)} wrong")
    plt.show()


def _two_histograms(axis: Axes, g_pos: Tensor, g_neg: Tensor, threshold: float) -> None:
    low, high = float(min(g_pos.min(), g_neg.min())), float(max(g_pos.max(), g_neg.max()))
    bins = torch.linspace(low, max(high, low + 1e-6), 60).tolist()
    for g, color, label in ((g_pos, POSITIVE, "positive"), (g_neg, NEGATIVE, "negative")):
        axis.hist(g.tolist(), bins=bins, histtype="stepfilled", alpha=0.6, color=color, label=label)
    room = 0.15 * (high - low) or 1.0
    if low - room < threshold < high + room:
        axis.axvline(threshold, color="black", linestyle="--", linewidth=1, label="threshold")
    else:  # an axis that ran to it would leave a spike of the histograms
        x, side, words = (0.98, "right", "threshold {:g} →") if threshold > high else (0.02, "left", "← threshold {:g}")
        axis.text(x, 0.92, words.format(threshold), ha=side, va="top", transform=axis.transAxes)
    axis.set(xlabel="goodness", ylabel="images")
