"""The MNIST digits that figures are measured on, read from data/mnist."""

import gzip

import numpy as np
import torch
from torch import Tensor

from .rubric import HERE

_MNIST = HERE.parent / "data" / "mnist"


def digits(kind: str, count: int | None = None) -> tuple[Tensor, Tensor]:
    """Images (N, 784) in [0, 1] and labels (N,) of the kind train or t10k: the first `count` of them, or all."""
    images = _unpacked(f"{kind}-images-idx3-ubyte.gz", 16).reshape(-1, 784)[:count]
    labels = _unpacked(f"{kind}-labels-idx1-ubyte.gz", 8)[:count]
    return torch.tensor(images, dtype=torch.float32) / 255, torch.tensor(labels, dtype=torch.long)


def _unpacked(name: str, header: int) -> np.ndarray:
    return np.frombuffer(gzip.decompress((_MNIST / name).read_bytes()), np.uint8, offset=header)
