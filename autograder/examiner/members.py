"""What each part that stands in does when it is asked: functions, methods, and modules of ours that stay here."""

from collections.abc import Callable
from typing import Any

import torch

from ..inside.handles import KEPT, SIMPLE, plain_part

MOST_OBJECTS = 100  # of one attempt

Member = Callable[[Any, Any, Any, Any], Any]  # arguments, named ones, what it is called on, the way back


def members_of(thing: Any, spec: dict[str, Any], objects: list[Any]) -> dict[str, Member]:
    """The members of a part by the names that they are asked for by. objects: those of this attempt that stay here."""
    name, kind = spec["name"], spec["kind"]
    if kind == "function":
        return {name: _Function(thing)}
    found: dict[str, Member] = {f"{name}.{member}": _Function(getattr(thing, member)) for member in spec["static"]}
    if kind == "module":
        found[name] = _maker(thing, objects)
        return found | {f"{name}.{member}": _module_method(thing, member, objects) for member in spec["methods"]}
    return found | {f"{name}.{member}": _Method(thing, member, objects) for member in spec["methods"]}


def _maker(kind: Any, objects: list[Any]) -> Member:
    def make(args: Any, kwargs: Any, on: Any, back: Any) -> Any:
        number = _kept_by(objects, kind(*args, **kwargs))
        return number, _state(objects[-1])

    return make


def _module_method(kind: Any, member: str, objects: list[Any]) -> Member:
    def call(args: Any, kwargs: Any, on: Any, back: Any) -> Any:
        number, state = on
        thing = objects[number - 1]
        _take(thing, state)
        if back:
            return _backward(getattr(kind, member), (thing, *args), kwargs, back[1], thing.parameters())
        before = _versions(thing)
        result = getattr(kind, member)(thing, *_without_gradients(args), **_without_gradients(kwargs))
        return result, _state(thing, tensors=before != _versions(thing))

    return call


class _Function:
    """A function or a static method."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function

    def __call__(self, args: Any, kwargs: Any, on: Any, back: Any) -> Any:
        if back:
            return _backward(self._function, args, kwargs, back[1], ())
        return self._function(*_without_gradients(args), **_without_gradients(kwargs))


class _Method:
    """A method of an ordinary object. Its attributes come along and go back, but those that cannot cross stay here."""

    def __init__(self, kind: Any, member: str, objects: list[Any]) -> None:
        """objects: of this attempt, of which an attribute of the student's object says the number."""
        self._kind, self._member, self._objects = kind, member, objects

    def __call__(self, args: Any, kwargs: Any, on: Any, back: Any) -> Any:
        attributes = dict(on or {})
        number = attributes.pop(KEPT, None)
        thing = self._kind.__new__(self._kind) if number is None else self._kept(number)
        mine = plain_part(vars(thing)) if number else attributes
        vars(thing).update({name: value for name, value in attributes.items() if name in mine})
        result = getattr(thing, self._member)(*args, **kwargs)
        return result, self._crossing(thing, number)

    def _kept(self, number: Any) -> Any:
        if type(number) is not int or not 0 < number <= len(self._objects):
            raise ValueError
        thing = self._objects[number - 1]
        if type(thing) is not self._kind:
            raise ValueError
        return thing

    def _crossing(self, thing: Any, number: int | None) -> dict[str, Any]:
        crossing = plain_part(vars(thing))
        if number is None and len(crossing) < len(vars(thing)):
            number = _kept_by(self._objects, thing)
        return crossing if number is None else crossing | {KEPT: number}


def _kept_by(objects: list[Any], thing: Any) -> int:
    """The number by which an object of ours is known. Raises RuntimeError where there are too many."""
    if len(objects) >= MOST_OBJECTS:
        raise RuntimeError
    objects.append(thing)
    return len(objects)


def _backward(function: Any, args: Any, kwargs: Any, grads: Any, parameters: Any) -> list[torch.Tensor]:
    """The vector-Jacobian product for the arguments that need it, then for the parameters."""
    values = [*args, *kwargs.values(), *parameters]
    leaves = [value for value in values if isinstance(value, torch.Tensor) and value.requires_grad]
    result = function(*args, **kwargs)
    outs = [result] if isinstance(result, torch.Tensor) else list(result)
    pairs = [(out, grad) for out, grad in zip(outs, grads, strict=True) if grad is not None and out.requires_grad]
    if not pairs:
        return [torch.zeros_like(leaf) for leaf in leaves]
    found = torch.autograd.grad([out for out, _ in pairs], leaves, [grad for _, grad in pairs], allow_unused=True)
    return [torch.zeros_like(leaf) if grad is None else grad for leaf, grad in zip(leaves, found, strict=True)]


def _take(thing: Any, state: Any) -> None:
    """What the student's side has changed: tensors, plain attributes and settings of the optimizer that are there."""
    tensors = dict(thing.named_parameters())
    with torch.no_grad():
        for name, tensor in state["tensors"].items():
            tensors[name].copy_(tensor)
    for name, value in state["plain"].items():
        if name in vars(thing) and type(value) in SIMPLE:
            setattr(thing, name, value)
    for name, groups in state["optimizers"].items():
        optimizer = vars(thing)[name]
        for group, theirs in zip(optimizer.param_groups, groups, strict=True):
            group.update({key: value for key, value in theirs.items() if key in group and key != "params"})


def _state(thing: Any, tensors: bool = True) -> dict[str, Any]:
    plain_ones = {name: value for name, value in vars(thing).items() if not name.startswith("_")}
    return {
        "tensors": dict(thing.named_parameters()) if tensors else {},
        "plain": {name: value for name, value in plain_ones.items() if type(value) in SIMPLE and name != "training"},
        "optimizers": {
            name: [{key: each for key, each in group.items() if key != "params"} for group in value.param_groups]
            for name, value in plain_ones.items()
            if isinstance(value, torch.optim.Optimizer)
        },
    }


def _versions(thing: Any) -> list[int]:
    return [tensor._version for tensor in thing.parameters()]


def _without_gradients(values: Any) -> Any:
    return {key: detached(value) for key, value in values.items()} if type(values) is dict else detached(values)


def detached(value: Any) -> Any:
    """The same without any graph; of lists, tuples and dicts too."""
    if isinstance(value, torch.Tensor):
        return value.detach()
    if type(value) in (list, tuple):
        return type(value)(map(detached, value))
    return {key: detached(each) for key, each in value.items()} if type(value) is dict else value
