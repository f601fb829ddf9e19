"""Rows of small images, drawn as one picture: many axes would take a second to lay out, one takes a moment."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import torch
from torch import Tensor

SIDE, GAP, CAPTION = 28, 2, 9  # pixels: of an image, between images, and above one for its caption
PAPER = "lightsteelblue"  # around the images, which may be black or white at their edge
INCHES = 0.04  # a pixel


def show_digits(images: Tensor, captions: Sequence[str], title: str, columns: int = 10) -> None:
    """Images (B, 784) in as many rows as they need, each below its caption."""
    show_rows(images.split(columns) if len(images) else [images], title, captions=captions)


def show_rows(rows: Sequence[Tensor], title: str, *, names: Sequence[str] = (), captions: Sequence[str] = ()) -> None:
    """Images (B, 784) or (B, 28, 28), a row for each tensor of rows.

    names: written left of the rows; captions: above the images, one after another. Black is 0 or
    the smallest pixel of all, white 1 or the largest.
    """
    room = CAPTION if captions else 0
    down, across = SIDE + GAP + room, SIDE + GAP
    sheet = _sheet(rows, down, across)
    _, axis = plt.subplots(figsize=(INCHES * sheet.shape[1], INCHES * sheet.shape[0] + 0.4))
    shades = torch.cat([sheet[~sheet.isnan()], torch.tensor([0.0, 1.0])])  # there may be no images at all
    shading = {"cmap": plt.get_cmap("gray").with_extremes(bad=PAPER), "vmin": shades.min(), "vmax": shades.max()}
    axis.imshow(sheet, **shading, interpolation="nearest", aspect="auto")
    places = [(row, column) for row, images in enumerate(rows) for column in range(len(images))]
    for (row, column), words in zip(places, captions, strict=False):
        axis.text(column * across + SIDE / 2, row * down + room / 2, words, ha="center", va="center", fontsize=9)
    for row, name in enumerate(names):
        axis.text(-GAP, row * down + room + SIDE / 2, name, ha="right", va="center", fontsize=9)
    axis.set_axis_off()
    axis.set_title(title)
    plt.show()


def _sheet(rows: Sequence[Tensor], down: int, across: int) -> Tensor:
    """All images on one sheet, (height, width), so far apart; what is not an image is nan."""
    columns = max([1, *(len(images) for images in rows)])
    sheet = torch.full((down * len(rows), across * columns - GAP), torch.nan)
    for row, images in enumerate(rows):
        for column, image in enumerate(images.detach().reshape(len(images), SIDE, SIDE)):
            bottom, left = (row + 1) * down - GAP, column * across
            sheet[bottom - SIDE : bottom, left : left + SIDE] = image
    return sheet
