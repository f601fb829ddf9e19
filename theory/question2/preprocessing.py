"""Draws real digits in the nine views, and measures how well narrowness tells ones from other digits."""

from pathlib import Path

import torch
from PIL import Image
from torch import Tensor

from ..measured import write_values
from .views import NARROW, box_widths, like_ones, pictures, views

HERE = Path(__file__).resolve().parent
SHOWN = (233, 3)  # places in the training set
ENLARGED, GAP = 5, 2


def drawn(images: Tensor) -> Image.Image:
    """A row for each digit, a column for each view, black on white."""
    rows = torch.stack([look(images) for look in views().values()], dim=1)  # (digit, view, 28, 28)
    framed = torch.nn.functional.pad(rows, (GAP, GAP, GAP, GAP))
    grid = 1 - framed.permute(0, 2, 1, 3).flatten(2).flatten(0, 1)
    pixels = (255 * grid).round().to(torch.uint8)
    picture = Image.fromarray(pixels.numpy())
    return picture.resize((picture.width * ENLARGED, picture.height * ENLARGED), Image.Resampling.NEAREST)


def main() -> None:
    """Write the picture and the numbers beside it."""
    torch.set_num_threads(2)
    shown = pictures("train")[0][list(SHOWN)]
    drawn(shown).save(HERE / "preprocessing.png", optimize=True)
    unseen, labels = pictures("t10k")
    alone, ones = like_ones(unseen).double(), labels == 1
    numbers = {
        "narrow": NARROW,
        "onesAlone": f"{100 * alone[ones].mean():.1f}",
        "othersAlone": f"{100 * alone[~ones].mean():.1f}",
        "shownWidth": box_widths(shown)[0].item(),
    }
    write_values(__file__, numbers)


if __name__ == "__main__":
    main()
