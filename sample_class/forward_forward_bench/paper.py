"""The paper's nets: four layers of 2,000, as many epochs as it trains them, its published errors as the mark."""

import time
from typing import Any

import torch

from .known import PAPER_ERROR
from .reference import Reference
from .training import Settings, batches, decay

SUPERVISED = Settings(dims=(784, 2000, 2000, 2000, 2000), batch_size=128, lr=0.001)
UNSUPERVISED = Settings(dims=(784, 2000, 2000, 2000, 2000), batch_size=100, lr=0.001)
EPOCHS = {"supervised": 60, "unsupervised": 100}
CLASSIFIER_EVERY = 10  # epochs; the classifier is trained anew each time


def supervised(epochs: int | None, digits: int) -> None:
    """Test error after every epoch, with goodness summed over all layers and over all but the first."""
    torch.manual_seed(0)
    reference = Reference("forward_forward_supervised")
    x, y, x_test, y_test = reference.digits(digits)
    net, skipping = (cls(SUPERVISED.dims, lr=SUPERVISED.lr) for cls in (reference.FFNet, _without_first(reference)))
    skipping.layers = net.layers
    for losses, done in _epochs(net, (x, y), SUPERVISED, epochs or EPOCHS["supervised"]):
        errors = [_error(torch.cat([n.predict(part) for part in x_test.split(1000)]), y_test) for n in (net, skipping)]
        print(
            f"{done}: loss {losses}, test error {errors[0]:.2f} % (all but the first layer: {errors[1]:.2f} %)",
            flush=True,
        )
    _compare("supervised", errors[1])


def unsupervised(epochs: int | None, digits: int) -> None:
    """Test error of a linear classifier on the last three layers, every few epochs and at the end."""
    torch.manual_seed(0)
    reference = Reference("forward_forward_unsupervised")
    x, y, x_test, y_test = reference.digits(digits)
    net = _last_layers(reference, first=UNSUPERVISED.dims[1])(UNSUPERVISED.dims, lr=UNSUPERVISED.lr)
    epochs = epochs or EPOCHS["unsupervised"]
    error = _classified(reference, net, (x, y, x_test, y_test))
    print(f"before training: test error {error:.2f} %", flush=True)
    for number, (losses, done) in enumerate(_epochs(net, (x,), UNSUPERVISED, epochs), 1):
        print(f"{done}: loss {losses}", flush=True)
        if number % CLASSIFIER_EVERY == 0 or number == epochs:
            error = _classified(reference, net, (x, y, x_test, y_test))
            print(f"{done}: test error {error:.2f} %", flush=True)
    _compare("unsupervised", error)


def _without_first(reference: Reference) -> type[Any]:
    """The reference's net, predicting from all layers but the first, as the paper does."""

    class WithoutFirst(reference.FFNet):  # type: ignore[name-defined, misc]
        @torch.no_grad()
        def predict(self, x: torch.Tensor) -> torch.Tensor:
            sums = []
            for label in range(self.num_classes):
                h = self.layers[0](reference.embed_label(x, torch.full((len(x),), label), self.num_classes))
                total = torch.zeros(len(x))
                for layer in self.layers[1:]:
                    h = layer(h)
                    total = total + reference.goodness(h)
                sums.append(total)
            return torch.stack(sums, dim=1).argmax(dim=1)

    return WithoutFirst


def _last_layers(reference: Reference, first: int) -> type[Any]:
    """The reference's net with the features of all layers but the first, which has `first` units."""

    class LastLayers(reference.UnsupervisedFFNet):  # type: ignore[name-defined, misc]
        def features(self, x: torch.Tensor) -> torch.Tensor:
            return super().features(x)[:, first:]

    return LastLayers


def _epochs(net: Any, parts: tuple[torch.Tensor, ...], settings: Settings, epochs: int) -> Any:
    """Train; after every epoch yields the layers' mean losses and how far the run is, both as text."""
    start = time.monotonic()
    for epoch in range(epochs):
        decay(net, settings.lr, epoch / epochs)
        losses = torch.tensor([net.train_batch(*batch) for batch in batches(parts, settings.batch_size)]).mean(dim=0)
        hours = (time.monotonic() - start) / 3600
        yield " ".join(f"{loss:.3f}" for loss in losses), f"epoch {epoch + 1} of {epochs}, {hours:.2f} h"


def _classified(reference: Reference, net: Any, digits: tuple[torch.Tensor, ...]) -> float:
    x, y, x_test, y_test = digits
    classifier = reference.train_classifier(net, list(zip(x.split(256), y.split(256), strict=True)))
    with torch.no_grad():
        return _error(torch.cat([classifier(net.features(part)).argmax(dim=1) for part in x_test.split(1000)]), y_test)


def _error(predicted: torch.Tensor, y: torch.Tensor) -> float:
    """Per cent."""
    return 100 * float((predicted != y).double().mean())


def _compare(kind: str, error: float) -> None:
    mark = PAPER_ERROR[kind]
    print(f"{kind}: {error:.2f} %, the paper {mark:.2f} %: {'ahead' if error < mark else 'not ahead'}", flush=True)
