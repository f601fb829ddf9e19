"""Question 3: the derivatives of a graph by autograd, the scale of first weights by simulation, one step of descent."""

import math
import re

import torch

from theory.rubric import folder

from .reading import value

ROWS = [(0.7, -0.4, 1.3, 0.2, 0.05), (-1.1, 0.6, 0.8, 1.0, 0.3), (0.3, 0.9, -2.1, -0.5, 0.7)]  # w, b, x, t, lambda
RATE = 0.1


def graph(row: tuple[float, ...]) -> dict[str, torch.Tensor]:
    """All variables of the graph in float64, each with the derivative of L_reg in .grad."""
    w, b, x, t, lam = (torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in row)
    z = w * x + b
    y = z.sigmoid()
    loss, size = (y - t) ** 2 / 2, w**2 / 2
    total = loss + lam * size
    nodes = {"w": w, "b": b, "x": x, "t": t, "lambda": lam, "z": z, "y": y, "L": loss, "R": size, "L_reg": total}
    for node in nodes.values():
        node.retain_grad()
    total.backward()
    return nodes


def near(found: float, expected: float, tolerance: float = 1e-9) -> None:
    """Equal up to rounding, or up to a stated tolerance."""
    assert abs(found - expected) <= tolerance * max(1, abs(expected)), f"{found}, expected {expected}"


def derivative(name: str):
    """A check that a formula is the derivative of L_reg with respect to this variable."""

    def check(latex: str) -> None:
        for row in ROWS:
            nodes = graph(row)
            letters = {key: node.item() for key, node in nodes.items()} | {"s": nodes["z"].sigmoid().item()}
            near(value(latex, letters), nodes[name].grad.item())

    return check


d_y, d_z, d_w, d_b, d_x, d_t, d_L, d_R = (derivative(name) for name in ("y", "z", "w", "b", "x", "t", "L", "R"))
d_lambda = derivative("lambda")


def sigmoid_slope(z: float) -> float:
    """The derivative of PyTorch's sigmoid."""
    at = torch.tensor(z, dtype=torch.float64, requires_grad=True)
    return torch.autograd.grad(at.sigmoid(), at)[0].item()


def slope(latex: str) -> None:
    """Autograd."""
    for z in (-3.0, 0.4, 2.0):
        near(value(latex, {"s": 1 / (1 + math.exp(-z))}), sigmoid_slope(z))


def tail(latex: str) -> None:
    """Autograd, on both sides."""
    for z in (-9.0, -1.0, 0.5, 7.0):
        near(value(latex, {"z": z}), sigmoid_slope(z))


def relu_gain(latex: str) -> None:
    """The mean square after some layers of random ReLU units, of many nets; standard error below 1 percent."""
    draw = torch.Generator().manual_seed(0)
    inputs, variance, layers = 20, 0.13, 3
    signal = first = torch.randn(20_000, inputs, 1, generator=draw)
    for _ in range(layers):
        signal = (variance**0.5 * torch.randn(20_000, inputs, inputs, generator=draw) @ signal).relu()
    gain = (signal.square().mean() / first.square().mean()).item()
    near(value(latex, {"n": inputs, "v": variance, "D": layers}) / gain, 1, 0.04)


def gains(inputs: int, outputs: int, variance: float) -> tuple[float, float]:
    """By what a random linear layer multiplies the mean square of a signal, and of a gradient on its way back."""
    draw = torch.Generator().manual_seed(1)
    weight = variance**0.5 * torch.randn(4000, outputs, inputs, generator=draw)
    signal, slope = torch.randn(4000, inputs, 1, generator=draw), torch.randn(4000, outputs, 1, generator=draw)
    return (weight @ signal).square().mean().item(), (weight.mT @ slope).square().mean().item()


def xavier(latex: str) -> None:
    """Forward and backward gain average to 1, as nearly as both can be kept at once."""
    for inputs, outputs in ((30, 30), (20, 50), (40, 10)):
        near(sum(gains(inputs, outputs, value(latex, {"n": inputs, "m": outputs}))) / 2, 1, 0.03)


def he(latex: str) -> None:
    """ReLU keeps the mean square of symmetric activations whose forward gain is 2."""
    draw = torch.Generator().manual_seed(2)
    kept = torch.randn(10**6, generator=draw).relu().square().mean().item()
    variance = value(latex, {"n": 40})
    assert variance > 0
    near(kept * gains(40, 30, variance)[0], 1, 0.03)


def printed() -> dict[str, float]:
    """The numbers of one epoch, as the solutions print them."""
    text = (folder(3) / "one_epoch_values.tex").read_text(encoding="utf-8")
    return {name: float(number) for name, number in re.findall(r"\\newcommand\\(\w+)\{(.*)\}", text)}


def stepped() -> tuple[dict[str, torch.Tensor], dict[str, torch.Tensor]]:
    """The graph before and after a step of torch.optim.SGD from the printed starting values."""
    shown = printed()
    row = tuple(shown[f"one{name}"] for name in ("W", "B", "X", "T", "Lambda"))
    before = graph(row)
    weights = [torch.nn.Parameter(before[name].detach().clone()) for name in "wb"]
    for weight, name in zip(weights, "wb", strict=True):
        weight.grad = before[name].grad.clone()
    torch.optim.SGD(weights, lr=RATE).step()
    return before, graph((*(weight.item() for weight in weights), *row[2:]))


def epoch_is_printed_right() -> None:
    """Every printed number of the epoch is what autograd and SGD give, to all its digits, and the loss is smaller."""
    shown, (before, after) = printed(), stepped()
    for time, nodes in (("one", before), ("next", after)):
        for name in ("w", "b", "z", "y", "L", "R"):
            near(shown[time + name.upper()], nodes[name].item(), 6e-6)
        near(shown[f"{time}Lreg"], nodes["L_reg"].item(), 6e-6)
        near(shown[f"{time}Penalty"], nodes["L_reg"].item() - nodes["L"].item(), 6e-6)
    for name in ("w", "b", "x", "t", "lambda", "y", "z"):
        near(shown[f"oneD{name}"], before[name].grad.item(), 6e-6)
    near(shown["oneDwData"] + shown["oneDwPenalty"], before["w"].grad.item(), 2e-5)
    near(shown["nextChange"], after["L_reg"].item() - before["L_reg"].item(), 6e-6)
    near(shown["nextExpected"], -RATE * (before["w"].grad ** 2 + before["b"].grad ** 2).item(), 6e-6)
    assert shown["oneRate"] == RATE and after["L_reg"] < before["L_reg"]


def step(name: str):
    """A check that a formula is what SGD makes of this weight; with it, all printed numbers of the epoch."""

    def check(latex: str) -> None:
        epoch_is_printed_right()
        before, after = stepped()
        letters = {key: node.item() for key, node in before.items()} | {"s": before["y"].item(), "eta": RATE}
        near(value(latex, letters), after[name].item())

    return check


w_next, b_next = step("w"), step("b")
