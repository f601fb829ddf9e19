"""Expected steps of update rules: by torch.optim, and by the student's rule from a state that is right."""

from collections.abc import Callable, Sequence
from typing import Any

import torch

from .networks import number

Config = dict[str, Any]

# The rules a solver may use, by the names that they have in fully_connected_networks.py.
OPTIMIZERS: dict[str, Callable[..., torch.optim.Optimizer]] = {
    "sgd": lambda ws, c: torch.optim.SGD(ws, lr=c.get("learning_rate", 1e-2)),
    "sgd_momentum": lambda ws, c: torch.optim.SGD(ws, lr=c.get("learning_rate", 1e-2), momentum=c.get("momentum", 0.9)),
    "rmsprop": lambda ws, c: torch.optim.RMSprop(
        ws, lr=c.get("learning_rate", 1e-2), alpha=c.get("decay_rate", 0.99), eps=c.get("epsilon", 1e-8)
    ),
    "adam": lambda ws, c: torch.optim.Adam(
        ws,
        lr=c.get("learning_rate", 1e-3),
        betas=(c.get("beta1", 0.9), c.get("beta2", 0.999)),
        eps=c.get("epsilon", 1e-8),
    ),
}


def optimizer_steps(rule: str, w: torch.Tensor, gradients: Sequence[torch.Tensor], config: Config) -> torch.Tensor:
    """w after one step for each gradient, by torch.optim in float64; with t in config, steps of adam count from it."""
    leaf = w.detach().double().clone().requires_grad_()
    optimizer = OPTIMIZERS[rule]([leaf], config)
    if "t" in config:
        zeros = torch.zeros_like(leaf, requires_grad=False)
        optimizer.state[leaf] = {
            "step": torch.tensor(float(config["t"])),
            "exp_avg": zeros,
            "exp_avg_sq": zeros.clone(),
        }
    for gradient in gradients:
        leaf.grad = gradient.double().clone()
        optimizer.step()
    return leaf.detach()


def own_steps(
    name: str, rule: Callable[..., Any], w: torch.Tensor, gradients: Sequence[torch.Tensor], config: Config
) -> torch.Tensor:
    """w after single steps of the student's rule, each of which is handed the state that a right rule has by then."""
    first, second = torch.zeros_like(w), torch.zeros_like(w)
    for count, dw in enumerate(gradients):
        state = _state(name, first, second, config.get("t", 0) + count)
        w = number(rule(w.clone(), dw.clone(), {**config, **state})[0]).to(w.dtype)
        if name == "sgd_momentum":
            first = config["momentum"] * first - config["learning_rate"] * dw
        elif name == "rmsprop":
            first = config["decay_rate"] * first + (1 - config["decay_rate"]) * dw**2
        else:
            first = config["beta1"] * first + (1 - config["beta1"]) * dw
            second = config["beta2"] * second + (1 - config["beta2"]) * dw**2
    return w


def _state(name: str, first: torch.Tensor, second: torch.Tensor, t: float) -> dict[str, Any]:
    """The state of a rule under the keys of its config."""
    if name == "adam":
        return {"m": first.clone(), "v": second.clone(), "t": int(t)}
    return {"velocity" if name == "sgd_momentum" else "cache": first.clone()}
