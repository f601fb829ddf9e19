"""MNIST without network: unpacks the copy that came with the homework, or lets torchvision download it."""

import gzip
import os
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile, gettempdir

import numpy as np
import torch

from .torchvision_operators import ensure_torchvision

FILES = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")


def mnist_root() -> str:
    """The folder to give to torchvision.datasets.MNIST(root); the digits lie in it, and torchvision can be imported."""
    with suppress(ImportError):  # the digits are there without it
        ensure_torchvision()
    return _root()


def _root() -> str:
    """The folder in which the digits lie, unpacked."""
    packed = packed_copy()
    if packed is None:
        return _downloaded()
    for root in (packed.parent, Path(gettempdir()) / "hw2-mnist"):
        if _unpack(packed, root / "MNIST" / "raw"):
            return str(root)
    raise OSError(f"could not unpack MNIST from {packed}: neither its folder nor the temporary folder can be written")


def mnist_tensors(train: bool) -> tuple[torch.Tensor, torch.Tensor]:
    """Images (N, 784), float32 in [0, 1], and labels (N,), int64: 60,000 to train on or 10,000 to test on."""
    raw, part = Path(_root()) / "MNIST" / "raw", "train" if train else "t10k"
    pixels, labels = (
        torch.from_numpy(np.fromfile(raw / f"{part}-{what}-ubyte", dtype=np.uint8, offset=header))
        for what, header in (("images-idx3", 16), ("labels-idx1", 8))  # bytes before the numbers
    )
    return pixels.reshape(len(labels), -1).float().div_(255), labels.long()


def mnist_splits(num_train: int = 50_000, num_val: int = 10_000) -> dict[str, torch.Tensor]:
    """X_train, y_train, X_val, y_val, X_test, y_test; images have the training pixels' mean subtracted."""
    images, labels = mnist_tensors(train=True)
    test_images, test_labels = mnist_tensors(train=False)
    mean = images[:50_000].mean()
    images.sub_(mean)  # in place, as the rest: each copy of all pixels takes 188 MB and as long as to read them
    return {
        "X_train": images[:num_train],
        "y_train": labels[:num_train],
        "X_val": images[50_000 : 50_000 + num_val],
        "y_val": labels[50_000 : 50_000 + num_val],
        "X_test": test_images.sub_(mean),
        "y_test": test_labels,
    }


def packed_copy() -> Path | None:
    """The folder data/mnist with the four .gz files: HW2_DATA, or beside this package or any folder above it."""
    named = os.environ.get("HW2_DATA")
    above = [folder / "data" / "mnist" for folder in (Path.cwd(), *Path(__file__).resolve().parents)]
    for folder in ([Path(named) / "mnist"] if named else []) + above:
        if all((folder / f"{name}.gz").is_file() for name in FILES):
            return folder
    return None


def _unpack(packed: Path, raw: Path) -> bool:
    """Unpack what is missing in `raw`; each file appears whole or not at all. False when it cannot be written."""
    try:
        raw.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            if not (raw / name).exists():
                with gzip.open(packed / f"{name}.gz") as source, NamedTemporaryFile(dir=raw, delete=False) as part:
                    shutil.copyfileobj(source, part)
                Path(part.name).chmod(0o644)
                Path(part.name).replace(raw / name)
    except OSError:
        return False
    return True


def _downloaded() -> str:
    """A folder that torchvision has downloaded MNIST into; needs network the first time."""
    ensure_torchvision()
    from torchvision.datasets import MNIST

    root = Path.home() / ".cache" / "hw2"
    MNIST(str(root), train=True, download=True)
    return str(root)
