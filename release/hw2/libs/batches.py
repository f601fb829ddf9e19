"""Batches of a loader, as a list."""

from collections.abc import Iterable
from typing import Any


def batches_of(loader: Iterable[Any], most: int | None = None) -> list[Any]:
    """The first `most` batches of a new epoch, or all of them; fewer when the epoch is shorter."""
    epoch, taken = loader.__iter__(), []
    while most is None or len(taken) < most:
        try:
            taken.append(epoch.__next__())
        except StopIteration:
            break
    return taken
