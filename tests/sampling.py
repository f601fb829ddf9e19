"""How much of a corpus `make test` takes; `make corpus` sets WHOLE_CORPUS and takes all of it."""

import os
from collections.abc import Iterable
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
WHOLE = os.environ.get("WHOLE_CORPUS") == "1"


def sample(items: Iterable[Item], every: int) -> list[Item]:
    """Each `every`-th item, or all of them where the whole corpus is asked for."""
    return list(islice(items, 0, None, 1 if WHOLE else every))
