"""What the honest agent answers to each request: one value of every kind that crosses."""

from collections.abc import Callable
from typing import Any

import torch

from autograder.inside import frames, plain

FUNCTION, OBJECT = ["handle", 1, "function", "f"], ["handle", 2, "Thing", ""]
NAMES = {"f": len, "thing": object(), "number": 4}
HONEST: dict[str, Callable[[dict[str, Any]], Any]] = {
    "get": lambda request: {name: NAMES.get(name, 0.5) for name in request["names"]},
    "trace": lambda request: [("/tmp/ipykernel_1/1.py", "<module>", 3), ("networks.py", "f", 12)],
    "random": lambda request: None,
    "stand_in": lambda request: None,
    "end": lambda request: None,
    "assign": lambda request: None,
    "attribute": lambda request: {"up": len, "n": 1}.get(request["name"], [1, 2.5, "text"]),
    "call": lambda request: (_returned(request), _arguments(request)) if request["observe"] else _returned(request),
}


def _returned(request: dict[str, Any]) -> Any:
    """A number, a tensor, or one value of every kind that crosses; which of them hangs on the random state."""
    values = [1, 0.5, True, None, "text", (2, [3]), torch.eye(2).double(), torch.ones(3) > 0, torch.arange(4).numpy()]
    others = [torch.Size([2]), torch.float32, torch.device("cpu"), b"bytes", len, object()]
    return (1, torch.zeros(2), {"w": [1, 2], 3: values, "others": others})[request["seed"] % 3]


def _arguments(request: dict[str, Any]) -> tuple[Any, ...]:
    return tuple([torch.ones(2)] * len(request["args"][1]))


def honest(request: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    """What the honest agent answers."""
    buffers: list[frames.Buffer] = []
    value = HONEST[request["op"]](request)
    node = plain.encode(value, buffers, lambda kept: list(FUNCTION if kept is len else OBJECT))
    offences = [["autograd", [["ReLU.backward", "relu_backward"]]]]
    return {"id": request["id"], "ok": node, "cpu": 0.001, "offences": offences}, [bytes(buffer) for buffer in buffers]
