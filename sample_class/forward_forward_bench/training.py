"""Training by the clock: batches, the decay of the learning rate, and the count of CPU seconds."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch

SIDE = 28  # pixels of a digit
STEPS_AT_A_TIME = 10  # between two looks at the clock


@dataclass(frozen=True)
class Settings:
    """What a run is made with; the threshold is the reference's default, the number of units."""

    dims: tuple[int, ...]
    batch_size: int
    lr: float

    def __str__(self) -> str:
        widths = "-".join(map(str, self.dims))
        return f"{widths}, batches of {self.batch_size}, Adam from {self.lr} down to 0, threshold = number of units"


class Clock:
    """CPU seconds of this process, counted only inside `with clock.running():`."""

    def __init__(self) -> None:
        self.seconds = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count what happens inside."""
        start = time.process_time()
        yield
        self.seconds += time.process_time() - start


def endless(parts: tuple[torch.Tensor, ...], batch_size: int) -> Iterator[tuple[torch.Tensor, ...]]:
    """Batches for ever, in a new random order in every epoch."""
    while True:
        yield from batches(parts, batch_size)


def batches(parts: tuple[torch.Tensor, ...], batch_size: int) -> Iterator[tuple[torch.Tensor, ...]]:
    """One epoch of full batches, in random order."""
    for rows in torch.randperm(len(parts[0])).split(batch_size):
        if len(rows) == batch_size:
            yield tuple(part[rows] for part in parts)


def jittered(source: Iterator[tuple[torch.Tensor, ...]]) -> Iterator[tuple[torch.Tensor, ...]]:
    """Batches (x, y) in which the first half of the digits is moved, by up to a pixel along rows and along columns."""
    for x, y in source:
        shift = tuple(torch.randint(-1, 2, (2,)).tolist())
        moved, rest = x.view(-1, SIDE, SIDE).chunk(2)
        x = torch.cat([moved.roll(shift, (1, 2)), rest])  # few digits touch the rim, whose ink comes in opposite
        yield x.view(len(y), -1), y


def decay(net: Any, lr: float, share: float) -> None:
    """The schedule of the reference's supervised `fit`: from lr down to 0 as the share done goes from 0 to 1."""
    for layer in net.layers:
        layer.optimizer.param_groups[0]["lr"] = lr * max(0.0, 1 - share)


def train_until(
    seconds: float, clock: Clock, net: Any, source: Iterator[tuple[torch.Tensor, ...]], schedule: Callable[[], None]
) -> int:
    """Train until the clock shows `seconds`; returns the number of steps. Making batches counts, too."""
    steps = 0
    while clock.seconds < seconds:
        with clock.running():
            schedule()
            for _ in range(STEPS_AT_A_TIME):
                net.train_batch(*next(source))
        steps += STEPS_AT_A_TIME
    return steps
