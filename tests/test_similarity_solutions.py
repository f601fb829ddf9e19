"""The independent solutions and their disguised copies, which the similarity bench stands on, are right solutions."""

import random
import types

import pytest
import torch

from autograder.similarity.plan import Plan, read_plan
from sample_class.disguise import DISGUISES, disguised
from sample_class.independent import NAMES, Solution, solution
from sample_class.solved import Work

SHAPES = [(5, 2, 3), (6, 4), (4,)]


@pytest.fixture(scope="module")
def plan(root) -> Plan:
    return read_plan(root)


def module_of(root, written: Solution | None) -> types.ModuleType:
    """The .py with the solution's blocks, run; of the reference when there is no solution."""
    work = Work(root)
    for edit in written.edits() if written else ():
        edit(work)
    module = types.ModuleType("student")
    exec(compile(work.module, "student.py", "exec"), module.__dict__)
    module.work = work
    return module


def drawn(*shape: int) -> torch.Tensor:
    return torch.randn(*shape, dtype=torch.float64)


def check_module(ours, theirs) -> None:
    """Every function of the .py gives what the reference gives, on random inputs."""
    torch.manual_seed(3)
    x, w, b, d = drawn(5, 2, 3), drawn(6, 4), drawn(4), drawn(5, 4)
    for layer in ("Linear", "Linear_ReLU"):
        (out, cache), (expected, given) = (getattr(m, layer).forward(x, w, b) for m in (theirs, ours))
        torch.testing.assert_close(out, expected)
        torch.testing.assert_close(getattr(theirs, layer).backward(d, cache), getattr(ours, layer).backward(d, given))
    relu = theirs.ReLU.forward(d)
    torch.testing.assert_close(relu[0], d.clamp(min=0))
    torch.testing.assert_close(theirs.ReLU.backward(x[:, 0, 0:1].expand(5, 4), d), x[:, 0, 0:1] * (d > 0))
    labels = torch.tensor([0, 3, 1, 2, 2])
    torch.testing.assert_close(theirs.softmax_loss(50 * d, labels), ours.softmax_loss(50 * d, labels))
    check_networks(ours, theirs, x, labels)
    for rule in ("sgd_momentum", "rmsprop", "adam"):
        check_rule(getattr(ours, rule), getattr(theirs, rule))
    check_dropout(theirs)


def check_networks(ours, theirs, x, labels) -> None:
    for reg in (0.0, 0.3):
        nets = [m.TwoLayerNet(6, 7, 4, 0.5, reg, torch.float64) for m in (ours, theirs)]
        assert {n: tuple(p.shape) for n, p in nets[1].params.items()} == {
            n: tuple(p.shape) for n, p in nets[0].params.items()
        }
        nets[1].params = {name: value.clone() for name, value in nets[0].params.items()}
        torch.testing.assert_close(nets[1].loss(x), nets[0].loss(x))
        torch.testing.assert_close(nets[1].loss(x, labels), nets[0].loss(x, labels))
        deep = [m.FullyConnectedNet([7, 5, 6], 6, 4, 0.0, reg, 0.5, None, torch.float64) for m in (ours, theirs)]
        assert set(deep[1].params) == set(deep[0].params)
        deep[0].params = {
            n: value + 0.1 * torch.randn_like(value) for n, value in deep[0].params.items()
        }  # no unit at 0
        deep[1].params = {name: value.clone() for name, value in deep[0].params.items()}
        torch.testing.assert_close(deep[1].loss(x, labels), deep[0].loss(x, labels))
    net = theirs.FullyConnectedNet([30], 6, 4, 0.4, 0.0, 0.5, 11, torch.float64)
    torch.testing.assert_close(net.loss(x, labels)[0], net.loss(x, labels)[0])
    data = {f"{a}_{b}": v for b in ("train", "val") for a, v in (("X", drawn(20, 6)), ("y", torch.arange(20) % 10))}
    assert theirs.create_solver_instance(data, torch.float64, "cpu").model.params["W1"].shape[0] == 6
    assert all(0 < value < 1 for value in theirs.get_three_layer_network_params())
    assert all(0 < value < 1 for value in theirs.get_five_layer_network_params())


def check_rule(ours, theirs) -> None:
    w, states = drawn(3, 4), [None, None]
    for _ in range(3):
        dw = drawn(3, 4)
        (expected, states[0]), (found, states[1]) = (
            ours(w.clone(), dw, states[0]),
            theirs(w.clone(), dw.clone(), states[1]),
        )
        torch.testing.assert_close(found, expected)
        w = expected


