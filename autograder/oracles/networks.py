"""Expected scores, losses and gradients of networks: by autograd on plain torch, and on the student's own layers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch

Params = dict[str, torch.Tensor]
LossAndGrads = tuple[torch.Tensor, Params]
LayerResult = tuple[torch.Tensor, list[torch.Tensor]]


@dataclass(frozen=True)
class Parts:
    """The student's own layers, out of which a network's expected values can be built."""

    linear: Any
    relu: Any
    linear_relu: Any
    softmax_loss: Callable[..., Any]
    dropout: Any = None

    def hidden_layers(self) -> list[tuple[Callable[..., Any], Callable[..., Any]]]:
        """(forward, backward) of a hidden layer: the student's Linear_ReLU, and their Linear followed by their ReLU."""

        def forward(x: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> Any:
            before, linear_cache = self.linear.forward(x, w, b)
            out, relu_cache = self.relu.forward(before)
            return out, (linear_cache, relu_cache)

        def backward(dout: torch.Tensor, cache: Any) -> Any:
            return self.linear.backward(self.relu.backward(dout, cache[1]), cache[0])

        return [(self.linear_relu.forward, self.linear_relu.backward), (forward, backward)]


def depth(params: Params) -> int:
    """The number of layers of a network with W1, b1, ..., WL, bL."""
    return len(params) // 2


def scores(params: Params, X: torch.Tensor, masks: Sequence[torch.Tensor] = ()) -> torch.Tensor:
    """Scores (N, C) in float64 of linear - ReLU - [times its mask] - ... - linear."""
    hidden = X.double().reshape(len(X), -1)
    for layer in range(1, depth(params) + 1):
        hidden = hidden @ params[f"W{layer}"].double() + params[f"b{layer}"].double()
        hidden = hidden.relu() if layer < depth(params) else hidden
        hidden = hidden * masks[layer - 1] if layer <= len(masks) else hidden
    return hidden


def loss_and_grads(
    params: Params, X: torch.Tensor, y: torch.Tensor, penalty: float = 0.0, masks: Sequence[torch.Tensor] = ()
) -> LossAndGrads:
    """Mean cross-entropy plus penalty * sum of W**2, and its gradients by autograd in float64."""
    leaves = {name: w.detach().double().clone().requires_grad_() for name, w in params.items()}
    loss = torch.nn.functional.cross_entropy(scores(leaves, X, masks), y)
    loss = loss + penalty * sum((w**2).sum() for name, w in leaves.items() if name.startswith("W"))
    grads = torch.autograd.grad(loss, list(leaves.values()))
    return loss.detach(), dict(zip(leaves, grads, strict=True))


def masked_loss_and_grads(
    parts: Parts,
    params: Params,
    X: torch.Tensor,
    y: torch.Tensor,
    dropout_param: dict[str, Any],
    by_columns: bool = False,
) -> list[LossAndGrads]:
    """Loss and gradients of a right network that drops what the student's Dropout drops; empty when that raises.

    by_columns: the hidden units lie in memory column by column, in which order rand_like then draws.
    """
    try:
        units = [params[f"b{layer}"].numel() for layer in range(1, depth(params))]
        hidden = [torch.ones(H, len(X)).T if by_columns else torch.ones(len(X), H) for H in units]
        masks = [number(parts.dropout.forward(ones, dict(dropout_param))[0]) for ones in hidden]
        return [loss_and_grads(params, X, y, masks=masks)]
    except Exception:  # nothing to build upon
        return []


def masked_by_columns_loss_and_grads(
    parts: Parts, params: Params, X: torch.Tensor, y: torch.Tensor, dropout_param: dict[str, Any]
) -> list[LossAndGrads]:
    """The same for hidden units that lie column by column, as those of transposed results do."""
    return masked_loss_and_grads(parts, params, X, y, dropout_param, by_columns=True)


def own_scores(
    parts: Parts, params: Params, X: torch.Tensor, dropout_param: dict[str, Any] | None = None
) -> list[torch.Tensor]:
    """The scores built out of the student's own layers; empty when these raise."""
    return _each(parts, lambda hidden: number(_forward(parts, hidden, params, X, dropout_param)[0]))


def own_loss_and_grads(
    parts: Parts, params: Params, X: torch.Tensor, y: torch.Tensor, dropout_param: dict[str, Any] | None = None
) -> list[LossAndGrads]:
    """Loss and gradients, without penalty, built out of the student's own layers; empty when these raise."""
    return _each(parts, lambda hidden: _loss_and_grads(parts, hidden, params, X, y, dropout_param))


def linear_relu(x: torch.Tensor, w: torch.Tensor, b: torch.Tensor, dout: torch.Tensor) -> LayerResult:
    """max(0, x w + b) and the gradients for x, w and b, by autograd in float64."""
    leaves = [z.detach().double().requires_grad_() for z in (x, w, b)]
    out = (leaves[0].reshape(len(x), -1) @ leaves[1] + leaves[2]).relu()
    return out.detach(), list(torch.autograd.grad(out, leaves, dout.double()))


def own_linear_relu(
    parts: Parts, x: torch.Tensor, w: torch.Tensor, b: torch.Tensor, dout: torch.Tensor
) -> list[LayerResult]:
    """The same out of the student's own Linear and ReLU; empty when these raise."""
    forward, backward = parts.hidden_layers()[1]
    try:
        out, cache = forward(x, w, b)
        return [(number(out), [number(grad) for grad in backward(dout, cache)])]
    except Exception:  # nothing to build upon
        return []


def _each(parts: Parts, build: Callable[[Any], Any]) -> list[Any]:
    """What `build` makes of each kind of hidden layer, without those that raise."""
    made = []
    for hidden in parts.hidden_layers():
        try:
            made.append(build(hidden))
        except Exception:  # the student's part is missing or wrong: there is nothing to build upon
            continue
    return made


def number(value: Any) -> torch.Tensor:
    return torch.as_tensor(value, dtype=torch.float64).detach()


def _forward(parts: Parts, hidden: Any, params: Params, X: torch.Tensor, dropout_param: Any) -> tuple[Any, Any]:
    """Scores and the caches of all layers, each (kind, cache)."""
    out, caches = X, []
    for layer in range(1, depth(params)):
        out, cache = hidden[0](out, params[f"W{layer}"], params[f"b{layer}"])
        caches.append(cache)
        if dropout_param is not None:
            out, cache = parts.dropout.forward(out, dict(dropout_param))
            caches.append(cache)
    out, cache = parts.linear.forward(out, params[f"W{depth(params)}"], params[f"b{depth(params)}"])
    return out, [*caches, cache]


def _loss_and_grads(
    parts: Parts, hidden: Any, params: Params, X: torch.Tensor, y: torch.Tensor, dropout_param: Any
) -> LossAndGrads:
    last, grads = depth(params), {}
    out, caches = _forward(parts, hidden, params, X, dropout_param)
    loss, dout = parts.softmax_loss(out, y)
    dout, grads[f"W{last}"], grads[f"b{last}"] = parts.linear.backward(dout, caches.pop())
    for layer in range(last - 1, 0, -1):
        if dropout_param is not None:
            dout = parts.dropout.backward(dout, caches.pop())
        dout, grads[f"W{layer}"], grads[f"b{layer}"] = hidden[1](dout, caches.pop())
    return number(loss), {name: number(grad) for name, grad in grads.items()}
