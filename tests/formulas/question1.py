"""Question 1: batches, batch normalization, saturation, parameters, logistic against softmax."""

from torch import nn

from .reading import value


def parameters(latex: str) -> None:
    """PyTorch's own count for this net."""
    widths = [20, 10, 10, 10, 10, 10, 1]
    net = nn.Sequential(*(nn.Linear(m, n) for m, n in zip(widths, widths[1:], strict=False)))
    assert value(latex, {}) == sum(p.numel() for p in net.parameters())


parameters_total = parameters
