"""Solver: trains a network that computes its own loss and gradients, minibatch by minibatch."""

from collections.abc import Callable
from typing import Any

import torch

from .budget import small_budget
from .progress import tqdm


def _sgd(w: torch.Tensor, dw: torch.Tensor, config: dict[str, Any] | None = None) -> tuple[torch.Tensor, dict]:
    config = dict(config or {})
    config.setdefault("learning_rate", 1e-2)
    return w - config["learning_rate"] * dw, config


class Solver:
    """Minibatch training of `model` on `data`.

    model: has a dict `params` of tensors and `loss(X, y)`, which returns scores (N, C) when y is None and
        (loss, grads) otherwise, grads with the keys of params.
    data: X_train (N, ...), y_train (N,), X_val, y_val.
    update_rule: f(w, dw, config) -> (next_w, config), for example `adam`; plain SGD when left out.
    optim_config: the config that every parameter starts from, such as {"learning_rate": 1e-3}.
    lr_decay: the learning rate is multiplied by this after every epoch.
    checkpoint_name, path: hand-outs of past terms saved to such a file; they are taken, and nothing is saved.

    After train(): loss_history (one a step), train_acc_history and val_acc_history (one an epoch, and one at the
    start); model.params are those of the best validation accuracy.
    """

    def __init__(
        self,
        model: Any,
        data: dict[str, torch.Tensor],
        *,
        update_rule: Callable[..., Any] = _sgd,
        optim_config: dict[str, Any] | None = None,
        lr_decay: float = 1.0,
        batch_size: int = 100,
        num_epochs: int = 10,
        print_every: int = 0,
        print_acc_every: int = 1,
        verbose: bool = True,
        num_train_samples: int | None = 1000,
        num_val_samples: int | None = None,
        device: str = "cpu",
        checkpoint_name: str | None = None,
        path: str | None = None,
    ):
        self.model = model
        self.data = {name: tensor.to(device) for name, tensor in data.items()}
        self.update_rule = update_rule
        self.lr_decay = lr_decay
        self.batch_size = batch_size
        self.num_epochs = num_epochs
        self.print_every = print_every
        self.print_acc_every = print_acc_every
        self.verbose = verbose and not small_budget()
        self.num_train_samples = num_train_samples
        self.num_val_samples = num_val_samples
        self.device = device
        self.optim_configs = {name: dict(optim_config or {}) for name in model.params}
        self.epoch = 0
        self.best_val_acc = 0.0
        self.best_params: dict[str, torch.Tensor] = {}
        self.loss_history: list[float] = []
        self.train_acc_history: list[float] = []
        self.val_acc_history: list[float] = []

    sgd = staticmethod(_sgd)  # past hand-outs offered plain SGD here

    def train(self, time_limit: float | None = None, return_best_params: bool = True) -> "Solver":
        """Train for num_epochs and keep the parameters that did best on the validation set.

        time_limit, return_best_params: of past hand-outs; a time limit has no effect, as it would make runs differ.
        """
        self._record_accuracy()
        bar = tqdm(range(self.num_epochs), desc="epochs", disable=not self.verbose, leave=False)
        for self.epoch in bar:
            for batch in self._batches():
                self._step(batch)
            self._decay_learning_rate()
            self._record_accuracy()
            bar.set_postfix(loss=f"{self.loss_history[-1]:.3f}", val=f"{self.val_acc_history[-1]:.3f}")
            self._report()
        self.epoch = self.num_epochs
        if self.best_params and return_best_params:
            self.model.params = self.best_params
        return self

    def check_accuracy(
        self, X: torch.Tensor, y: torch.Tensor, num_samples: int | None = None, batch_size: int = 1000
    ) -> float:
        """Share of rows of X (N, ...) whose largest score is that of its label y (N,), on num_samples of them."""
        if num_samples is not None and num_samples < len(X):
            chosen = torch.randperm(len(X))[:num_samples]
            X, y = X[chosen], y[chosen]
        X, y = X.to(self.device), y.to(self.device)
        right = 0
        for start in range(0, len(X), batch_size):
            scores = self.model.loss(X[start : start + batch_size])
            right += int((scores.argmax(dim=1) == y[start : start + batch_size]).sum())
        return right / len(X)

    def _batches(self) -> list[torch.Tensor]:
        """The row numbers of one epoch's minibatches, in a new order each time."""
        return list(torch.randperm(len(self.data["X_train"])).split(self.batch_size))

    def _step(self, batch: torch.Tensor) -> None:
        loss, grads = self.model.loss(self.data["X_train"][batch], self.data["y_train"][batch])
        self.loss_history.append(float(loss))
        for name, w in self.model.params.items():
            self.model.params[name], self.optim_configs[name] = self.update_rule(
                w, grads[name], self.optim_configs[name]
            )
        if self.print_every and self.verbose and (len(self.loss_history) - 1) % self.print_every == 0:
            tqdm.write(f"step {len(self.loss_history)}: loss {self.loss_history[-1]:.4f}")

    def _decay_learning_rate(self) -> None:
        for config in self.optim_configs.values():
            if "learning_rate" in config:
                config["learning_rate"] *= self.lr_decay

    def _record_accuracy(self) -> None:
        data = self.data
        self.train_acc_history.append(self.check_accuracy(data["X_train"], data["y_train"], self.num_train_samples))
        self.val_acc_history.append(self.check_accuracy(data["X_val"], data["y_val"], self.num_val_samples))
        if self.val_acc_history[-1] >= self.best_val_acc:
            self.best_val_acc = self.val_acc_history[-1]
            self.best_params = {name: w.clone() for name, w in self.model.params.items()}

    def _report(self) -> None:
        if self.verbose and self.print_acc_every and self.epoch % self.print_acc_every == 0:
            train, val = self.train_acc_history[-1], self.val_acc_history[-1]
            tqdm.write(f"epoch {self.epoch + 1} of {self.num_epochs}: train accuracy {train:.3f}, validation {val:.3f}")
