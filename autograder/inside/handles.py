"""Modules of ours in the student's process: parameters and plain attributes are here, what is done with them is not.

Before each call the examiner's object takes over what was changed here, and after it this one what was changed there.
"""

from collections.abc import Sequence
from typing import Any

import torch
from torch import nn

from . import plain
from .asking import Asker, asked

SIMPLE = (int, float, str, bool, type(None))
KEPT = "_kept"  # the attribute with the number of an object of ours, of which not all can cross


class Optimizer:
    """The optimizer of a module of ours: its settings can be read and changed, its steps are the module's affair."""

    def __init__(self, groups: list[dict[str, Any]]) -> None:
        self.param_groups = groups

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Nothing has gathered here."""


class Handle(nn.Module):
    """A torch module for whatever holds modules; its number is what the examiner knows it by."""

    def __init__(self, ask: Asker, name: str, args: Any, kwargs: Any) -> None:
        super().__init__()
        self._ask, self._name = ask, name
        self._versions: dict[str, int] = {}
        self._number, state = ask(name, (args, kwargs, None, None))
        self._take(state)

    def _take(self, state: dict[str, Any]) -> None:
        with torch.no_grad():
            for name, tensor in state["tensors"].items():
                known = dict(self.named_parameters()).get(name)
                if known is None:
                    owner = self._owner(name.split(".")[:-1])
                    owner.register_parameter(name.rpartition(".")[2], nn.Parameter(tensor.detach()))
                else:
                    known.copy_(tensor)
        self._versions = self._now()
        for name, value in state["plain"].items():
            setattr(self, name, value)
        for name, groups in state["optimizers"].items():
            if not hasattr(self, name):
                object.__setattr__(self, name, Optimizer(groups))

    def _owner(self, names: Sequence[str]) -> nn.Module:
        owner: nn.Module = self
        for name in names:
            if not hasattr(owner, name):
                owner.add_module(name, nn.Module())
            owner = getattr(owner, name)
        return owner

    def _now(self) -> dict[str, int]:
        return {name: tensor._version for name, tensor in self.named_parameters()}

    def _state(self) -> dict[str, Any]:
        """What the examiner does not know yet of the tensors, and all the rest, which is little."""
        now, tensors = self._now(), dict(self.named_parameters())
        mine = {name: value for name, value in vars(self).items() if not name.startswith("_") and name != "training"}
        return {
            "tensors": {} if now == self._versions else {name: tensor.detach() for name, tensor in tensors.items()},
            "plain": {name: value for name, value in mine.items() if type(value) in SIMPLE},
            "optimizers": {name: value.param_groups for name, value in mine.items() if isinstance(value, Optimizer)},
        }

    def _call(self, method: str, args: Any, kwargs: Any) -> Any:
        on = (self._number, self._state())
        if method == "forward":  # changes nothing, and may be part of a graph
            return asked(self._ask, f"{self._name}.{method}", args, kwargs, on, list(self.parameters()))
        result, state = self._ask(f"{self._name}.{method}", (args, kwargs, on, None))
        self._take(state)
        return result


def handle_class(ask: Asker, name: str, methods: Sequence[str]) -> type[Handle]:
    """The class of ours by that name: made, called and asked for like the student's."""

    def __init__(self: Handle, *args: Any, **kwargs: Any) -> None:
        Handle.__init__(self, ask, name, args, kwargs)

    def caller(method: str) -> Any:
        return lambda self, *args, **kwargs: self._call(method, args, kwargs)

    return type(name, (Handle,), {"__init__": __init__, **{method: caller(method) for method in methods}})


def plain_part(attributes: dict[str, Any]) -> dict[str, Any]:
    """Those attributes that can cross."""
    found = {}
    for name, value in attributes.items():
        try:
            plain.encode(value, [], _stays)
        except plain.NotPlain:
            continue
        found[name] = value
    return found


def _stays(value: Any) -> Any:
    raise plain.NotPlain
