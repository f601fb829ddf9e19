"""The runs of 300 CPU seconds: one a kind of learning, read at marks on the way. One thread, one seed."""

from dataclasses import asdict, dataclass
from typing import Any

import torch

from .reference import Reference
from .training import Clock, Settings, decay, endless, jittered, train_until

BUDGET = 300.0
SUPERVISED = Settings(dims=(784, 500, 500), batch_size=256, lr=0.004)
UNSUPERVISED = Settings(dims=(784, 500, 500, 500), batch_size=100, lr=0.001)
KINDS = ("supervised", "unmoved", "unsupervised")
UNMOVED = "reference solution, no digit moved"
MARKS = {"supervised": (15, 30, 60, 90, 120, 200, 300), "unsupervised": (15, 30, 60, 120, 200, 300)}
CLASSIFIER_BATCH, CLASSIFIER_EPOCHS = 256, 10
RESERVED = 8.0  # CPU seconds of each mark kept for the linear classifier


@dataclass
class Point:
    """Accuracy on the 10,000 test digits, reached within `seconds` CPU seconds of training."""

    mark: int
    seconds: float
    accuracy: float
    epochs: float

    def printed(self) -> dict[str, float]:
        """The point as a dictionary, shown as well."""
        print(
            f"{self.mark:>4} s: {self.accuracy:.2%} after {self.seconds:.1f} CPU s, {self.epochs:.1f} epochs",
            flush=True,
        )
        return asdict(self)


def supervised() -> list[dict[str, float]]:
    """The reference's FFNet on digits with labels in their first ten pixels, half of the digits moved by a pixel."""
    return _supervised(jitter=True)


def unmoved() -> list[dict[str, float]]:
    """The same with every digit where it is."""
    return _supervised(jitter=False)


def _supervised(jitter: bool) -> list[dict[str, float]]:
    reference, clock, steps, points = _start("forward_forward_supervised"), Clock(), 0, []
    x, y, x_test, y_test = reference.digits()
    net = reference.FFNet(SUPERVISED.dims, lr=SUPERVISED.lr)
    source = endless((x, y), SUPERVISED.batch_size)
    if jitter:
        source = jittered(source)
    for mark in MARKS["supervised"]:
        steps += train_until(mark, clock, net, source, lambda: decay(net, SUPERVISED.lr, clock.seconds / BUDGET))
        predicted = torch.cat([net.predict(part) for part in x_test.split(1000)])
        points.append(Point(mark, clock.seconds, _share(predicted == y_test), steps * SUPERVISED.batch_size / len(x)))
        points[-1].printed()
    return [asdict(point) for point in points]


def unsupervised() -> list[dict[str, float]]:
    """The reference's UnsupervisedFFNet; at each mark a new linear classifier, whose training counts.

    The first point, mark 0, is the same net before any training, with a classifier trained the same way.
    """
    reference, clock, steps = _start("forward_forward_unsupervised"), Clock(), 0
    digits = reference.digits()
    net = reference.UnsupervisedFFNet(UNSUPERVISED.dims, lr=UNSUPERVISED.lr)
    source = endless(digits[:1], UNSUPERVISED.batch_size)
    schedule = lambda: decay(net, UNSUPERVISED.lr, clock.seconds / (BUDGET - RESERVED))  # noqa: E731
    points = []
    for mark in (0, *MARKS["unsupervised"]):
        steps += train_until(mark - RESERVED, clock, net, source, schedule)
        accuracy, seconds = _classified(reference, net, digits)
        epochs = steps * UNSUPERVISED.batch_size / len(digits[0])
        points.append(Point(mark, clock.seconds + seconds, accuracy, epochs).printed())
    return points


def _start(notebook: str) -> Reference:
    torch.set_num_threads(1)
    torch.manual_seed(0)
    return Reference(notebook)


def _classified(reference: Reference, net: Any, digits: tuple[torch.Tensor, ...]) -> tuple[float, float]:
    """Test accuracy of the reference's linear classifier on the net's features, and its CPU seconds of training."""
    x, y, x_test, y_test = digits
    clock = Clock()
    with clock.running():
        loader = list(zip(x.split(CLASSIFIER_BATCH), y.split(CLASSIFIER_BATCH), strict=True))
        classifier = reference.train_classifier(net, loader, epochs=CLASSIFIER_EPOCHS)
    with torch.no_grad():
        predicted = torch.cat([classifier(net.features(part)).argmax(dim=1) for part in x_test.split(1000)])
    return _share(predicted == y_test), clock.seconds


def _share(right: torch.Tensor) -> float:
    return float(right.double().mean())
