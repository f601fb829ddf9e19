"""Gradients by finite differences, and the error measure to compare them with."""

from collections.abc import Callable

import torch


def rel_error(x: torch.Tensor, y: torch.Tensor, eps: float = 1e-10) -> float:
    """Largest |x - y| over the largest |x| + |y|; x and y must have the same shape."""
    if x.shape != y.shape:
        raise ValueError(f"rel_error compares tensors of one shape, not {tuple(x.shape)} with {tuple(y.shape)}")
    top = (x - y).abs().max().item()
    bottom = (x.abs() + y.abs()).clamp(min=eps).max().item()
    return float(top / bottom)


def compute_numeric_gradient(
    f: Callable[[torch.Tensor], torch.Tensor | float],
    x: torch.Tensor,
    dLdf: torch.Tensor | None = None,
    h: float = 1e-6,
) -> torch.Tensor:
    """Gradient of sum(f(x) * dLdf) with respect to x by central differences, in float64; shape of x.

    Without dLdf every output counts once, as in a sum. f may return a tensor or a python number.
    """
    point = x.detach().double().contiguous().clone()
    upstream = torch.tensor(1.0, dtype=torch.float64) if dLdf is None else dLdf.double()
    gradient = torch.zeros_like(point)
    flat_point, flat_gradient = point.view(-1), gradient.view(-1)
    for i in range(flat_point.numel()):
        old = flat_point[i].item()
        flat_point[i] = old + h
        above = (torch.as_tensor(f(point.clone()), dtype=torch.float64) * upstream).sum()
        flat_point[i] = old - h
        below = (torch.as_tensor(f(point.clone()), dtype=torch.float64) * upstream).sum()
        flat_point[i] = old
        flat_gradient[i] = (above - below) / (2 * h)
    return gradient.to(x.dtype)
