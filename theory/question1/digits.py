"""The MNIST digits that the figures of this question are measured on, and how their numbers reach LaTeX."""

import gzip
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch

HERE = Path(__file__).resolve().parent
_MNIST = HERE.parents[1] / "data" / "mnist"


def digits(count: int, kind: str = "train") -> tuple[torch.Tensor, torch.Tensor]:
    """The first digits of a kind, train or t10k: images (count, 784) with values in [0, 1], and their labels."""
    images = np.frombuffer(_unpacked(f"{kind}-images-idx3-ubyte.gz", 16 + 784 * count), np.uint8, offset=16)
    labels = np.frombuffer(_unpacked(f"{kind}-labels-idx1-ubyte.gz", 8 + count), np.uint8, offset=8)
    images = images.reshape(count, 784)
    return torch.tensor(images, dtype=torch.float32) / 255, torch.tensor(labels, dtype=torch.long)


def pooled(images: torch.Tensor) -> torch.Tensor:
    """The images averaged over squares of 2 by 2 pixels, (count, 196), the mean of all their pixels subtracted."""
    small = images.reshape(-1, 14, 2, 14, 2).mean((2, 4)).reshape(-1, 196)
    return small - small.mean()


def write_table(name: str, columns: Mapping[str, object]) -> None:
    """name.dat: columns under their names, for pgfplots."""
    rows = zip(*(np.asarray(column).tolist() for column in columns.values()), strict=True)
    lines = [" ".join(columns), *(" ".join(f"{cell:.6g}" for cell in row) for row in rows)]
    (HERE / f"{name}.dat").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_values(name: str, values: Mapping[str, str]) -> None:
    """name_values.tex: a LaTeX command for each number that the text quotes."""
    lines = [f"% written by {name}.py", *(rf"\newcommand\{key}{{{value}}}" for key, value in values.items())]
    (HERE / f"{name}_values.tex").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _unpacked(name: str, size: int) -> bytes:
    """The first bytes of a compressed file."""
    with gzip.open(_MNIST / name) as file:
        return file.read(size)
