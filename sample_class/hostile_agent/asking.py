"""What an adversary asks of stand-ins in the middle of a call: honest asks, with one thing of each changed."""

import functools
import sys
from collections.abc import Callable
from typing import Any

import torch

from autograder import assignment
from autograder.examiner.asks import Asks
from autograder.examiner.ours import Ours, ours
from autograder.inside import frames, plain

from ..course import ROOT

PARTS = ("goodness", "ff_loss", "FFLayer")  # of the supervised notebook: two functions and a module
_X = torch.arange(6.0).reshape(2, 3)
_STATE: dict[str, Any] = {"tensors": {}, "plain": {"threshold": 2.0}, "optimizers": {"optimizer": [{"lr": 0.1}]}}

# name -> (arguments, named ones, what it is called on, the way back), as the honest side encodes them
HONEST: list[tuple[str, Callable[[], Any]]] = [
    ("goodness", lambda: ((_X,), {}, None, None)),
    ("goodness", lambda: ((_X.clone().requires_grad_(),), {}, None, (1, [torch.ones(2)]))),
    ("ff_loss", lambda: ((torch.ones(2), torch.zeros(2), 1.0), {}, None, None)),
    ("FFLayer", lambda: ((3, 4), {"threshold": None, "lr": 0.01}, None, None)),
    ("FFLayer.forward", lambda: ((_X,), {}, (1, _STATE), None)),
    ("FFLayer.train_batch", lambda: ((_X, _X * 2), {}, (1, _STATE), None)),
]


def honest_ask(request: dict[str, Any], which: int) -> tuple[dict[str, Any], list[bytes]]:
    """One ask as a stand-in of the honest agent sends it within this request."""
    name, called = HONEST[which % len(HONEST)]
    buffers: list[frames.Buffer] = []
    node = plain.encode(called(), buffers, _nothing)
    return {"id": request["id"], "ask": name, "value": node}, [bytes(buffer) for buffer in buffers]


def asks() -> Asks:
    """What answers in one attempt at a test."""
    return Asks(_solution(), PARTS, random_state=1)


def answers_as_ever() -> bool:
    """Whether our own parts still compute what they are made for."""
    goodness, layer = _solution()["goodness"], _solution()["FFLayer"](3, 4)
    return bool((goodness(_X) == (_X**2).sum(dim=1)).all()) and layer(_X).shape == (2, 4) and layer.threshold == 4


@functools.cache
def _solution() -> Ours:
    source = assignment.source_folder(ROOT)
    sys.path.insert(0, str(source))  # its cells import libs
    return ours(source, "forward_forward_supervised")


def _nothing(value: Any) -> Any:
    raise plain.NotPlain(f"a {type(value).__name__} stays here")
