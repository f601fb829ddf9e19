"""What keeps one mistake from being charged twice: looks at parts of the student's that have tests of their own."""

from collections.abc import Callable, Sequence
from typing import Any

import torch


def like_dw(linear: Any, *sizes: int) -> tuple[int, ...]:
    """These sizes of layers; all like the first if the student's Linear makes a transposed dw, which has a test."""
    x, w, b = torch.ones(1, 3), torch.ones(3, 2), torch.ones(2)
    try:
        dw = linear.backward(torch.ones(1, 2), _cache_of(linear, x, w, b))[1]
    except Exception:  # nothing to look at
        return sizes
    transposed = isinstance(dw, torch.Tensor) and tuple(dw.shape) == (2, 3)
    return sizes[:1] * len(sizes) if transposed else sizes


def l2_term(loss: Any, plain_loss: Any) -> torch.Tensor:
    """What the penalty added to a loss; if the student's softmax_loss is one number an example, the mean of it."""
    return torch.as_tensor(loss - plain_loss).mean()


def agree(got: Any, want: torch.Tensor) -> bool:
    """True when got is a tensor like want, up to 1e-4 of its largest number."""
    if not isinstance(got, torch.Tensor) or got.shape != want.shape:
        return False
    return bool(((got - want).abs() <= 1e-4 * want.abs().max()).all())


def steps_of(
    rule: Callable[..., Any], w: torch.Tensor, gradients: Sequence[torch.Tensor], config: Any = None, t: Any = None
) -> Any:
    """Where w gets with one step for each gradient, when the config that came back goes into the next step.

    With t, what the config says of the number of steps is put right: t before the first one, t + 1 before the second.
    """
    config = None if config is None else _fresh(config)
    for count, dw in enumerate(gradients):
        config = config if t is None else {**config, "t": t + count}
        w, config = rule(w.clone(), dw.clone(), config)
    return w


def _cache_of(linear: Any, *inputs: torch.Tensor) -> Any:
    """The cache that the student's forward makes of these inputs; the inputs when there is none."""
    try:
        return linear.forward(*(tensor.clone() for tensor in inputs))[1]
    except Exception:  # a forward pass that is not there has its own tests
        return inputs


def _fresh(config: dict[str, Any]) -> dict[str, Any]:
    return {key: value.clone() if isinstance(value, torch.Tensor) else value for key, value in config.items()}
