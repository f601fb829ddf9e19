"""Expected steps of update rules: by torch.optim, and by the student's rule from a state that is right."""

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

import torch

from .networks import number

Config = dict[str, Any]
Follow = Callable[[Config, torch.Tensor, Config, torch.Tensor], Config]
Share = Callable[[float, float], tuple[float, float]]

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
) -> list[torch.Tensor]:
    """w after single steps of the student's rule, each of which is handed the state that it should have by then.

    One way for the right state. Where that is not the right way, so that the step itself is wrong, one more for each
    state that a wrong formula may have. None of a rule that takes no notice of its state, or that raises.
    """
    right, *wrong = _FOLLOWS[name]
    try:
        forgetful = _way(name, rule, w, gradients, config, lambda state, *_: state)
        ways = [_way(name, rule, w, gradients, config, right)]
        if not torch.allclose(ways[0], optimizer_steps(name, w, gradients, config)):
            ways += [_way(name, rule, w, gradients, config, follow) for follow in wrong]
    except Exception:  # nothing to build upon
        return []
    return [way for way in ways if not torch.allclose(way, forgetful)]


def _way(
    name: str,
    rule: Callable[..., Any],
    w: torch.Tensor,
    gradients: Sequence[torch.Tensor],
    config: Config,
    follow: Follow,
) -> torch.Tensor:
    """w after single steps; `follow` makes the next state out of the last, dw, the config and what w moved by."""
    state = {key: torch.zeros_like(w) for key in _KEYS[name]}
    for count, dw in enumerate(gradients):
        handed = {**config, **{key: value.clone() for key, value in state.items()}}
        if name == "adam":
            handed["t"] = config.get("t", 0) + count
        after = number(rule(w.clone(), dw.clone(), handed)[0]).to(w.dtype)
        state = follow(state, dw, config, after - w)
        w = after
    return w


def _velocity(state: Config, dw: torch.Tensor, config: Config, moved: torch.Tensor) -> Config:
    return {"velocity": config["momentum"] * state["velocity"] - config["learning_rate"] * dw}


def _cache(state: Config, dw: torch.Tensor, config: Config, moved: torch.Tensor) -> Config:
    return {"cache": config["decay_rate"] * state["cache"] + (1 - config["decay_rate"]) * dw**2}


def _moments(first: Share, second: Share, power: int = 2) -> Follow:
    """m and v that keep `first` and `second` of themselves and take as much of dw and |dw|**power."""

    def follow(state: Config, dw: torch.Tensor, config: Config, moved: torch.Tensor) -> Config:
        (keep_m, take_m), (keep_v, take_v) = (share(config["beta1"], config["beta2"]) for share in (first, second))
        return {"m": keep_m * state["m"] + take_m * dw, "v": keep_v * state["v"] + take_v * dw.abs() ** power}

    return follow


_KEYS = {"sgd_momentum": ("velocity",), "rmsprop": ("cache",), "adam": ("m", "v")}

# (kept, taken) of m and v: right, with the betas exchanged, the whole gradient, the two shares exchanged.
_M_SHARES: tuple[Share, ...] = (
    lambda beta1, beta2: (beta1, 1 - beta1),
    lambda beta1, beta2: (beta2, 1 - beta2),
    lambda beta1, beta2: (beta1, 1.0),
    lambda beta1, beta2: (1 - beta1, beta1),
)
_V_SHARES: tuple[Share, ...] = (
    lambda beta1, beta2: (beta2, 1 - beta2),
    lambda beta1, beta2: (beta1, 1 - beta1),
    lambda beta1, beta2: (beta2, 1.0),
    lambda beta1, beta2: (1 - beta2, beta2),
)

# How the state goes on, the right way first; then as the student's own formula has it: v is what w moved by, the root
# of c is what dw was divided by.
_FOLLOWS: dict[str, tuple[Follow, ...]] = {
    "sgd_momentum": (_velocity, lambda state, dw, config, moved: {"velocity": moved}),
    "rmsprop": (_cache, lambda state, dw, config, moved: {"cache": (config["learning_rate"] * dw / moved) ** 2}),
    "adam": (
        *(_moments(first, second) for first, second in product(_M_SHARES, _V_SHARES)),
        _moments(_M_SHARES[0], _V_SHARES[0], power=1),
    ),
}
