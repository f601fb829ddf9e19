"""Are the digits there?"""

import os
from pathlib import Path

from .packages import is_there


def look(notebook):
    """MNIST as it came with the homework, or as torchvision has fetched it before."""
    if notebook == "theory" or not (is_there("numpy") and is_there("torch")):
        return [], []
    from ..mnist import FILES, packed_copy

    fetched = Path.home() / ".cache" / "hw2" / "MNIST" / "raw"
    if packed_copy() or all((fetched / name).exists() for name in FILES):
        return [], []
    named = f" (HW2_DATA names {os.environ['HW2_DATA']})" if os.environ.get("HW2_DATA") else ""
    return [], [
        f"the digits, the folder data/mnist, are not beside this notebook{named}. torchvision will fetch them, for "
        "which the internet is needed once; to do without, put the folder `data` of the zip back."
    ]
