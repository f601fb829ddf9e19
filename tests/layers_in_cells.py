"""A small Forward-Forward notebook, its tests built upon one another; any part can be replaced by a wrong one."""

from pathlib import Path

from mini import answer, findings_of, given, graded, heading

from sample_class.course import ROOT
from sample_class.solved import Work

NAME = "forward_forward_supervised"
IMPORTS = """
from itertools import pairwise
import torch
import torch.nn.functional as F
from torch import nn
from libs import expect, require, reset_seed
from libs.progress import tqdm
from libs.weights import set_weights
said = {"call": "it", "because": "so it is"}
"""
GOODNESS = graded("goodness_value", "# a sum\nexpect(goodness(torch.ones(2, 3)), torch.tensor([3.0, 3.0]), **said)")
LOSS = graded(
    "ff_loss_value", "# log 2\nexpect(ff_loss(torch.tensor([2.0]), torch.tensor([2.0]), 2.0), 0.6931472, **said)"
)
LAYER = graded(
    "ff_layer_moves",
    """
    # it learns
    reset_seed(0)
    layer, x = FFLayer(4, 3, lr=0.1), torch.randn(6, 4)
    before = {name: w.clone() for name, w in layer.state_dict().items()}
    losses = [layer.train_batch(x, 1 - x)[2] for _ in range(30)]
    after = layer.state_dict()
    require(any(not torch.equal(before[k], after[k]) for k in before), got="w", expected="other w", **said)
    require(losses[-1] < 0.9 * losses[0], got=f"{losses}", expected="less", **said)
    """,
    built_upon=["goodness", "ff_loss"],
)
NET = graded(
    "ff_net_moves",
    """
    # both layers learn, from weights that are set from outside
    net, x, y = FFNet([12, 6, 3]), torch.rand(20, 12), torch.arange(20) % 10
    set_weights(net.layers[0], 0.5 * torch.eye(12)[:6])
    before = [[w.clone() for w in layer.state_dict().values()] for layer in net.layers]
    history = net.fit([(x, y)], 3)
    for old, layer in zip(before, net.layers, strict=True):
        new = list(layer.state_dict().values())
        require(any((a - b).abs().max() > 1e-4 for a, b in zip(old, new, strict=True)), got="w", expected="w", **said)
    require(len(history) == 3 and len(history[0]) == 2, got="h", expected="h", **said)
    require(net.predict(x).shape == (20,), got="p", expected="p", **said)
    """,
    built_upon=["embed_label", "wrong_labels", "goodness", "ff_loss", "FFLayer"],
)
PARTS = {"goodness": GOODNESS, "ff_loss": LOSS, "ff_layer": LAYER, "ff_net": NET}
FINE = dict.fromkeys(("goodness_value", "ff_loss_value", "ff_layer_moves", "ff_net_moves"), "passed")


def part(name: str) -> str:
    """The solution of a part."""
    return str(Work(ROOT).cell(NAME, name).source)


def found(scratch: Path, **sources: str):
    """What a run of this notebook finds, with these cells in the place of the solution's."""
    cells = [heading("made of"), given("imports", IMPORTS)]
    cells += [answer(name, part(name)) for name in ("embed_label", "wrong_labels")]
    for name, test in PARTS.items():
        cells += [
            *([heading("the net")] if name == "ff_net" else []),
            answer(name, sources.get(name, part(name))),
            test,
        ]
    return findings_of(ROOT, scratch, cells, name=NAME)


def states(findings) -> dict[str, str]:
    """Test -> passed, passed with ours, or failed."""
    return {
        result.id: result.message or "passed" if result.state == "passed" else "failed" for result in findings.results
    }