def check_dropout(theirs) -> None:
    x = 1 + torch.rand(200, 100)
    out, cache = theirs.Dropout.forward(x, {"mode": "train", "p": 0.25, "seed": 5})
    again, _ = theirs.Dropout.forward(x, {"mode": "train", "p": 0.25, "seed": 5})
    assert torch.equal(out, again) and abs((out == 0).float().mean() - 0.25) < 0.02
    torch.testing.assert_close(out[out != 0], (x / 0.75)[out != 0])
    torch.testing.assert_close(theirs.Dropout.backward(torch.ones_like(x), cache), out / x)
    assert torch.equal(theirs.Dropout.forward(x, {"mode": "test", "p": 0.25})[0], x)


def cells_of(root, written: Solution) -> dict[str, object]:
    """The names that the code cells of the two forward-forward notebooks define, supervised and unsupervised."""
    names: dict[str, object] = {}
    prelude = (
        "import torch\nimport torch.nn.functional as F\nfrom torch import nn\nfrom tqdm import tqdm\n"
        "from itertools import pairwise\nfrom torch.utils.data import DataLoader, TensorDataset\n"
    )
    exec(prelude + "\n\n".join(written.cells.values()), names)
    return names


def check_cells(names) -> None:
    """What the cells define does what the notebooks ask for."""
    torch.manual_seed(4)
    random.seed(4)
    y = torch.randint(10, (40,))
    x = 0.7 * (torch.rand(10, 784) > 0.8)[y] + 0.3 * torch.rand(40, 784)
    marked = names["embed_label"](x, y)
    assert torch.equal(marked[:, :10], torch.eye(10)[y]) and torch.equal(marked[:, 10:], x[:, 10:])
    wrong = torch.stack([names["wrong_labels"](y) for _ in range(60)])
    assert not (wrong == y).any() and wrong.min() == 0 and wrong.max() == 9
    g = torch.tensor([900.0, -3.0, 0.5]), torch.tensor([2.0, 700.0, 1.0])
    z = torch.cat([2 - g[0], g[1] - 2])
    torch.testing.assert_close(names["ff_loss"](*g, 2), torch.nn.functional.softplus(z).mean())
    torch.testing.assert_close(names["goodness"](x), (x * x).sum(1), rtol=1e-4, atol=1e-4)
    masks = names["make_mask"]((30, 28, 28))
    assert set(masks.unique().tolist()) == {0.0, 1.0} and 0.4 < masks.mean() < 0.6
    hybrid = names["make_hybrid"](x[:30], x[10:], masks.reshape(30, 784))
    torch.testing.assert_close(hybrid, torch.where(masks.reshape(30, 784) > 0, x[:30], x[10:]))
    assert names["make_negatives"](x).shape == x.shape
    h = names["FFLayer"](784, 20).forward(7 * x)
    torch.testing.assert_close(h, h.clamp(min=0))
    check_training(names, x, y)


def support(net, names, x, label: int) -> torch.Tensor:
    """The goodness of x with a label, summed over the layers."""
    with torch.no_grad():
        h, total = names["embed_label"](x, torch.full((len(x),), label)), 0
        for layer in net.layers:
            h = layer.forward(h)
            total = total + h.square().sum(1)
    return total


def check_training(names, x, y) -> None:
    net, batches = names["FFNet"]([784, 60, 50]), [(x[:20], y[:20]), (x[20:], y[20:])]
    history = net.fit(batches, 30)
    assert len(history) == 30 and len(history[0]) == 2 and history[-1][0] < history[0][0]
    assert torch.equal(net.predict(x), torch.stack([support(net, names, x, c) for c in range(10)], 1).argmax(1))
    blind = names["UnsupervisedFFNet"]([784, 50, 40])
    assert len(blind.fit(batches, 2)) == 2
    features = blind.features(x)
    assert features.shape == (40, 90)
    size = features[:, :50].square().mean(1)
    assert (((size - 1).abs() < 1e-3) | (size == 0)).all()  # a row of zeros stays one
    classifier = names["train_classifier"](blind, batches, 40)
    assert (classifier(features).argmax(1) == y).float().mean() > 0.3
    assert len(names["best_network_settings"]()) == 8


@pytest.mark.parametrize("name", NAMES)
def test_an_independent_solution_is_right(root, name):
    check_module(module_of(root, None), module_of(root, solution(name)))
    check_cells(cells_of(root, solution(name)))


@pytest.mark.parametrize("name, how", [(NAMES[i % len(NAMES)], how) for i, how in enumerate(DISGUISES * 2)])
def test_a_disguised_copy_still_computes_the_same(root, plan, name, how):
    copy = disguised(solution(name), how, 1, plan)
    check_module(module_of(root, None), module_of(root, copy))
    check_cells(cells_of(root, copy))
