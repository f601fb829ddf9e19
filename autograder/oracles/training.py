"""What a right network reaches with the hyper-parameters that a student chose."""

from collections.abc import Sequence
from typing import Any

import torch

from .networks import Params, depth
from .update_rules import OPTIMIZERS


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
    size = float(first.double().square().mean().sqrt())  # how they are spread is the business of two_layer_init_scale
    params = new_params(dims, size, seed)
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
