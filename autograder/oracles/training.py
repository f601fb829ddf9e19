"""What a right network reaches with the hyper-parameters that a student chose."""

from collections.abc import Sequence

import torch

from .networks import Params, depth

_EPOCHS, _BATCH = 20, 25


def overfit_accuracy(
    hidden_dims: Sequence[int], settings: tuple[float, float], X: torch.Tensor, y: torch.Tensor, seed: int
) -> float:
    """The best training accuracy of a right network within 20 epochs of SGD with batches of 25.

    settings: (weight_scale, learning_rate), as the student's function returns them.
    """
    weight_scale, learning_rate = (float(number) for number in settings)
    params = _new_params([X.shape[1], *hidden_dims, 10], weight_scale, seed)
    leaves = {name: w.requires_grad_() for name, w in params.items()}
    optimizer = torch.optim.SGD(list(leaves.values()), lr=learning_rate)
    generator, best = torch.Generator().manual_seed(seed), 0.0
    for _ in range(_EPOCHS):
        for batch in torch.split(torch.randperm(len(X), generator=generator), _BATCH):
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(_scores(leaves, X[batch]), y[batch]).backward()  # type: ignore[no-untyped-call]
            optimizer.step()
        best = max(best, _accuracy(leaves, X, y))
    return best


def _new_params(dims: Sequence[int], weight_scale: float, seed: int) -> Params:
    """Float32 weights of a network: normal with the given scale, biases zero."""
    generator = torch.Generator().manual_seed(seed)
    params: Params = {}
    for layer in range(1, len(dims)):
        params[f"W{layer}"] = weight_scale * torch.randn(dims[layer - 1], dims[layer], generator=generator)
        params[f"b{layer}"] = torch.zeros(dims[layer])
    return params


def _scores(params: Params, X: torch.Tensor) -> torch.Tensor:
    """Scores in the dtype of the parameters."""
    hidden = X.reshape(len(X), -1)
    for layer in range(1, depth(params) + 1):
        hidden = torch.addmm(params[f"b{layer}"], hidden, params[f"W{layer}"])
        hidden = hidden.relu() if layer < depth(params) else hidden
    return hidden


@torch.no_grad()
def _accuracy(params: Params, X: torch.Tensor, y: torch.Tensor) -> float:
    return float((_scores(params, X).argmax(dim=1) == y).double().mean())
