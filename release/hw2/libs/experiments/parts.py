"""What an experiment is made of: small nets of your own classes, and one change at a time."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

import torch
from torch import Tensor, nn

from ..budget import small_budget
from ..mnist import mnist_tensors
from ..seed import reset_seed

Notebook = dict[str, Any]  # the names of the notebook, its globals()
Digits = tuple[tuple[Tensor, Tensor], tuple[Tensor, Tensor]]  # images and labels to train on, and to test on
LEARNING_RATES = {"FFNet": 0.003, "UnsupervisedFFNet": 0.001}  # with which each of them starts


class OutOfReach(Exception):
    """A change that does not reach the training, because of how the classes are written."""


@dataclass(frozen=True)
class Size:
    """How large an experiment is; no layer has as many inputs as units, so that weights show what they are."""

    widths: tuple[int, ...] = (784, 200, 180, 160)
    digits: int = 3000
    batch: int = 100
    epochs: int = 10
    seeds: int = 3
    every: int = 5  # of so many test digits one is looked at


TINY = Size((784, 16, 12, 10), digits=60, batch=20, epochs=1, seeds=1, every=200)


def digits_for(size: Size) -> Digits:
    """All training digits, of which each trial draws its own, and every so many-th test digit."""
    images, labels = mnist_tensors(train=False)
    return mnist_tensors(train=True), (images[:: size.every], labels[:: size.every])


class Trial:
    """One small net of the notebook's own class, its digits, and what is exchanged while it learns."""

    def __init__(self, notebook: Notebook, net_class: str, layers: int, seed: int, size: Size, digits: Digits) -> None:
        reset_seed(seed)
        (images, labels), (self.x, self.y) = digits
        rows = torch.randperm(len(images))[: size.digits].split(size.batch)
        self.batches = [(images[part], labels[part]) for part in rows]
        self.notebook, self.epochs = notebook, size.epochs
        self.dims, self.lr = list(size.widths[: layers + 1]), LEARNING_RATES[net_class]
        self.net = notebook[net_class](self.dims, lr=self.lr)
        self.losses: list[float] = []
        self.seconds = 0.0
        self._kept: Notebook = {}
        self._reached: dict[str, bool] = {}

    def exchange(self, name: str, make: Callable[[Any], Callable[..., Any]]) -> None:
        """Put make(what it was) in the place of a function of the notebook until the net has learnt."""
        original = self._kept.setdefault(name, self.notebook[name])
        self.notebook[name] = self.watched(name, make(original))

    def watched(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, of which it is noted whether the training calls it."""
        self._reached[name] = False

        def call(*args: Any, **named: Any) -> Any:
            self._reached[name] = True
            return function(*args, **named)

        return call

    def learn(self) -> None:
        """Train the net by its own fit, then give the notebook its functions back."""
        start = time.perf_counter()
        try:
            with quiet():
                history = self.net.fit(self.batches, epochs=self.epochs)
        finally:
            self.notebook.update(self._kept)
        self.seconds = time.perf_counter() - start
        self.losses = [float(loss) for loss in history[-1]]
        for name, reached in self._reached.items():
            if not reached:
                raise OutOfReach(f"your training does not call {name}, so this change makes no difference to it")

    @contextmanager
    def reading(self, first: int, last: int) -> Iterator[Any]:
        """The net as if it knew the activities of the layers from first to last only, counted from 1."""
        parts: list[Part] = []
        for number, layer in enumerate(self.net.layers, 1):
            parts.append(Part(layer, parts[-1] if parts else None, first <= number <= last))
        whole, self.net.layers = self.net.layers, _alike(self.net.layers, parts)
        try:
            yield self.net
        finally:
            self.net.layers = whole
        if any(part.kept is None for part in parts):
            raise OutOfReach("they do not call the layers to read their activities")


class Part(nn.Module):
    """A layer whose activities the next one reads, while all others may be told zeros."""

    def __init__(self, layer: nn.Module, below: "Part | None", told: bool) -> None:
        super().__init__()
        self.told, self.kept = told, None
        self.parts = (layer, below)  # in a tuple, so that neither is a part of this one

    def forward(self, x: Tensor) -> Tensor:
        """The activities, or zeros in their place."""
        layer, below = self.parts
        self.kept = layer(x if below is None else below.kept)
        return self.kept if self.told else torch.zeros_like(self.kept)

    def __getattr__(self, name: str) -> Any:
        try:
            return super().__getattr__(name)
        except AttributeError:
            if "parts" not in self.__dict__:
                raise
            return getattr(self.parts[0], name)


def _alike(old: Any, parts: list[nn.Module]) -> Any:
    """A list of layers of the kind that the net has."""
    if isinstance(old, nn.Sequential):
        return nn.Sequential(*parts)
    return nn.ModuleList(parts) if isinstance(old, nn.ModuleList) else parts


@dataclass(frozen=True)
class Arm:
    """One line of the table: what is changed in a trial before its net learns."""

    name: str
    change: Callable[[Trial], None] = lambda trial: None
    trains: bool = True


@dataclass(frozen=True)
class Choice:
    """An experiment: nets that differ in one thing, and what is measured on each, in percent."""

    arms: tuple[Arm, ...]
    measure: Callable[[Trial], dict[str, float]]
    layers: int = 2
    size: Size = field(default_factory=Size)


def size_of(choice: Choice) -> Size:
    """As large as the choice wants, or tiny where it is enough to see that the cell runs."""
    return TINY if small_budget() else choice.size


@contextmanager
def quiet() -> Iterator[None]:
    """Without progress bars and what else is printed."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        yield


def share(hits: Tensor) -> float:
    """How many of them, in percent."""
    return 100 * hits.double().mean().item()
