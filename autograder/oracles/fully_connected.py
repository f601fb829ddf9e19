"""Expected values for practical 1: by autograd on plain torch, and on top of the student's own earlier parts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch

Params = dict[str, torch.Tensor]
Config = dict[str, Any]
LossAndGrads = tuple[torch.Tensor, Params]
LayerResult = tuple[torch.Tensor, list[torch.Tensor]]

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
    parts: Parts, params: Params, X: torch.Tensor, y: torch.Tensor, dropout_param: dict[str, Any]
) -> list[LossAndGrads]:
    """Loss and gradients of a right network that drops what the student's Dropout drops; empty when that raises."""
    try:
        units = [torch.ones(len(X), params[f"b{layer}"].numel()) for layer in range(1, depth(params))]
        masks = [_number(parts.dropout.forward(ones, dict(dropout_param))[0]) for ones in units]
        return [loss_and_grads(params, X, y, masks=masks)]
    except Exception:  # nothing to build upon
        return []


def own_scores(
    parts: Parts, params: Params, X: torch.Tensor, dropout_param: dict[str, Any] | None = None
) -> list[torch.Tensor]:
    """The scores built out of the student's own layers; empty when these raise."""
    return _each(parts, lambda hidden: _number(_forward(parts, hidden, params, X, dropout_param)[0]))


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
        return [(_number(out), [_number(grad) for grad in backward(dout, cache)])]
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


def _number(value: Any) -> torch.Tensor:
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
    return _number(loss), {name: _number(grad) for name, grad in grads.items()}


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
        w = _number(rule(w.clone(), dw.clone(), {**config, **state})[0]).to(w.dtype)
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


def new_params(dims: Sequence[int], weight_scale: float, seed: int) -> Params:
    """Float32 weights of a network: normal with the given scale, biases zero."""
    generator = torch.Generator().manual_seed(seed)
    params: Params = {}
    for layer in range(1, len(dims)):
        params[f"W{layer}"] = weight_scale * torch.randn(dims[layer - 1], dims[layer], generator=generator)
        params[f"b{layer}"] = torch.zeros(dims[layer])
    return params


def overfit_accuracy(
    hidden_dims: Sequence[int],
    settings: tuple[float, float],
    X: torch.Tensor,
    y: torch.Tensor,
    seed: int,
) -> float:
    """The best training accuracy of a right network within 20 epochs of SGD with batches of 25.

    settings: (weight_scale, learning_rate), as the student's function returns them.
    """
    weight_scale, learning_rate = (float(number) for number in settings)
    params = new_params([X.shape[1], *hidden_dims, 10], weight_scale, seed)
    data = {"X_train": X, "y_train": y, "X_val": X, "y_val": y}
    return _train(params, data, "sgd", {"learning_rate": learning_rate}, epochs=20, batch_size=25, seed=seed)


def twin_accuracy(solver: Any, data: dict[str, torch.Tensor], seed: int) -> float:
    """The best validation accuracy of a right two-layer network trained with the settings of the student's solver."""
    first, second = solver.model.params["W1"], solver.model.params["W2"]
    dims = [data["X_train"][0].numel(), first.shape[1], second.shape[1]]
    params = new_params(dims, float(first.double().std()), seed)
    config = dict(solver.optim_configs["W1"])
    return _train(
        params,
        data,
        _rule_name(solver),
        config,
        epochs=int(solver.num_epochs),
        batch_size=int(solver.batch_size),
        decay=float(solver.lr_decay),
        penalty=float(solver.model.reg),
        seed=seed,
    )


def _rule_name(solver: Any) -> str:
    """The name of the solver's update rule; plain SGD when it cannot be told."""
    try:
        name = str(solver.update_rule.__name__)
    except Exception:  # a handle that does not tell its name
        return "sgd"
    return name if name in OPTIMIZERS else "sgd"


def _train(
    params: Params,
    data: dict[str, torch.Tensor],
    rule: str,
    config: dict[str, Any],
    *,
    epochs: int,
    batch_size: int,
    seed: int,
    penalty: float = 0.0,
    decay: float = 1.0,
) -> float:
    """Train by autograd; the best accuracy on X_val, y_val after any epoch. At most 3,000 steps."""
    leaves = {name: w.clone().requires_grad_() for name, w in params.items()}
    optimizer = OPTIMIZERS[rule](list(leaves.values()), config)
    generator = torch.Generator().manual_seed(seed)
    steps, best = 0, 0.0
    for _ in range(epochs):
        order = torch.randperm(len(data["X_train"]), generator=generator)
        for batch in torch.split(order, batch_size):
            loss = torch.nn.functional.cross_entropy(_fast(leaves, data["X_train"][batch]), data["y_train"][batch])
            loss = loss + penalty * sum((w**2).sum() for name, w in leaves.items() if name.startswith("W"))
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            steps += 1
        best = max(best, _accuracy(leaves, data["X_val"], data["y_val"]))
        for group in optimizer.param_groups:
            group["lr"] *= decay
        if steps >= 3000:
            break
    return best


def _fast(params: Params, X: torch.Tensor) -> torch.Tensor:
    """Scores in the dtype of the parameters."""
    hidden = X.reshape(len(X), -1)
    for layer in range(1, depth(params) + 1):
        hidden = torch.addmm(params[f"b{layer}"], hidden, params[f"W{layer}"])
        hidden = hidden.relu() if layer < depth(params) else hidden
    return hidden


@torch.no_grad()
def _accuracy(params: Params, X: torch.Tensor, y: torch.Tensor) -> float:
    return float((_fast(params, X).argmax(dim=1) == y).double().mean())
