"""Expected scores, losses and gradients of networks: by autograd on plain torch in float64, and by differences."""

from collections.abc import Callable
from typing import Any

import torch

Params = dict[str, torch.Tensor]
Build = Callable[..., Any]  # params -> a network of the student's
_STEP = 1e-5  # the noise of differences is below 1e-11, and what a step bends is far below 1e-4
_FLAT = 1e-6  # a slope below it says nothing: a loss that does not move has no gradient to be right about


def depth(params: Params) -> int:
    """The number of layers of a network with W1, b1, ..., WL, bL."""
    return len(params) // 2


def scores(params: Params, X: torch.Tensor) -> torch.Tensor:
    """Scores (N, C) in float64 of linear - ReLU - ... - linear."""
    hidden = X.double().reshape(len(X), -1)
    for layer in range(1, depth(params) + 1):
        hidden = hidden @ params[f"W{layer}"].double() + params[f"b{layer}"].double()
        hidden = hidden.relu() if layer < depth(params) else hidden
    return hidden


def loss_and_grads(params: Params, X: torch.Tensor, y: torch.Tensor) -> tuple[torch.Tensor, Params]:
    """Mean cross-entropy, and its gradients by autograd in float64."""
    leaves = {name: w.detach().double().clone().requires_grad_() for name, w in params.items()}
    loss = torch.nn.functional.cross_entropy(scores(leaves, X), y)
    grads = torch.autograd.grad(loss, list(leaves.values()))
    return loss.detach(), dict(zip(leaves, grads, strict=True))


def linear_relu_grads(x: torch.Tensor, w: torch.Tensor, b: torch.Tensor, dout: torch.Tensor) -> list[torch.Tensor]:
    """The gradients of max(0, x w + b) for x, w and b, by autograd in float64."""
    leaves = [z.detach().double().requires_grad_() for z in (x, w, b)]
    out = (leaves[0].reshape(len(x), -1) @ leaves[1] + leaves[2]).relu()
    return list(torch.autograd.grad(out, leaves, dout.double()))


def gradients(build: Build, params: Params, name: str, X: torch.Tensor, y: torch.Tensor, got: Any) -> list[Any]:
    """The gradient for params[name] of the network that was asked for.

    Where `got` is not that one, also the gradient of the loss that the student's network returns, whatever it computes.
    """
    want = loss_and_grads(params, X, y)[1][name]
    if agree(got, want):
        return [want]
    own, last = slope(build, params, name, X, y), list(params)[-1]
    if _unless_flat(own) or _unless_flat(slope(build, params, last, X, y)):  # units may be dead where the loss is not
        return [want, own]
    return [want]


def penalty_gradients(
    build: Build, params: Params, name: str, X: torch.Tensor, y: torch.Tensor, reg: float, factor: float, got: Any
) -> list[Any]:
    """The same for the L2 term, whose derivative is factor * W."""
    want = factor * params[name]
    if agree(got, want):
        return [want]
    with_term = slope(lambda moved: build(moved, reg=reg), params, name, X, y)
    return [want, *_unless_flat(with_term - slope(build, params, name, X, y))]


def slope(build: Build, params: Params, name: str, X: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """The gradient for params[name] of the loss that a network of the student's returns, by central differences."""
    flat = params[name].double().reshape(-1)
    found = []
    for i in range(flat.numel()):
        losses = []
        for step in (_STEP, -_STEP):
            moved = flat.clone()
            moved[i] += step
            losses.append(number(build({**params, name: moved.reshape(params[name].shape)}).loss(X, y)[0]).sum())
        found.append((losses[0] - losses[1]) / (2 * _STEP))
    return torch.stack(found).reshape(params[name].shape)


def agree(got: Any, want: torch.Tensor) -> bool:
    """True when got is a tensor like want, up to 1e-4 of its largest number."""
    if not isinstance(got, torch.Tensor) or got.shape != want.shape:
        return False
    return bool(((got - want).abs() <= 1e-4 * want.abs().max()).all())


def number(value: Any) -> torch.Tensor:
    """A loss, or numbers, in float64."""
    return torch.as_tensor(value, dtype=torch.float64).detach()


def _unless_flat(gradient: torch.Tensor) -> list[torch.Tensor]:
    return [gradient] if bool(gradient.abs().max() > _FLAT) else []
