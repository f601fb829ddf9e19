"""The training of practical 1's network that `libs.comparison.child` runs in a process of its own."""

import time
from collections.abc import Callable, Sequence
from typing import Any

from ..budget import small_budget
from ..mnist import mnist_tensors
from ..seed import reset_seed
from ..solver import Solver
from .course import EVERY


class TimedSolver(Solver):
    """A Solver that tells seconds and accuracy after every epoch; the time of measuring does not count."""

    def __init__(self, *args: Any, tell: Callable[..., None], **options: Any) -> None:
        super().__init__(*args, **options)
        self._tell, self._seconds, self._since = tell, 0.0, 0.0

    def _record_accuracy(self) -> None:
        if self._since:
            self._seconds += time.perf_counter() - self._since
        super()._record_accuracy()
        if self._since:
            self._tell(seconds=self._seconds, accuracy=self.val_acc_history[-1])
        self._since = time.perf_counter()


def train(dims: Sequence[int], epochs: int, tell: Callable[..., None]) -> None:
    """The same layers as FF's, a softmax layer upon them, trained by backpropagation and Adam."""
    from fully_connected_networks import FullyConnectedNet, adam

    images, labels = (part[: 1000 if small_budget() else None] for part in mnist_tensors(train=True))
    test_images, test_labels = mnist_tensors(train=False)
    data = {"X_train": images, "y_train": labels, "X_val": test_images[::EVERY], "y_val": test_labels[::EVERY]}
    reset_seed(0)
    net = FullyConnectedNet(list(dims[1:]), input_dim=dims[0], num_classes=10, weight_scale=0.05)
    TimedSolver(
        net, data, tell=tell, update_rule=adam, optim_config={"learning_rate": 1e-3}, lr_decay=0.8, batch_size=256,
        num_epochs=epochs, num_train_samples=1, verbose=False,
    ).train()  # fmt: skip
