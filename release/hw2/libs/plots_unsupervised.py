"""Figures of the unsupervised Forward-Forward notebook: masks, hybrids, features before and after training."""

from collections.abc import Mapping

import matplotlib.pyplot as plt
import torch
from matplotlib.axes import Axes
from torch import Tensor


def show_masks(masks: Mapping[int, Tensor]) -> None:
    """A row of masks (B, 28, 28) for each number of blurs."""
    columns = min(len(some) for some in masks.values())
    figure, axes = plt.subplots(len(masks), columns, figsize=(1.2 * columns, 1.35 * len(masks) + 0.4), squeeze=False)
    for row, (blurs, some) in zip(axes, masks.items(), strict=True):
        for axis, mask in zip(row, some, strict=False):
            _picture(axis, mask)
        row[0].set_ylabel(f"{blurs} blurs" if blurs != 1 else "1 blur")
    figure.suptitle("Random bits, blurred and thresholded at 0.5")
    figure.tight_layout()
    plt.show()


def show_hybrids(images: Tensor, hybrids: Tensor, columns: int = 10) -> None:
    """Images (B, 784) above the hybrids made of them."""
    columns = min(columns, len(images))
    figure, axes = plt.subplots(2, columns, figsize=(1.2 * columns, 3), squeeze=False)
    for row, some, kind in zip(axes, (images, hybrids), ("digits", "hybrids"), strict=True):
        for axis, image in zip(row, some, strict=False):
            _picture(axis, image)
        row[0].set_ylabel(kind)
    figure.suptitle("Positive data, and negative data made of them")
    figure.tight_layout()
    plt.show()


def plot_features(features: Mapping[str, Tensor], y: Tensor) -> None:
    """The two leading principal components of features (B, F), one panel each, coloured by the label y (B,)."""
    figure, axes = plt.subplots(1, len(features), figsize=(6 * len(features), 5), squeeze=False, layout="constrained")
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


def _picture(axis: Axes, image: Tensor) -> None:
    axis.imshow(image.detach().reshape(28, 28), cmap="gray", vmin=0, vmax=1)
    axis.set(xticks=[], yticks=[])
