"""Figures of the unsupervised Forward-Forward notebook: masks, hybrids, features before and after training."""

from collections.abc import Mapping

import matplotlib.pyplot as plt
import torch
from torch import Tensor

from .pictures import show_rows


def show_masks(masks: Mapping[int, Tensor]) -> None:
    """A row of masks (B, 28, 28) for each number of blurs."""
    names = [f"{blurs} blurs" if blurs != 1 else "1 blur" for blurs in masks]
    show_rows(list(masks.values()), "Random bits, blurred and thresholded at 0.5", names=names)


def show_hybrids(images: Tensor, hybrids: Tensor, columns: int = 10) -> None:
    """Images (B, 784) above the hybrids made of them."""
    rows = [images[:columns], hybrids[:columns]]
    show_rows(rows, "Positive data, and negative data made of them", names=["digits", "hybrids"])


def plot_features(features: Mapping[str, Tensor], y: Tensor) -> None:
    """The two leading principal components of features (B, F), one panel each, coloured by the label y (B,)."""
    size, room = (6 * len(features), 5), {"wspace": 0.3}
    figure, axes = plt.subplots(1, len(features), figsize=size, squeeze=False, gridspec_kw=room)
    for axis, (title, rows) in zip(axes[0], features.items(), strict=True):
        plane = _principal_components(rows)
        dots = axis.scatter(plane[:, 0], plane[:, 1], c=y, cmap="tab10", vmin=-0.5, vmax=9.5, s=6)
        axis.set(xlabel="first principal component", ylabel="second principal component")
        axis.set_title(title, fontsize=11)
    figure.colorbar(dots, ax=axes[0].tolist(), ticks=range(10), label="digit")
    plt.show()


def _principal_components(rows: Tensor, number: int = 2) -> Tensor:
    """(B, number): the projections of rows (B, F) on the directions in which they vary most."""
    centred = rows.detach() - rows.detach().mean(dim=0)
    _, _, directions = torch.pca_lowrank(centred, q=number + 4, center=False)
    return centred @ directions[:, :number]
