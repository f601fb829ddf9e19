"""The paper's nine ways of showing MNIST digits: seven widths, deslanted, and as they are."""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn.functional import affine_grid, grid_sample

from ..digits import digits

WIDTHS = (8, 10, 12, 14, 16, 18, 20)
NARROW = 8
SIDE = 28


def pictures(kind: str) -> tuple[Tensor, Tensor]:
    """Images (N, 28, 28) in [0, 1] and labels (N,) of the kind train or t10k."""
    images, labels = digits(kind)
    return images.reshape(-1, SIDE, SIDE), labels


def box_widths(images: Tensor) -> Tensor:
    """The width in pixels of each digit's bounding box."""
    inked = images.amax(dim=1) > 0
    columns = torch.arange(SIDE)
    return torch.where(inked, columns, -1).amax(1) - torch.where(inked, columns, SIDE).amin(1) + 1


def like_ones(images: Tensor) -> Tensor:
    """Where the dark pixels of the deslanted digit are narrow; the label of a test digit is not to be looked at."""
    upright = deslanted(images)
    return box_widths(upright * (upright > 0.5)) < NARROW


def widened(images: Tensor, width: int) -> Tensor:
    """Each digit stretched or squeezed about the middle column to a box of this width; ones are left alone."""
    widths = box_widths(images).float()
    step = (widths / width).view(-1, 1, 1)  # source columns that one new column covers
    columns, middle = torch.arange(SIDE).float(), (SIDE - 1) / 2
    source = middle + (columns.view(1, -1, 1) - middle) * step
    weights = (1 - (source - columns).abs() / step.clamp(min=1)).clamp(min=0)  # (N, new column, old column)
    weights /= weights.sum(2, keepdim=True).clamp(min=1e-6)
    return torch.where(like_ones(images).view(-1, 1, 1), images, images @ weights.mT)


def deslanted(images: Tensor) -> Tensor:
    """Each digit sheared sideways so that its principal axes stand upright."""
    rows = torch.arange(SIDE).float()
    mass = images.sum((1, 2))
    x, y = (images.sum(1) @ rows) / mass, (images.sum(2) @ rows) / mass
    dx, dy = rows - x.view(-1, 1), rows - y.view(-1, 1)
    slant = torch.einsum("nyx,ny,nx->n", images, dy, dx) / torch.einsum("nyx,ny->n", images, dy**2)
    shear = torch.eye(2, 3).repeat(len(images), 1, 1)
    shear[:, 0, 1] = slant
    shear[:, 0, 2] = -slant * ((2 * y + 1) / SIDE - 1)  # about the digit's own height, in grid_sample's coordinates
    grid = affine_grid(shear, [len(images), 1, SIDE, SIDE], align_corners=False)
    return grid_sample(images.unsqueeze(1), grid, align_corners=False).squeeze(1)


def views() -> dict[str, Callable[[Tensor], Tensor]]:
    """The nine preprocessings by name, in the paper's order."""
    by_width = {f"W{width}": lambda images, width=width: widened(images, width) for width in WIDTHS}
    return {**by_width, "deslanted": deslanted, "original": lambda images: images}


def seen(images: Tensor, view: Callable[[Tensor], Tensor]) -> Tensor:
    """All images in this view, a few thousand at a time."""
    return torch.cat([view(some) for some in images.split(5000)])
