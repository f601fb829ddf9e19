"""An ill-conditioned quadratic w^T H w in the plane, and the two methods on it; the gradient is PyTorch's own."""

import math

import torch
from torch import Tensor

torch.set_num_threads(2)

LARGEST, SMALLEST, TURN = 2.0, 0.1, math.radians(30)  # eigenvalues of H, and how far its eigenvectors are turned
LIMIT, BEST = 1 / LARGEST, 1 / (LARGEST + SMALLEST)  # the step sizes of 5 (c)


def axes() -> Tensor:
    """Q: the eigenvectors of the largest and of the smallest eigenvalue as columns."""
    cos, sin = math.cos(TURN), math.sin(TURN)
    return torch.tensor([[cos, -sin], [sin, cos]], dtype=torch.float64)


def hessian_half() -> Tensor:
    """H = Q Lambda Q^T."""
    return axes() @ torch.diag(torch.tensor([LARGEST, SMALLEST], dtype=torch.float64)) @ axes().T


def gradient(w: Tensor) -> Tensor:
    """Of w^T H w at w, a row for each row of w."""
    w = w.detach().requires_grad_()
    return torch.autograd.grad(((w @ hessian_half()) * w).sum(), w)[0]


def descent(start: Tensor, step: float | Tensor, steps: int) -> Tensor:
    """Every iterate of gradient descent, (steps + 1, 2); of many runs at once where start has many rows."""
    path = [start]
    for _ in range(steps):
        path.append(path[-1] - step * gradient(path[-1]))
    return torch.stack(path)


def newton(start: Tensor, steps: int) -> Tensor:
    """Every iterate of Newton's method, (steps + 1, 2); the Hessian is PyTorch's own, too."""
    hessian = torch.autograd.functional.hessian(lambda w: w @ hessian_half() @ w, start)
    path = [start]
    for _ in range(steps):
        path.append(path[-1] - torch.linalg.solve(hessian, gradient(path[-1])))
    return torch.stack(path)
