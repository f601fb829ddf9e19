"""Answers what stand-ins ask, for one attempt at a test; who asks is an adversary, so all is read strictly and bounded.

An ask that no honest agent sends is a BadFrame, which ends the session; one that ours cannot be called with is an error
in the student's code.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any, NoReturn

import numpy as np
import torch

from ..inside import frames, plain
from ..inside.frames import BadFrame, Received
from ..inside.handles import SIMPLE
from ..inside.randomness import set_random_state
from .bounds import bounded_memory
from .ours import Ours, is_ours
from .values import Values

MOST_ASKS = 50_000  # of one attempt
MOST_OBJECTS = 100
MOST_BYTES = 128 * 2**20  # of numbers in one ask, or in its answer
MOST_NUMBER = 10**6  # of python's integers: a power of two large ones would take hours, in one line
ROOM = 2**30  # bytes that an answer may take
_KEYS = frozenset(("id", "ask", "value"))


class TooMuch(Exception):
    """The computing time or the number of asks is used up."""


class Asks:
    """Knows the parts that answer in this attempt, and the objects of ours that were made in it."""

    def __init__(self, ours: Ours, parts: Sequence[str], random_state: int, stopped: Sequence[str] = ()) -> None:
        """stopped: answer cells that raised, perhaps for want of these parts; they are run once more with them."""
        self._ours, self._random_state = ours, random_state
        self.stopped = stopped
        self.specs = [ours.spec(part) for part in parts]
        self._members: dict[str, Callable[..., Any]] = {}
        for spec in self.specs:
            self._members.update(self._of(spec))
        self._objects: list[Any] = []
        self._count = 0

    def _of(self, spec: dict[str, Any]) -> dict[str, Callable[..., Any]]:
        name, kind = spec["name"], spec["kind"]
        thing = self._ours[name]
        if kind == "function":
            return {name: _Function(thing)}
        members: dict[str, Callable[..., Any]] = {
            f"{name}.{member}": _Function(getattr(thing, member)) for member in spec["static"]
        }
        if kind == "module":
            members[name] = self._make(thing)
            return members | {f"{name}.{member}": self._module_method(thing, member) for member in spec["methods"]}
        return members | {f"{name}.{member}": _Method(thing, member) for member in spec["methods"]}

    def answer(
        self, header: dict[str, Any], buffers: list[Received], request: dict[str, Any], seconds: float
    ) -> tuple[dict[str, Any], list[frames.Buffer]]:
        """The frame that answers an ask within a request. Raises BadFrame, or TooMuch."""
        name, called = _read(header, buffers, request, self._members)
        self._count += 1
        if self._count > MOST_ASKS:
            raise TooMuch(f"it asked for more than {MOST_ASKS:,} results of ours")
        out: list[frames.Buffer] = []
        try:
            with _kept_random_state(), _until(seconds), bounded_memory(ROOM):
                number = called[3][0] if called[3] else self._count
                set_random_state((self._random_state + 1_000_003 * number) % 2**32)
                _modest(called)
                node = plain.encode(_detached(self._members[name](*called)), out, _stays)
                if sum(memoryview(buffer).nbytes for buffer in out) > MOST_BYTES:
                    raise MemoryError
                return {"ok": node}, out
        except TooMuch:
            raise
        except Exception as error:  # it was called with what it is not made for
            return {"error": type(error).__name__}, []

    def _make(self, kind: Any) -> Callable[..., Any]:
        def make(args: Any, kwargs: Any, on: Any, back: Any) -> Any:
            if len(self._objects) >= MOST_OBJECTS:
                raise RuntimeError
            self._objects.append(kind(*args, **kwargs))
            return len(self._objects), _state(self._objects[-1])

        return make

    def _module_method(self, kind: Any, member: str) -> Callable[..., Any]:
        def call(args: Any, kwargs: Any, on: Any, back: Any) -> Any:
            number, state = on
            thing = self._objects[number - 1]
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
    """A method of an ordinary object, whose attributes come along and go back."""

    def __init__(self, kind: Any, member: str) -> None:
        self._kind, self._member = kind, member

    def __call__(self, args: Any, kwargs: Any, on: Any, back: Any) -> Any:
        thing = self._kind.__new__(self._kind)
        vars(thing).update(on or {})
        return getattr(thing, self._member)(*args, **kwargs), vars(thing)


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
    return {key: _detached(value) for key, value in values.items()} if type(values) is dict else _detached(values)


def _detached(value: Any) -> Any:
    """The same without any graph; of lists, tuples and dicts too."""
    if isinstance(value, torch.Tensor):
        return value.detach()
    if type(value) in (list, tuple):
        return type(value)(map(_detached, value))
    return {key: _detached(each) for key, each in value.items()} if type(value) is dict else value


def _read(header: dict[str, Any], buffers: list[Received], request: dict[str, Any], names: Any) -> tuple[str, Any]:
    """(member, (arguments, named ones, what it is called on, (number, gradients) on the way back))."""
    try:
        if header.keys() != _KEYS or header["id"] != request["id"] or type(header["ask"]) is not str:
            raise BadFrame("an ask in no form agreed upon")
        if header["ask"] not in names:
            raise BadFrame("an ask for what does not stand in")
        if sum(map(len, buffers)) > MOST_BYTES:
            raise BadFrame("an ask that is too large")
        values = Values(buffers, _no_object)
        args, kwargs, on, back = called = values.of(header["value"])
        named = type(kwargs) is dict and all(type(key) is str for key in kwargs)
        if type(called) is not tuple or type(args) is not tuple or not named or not values.all_read():
            raise BadFrame("an ask without arguments")
        if on is not None and type(on) not in (tuple, dict):
            raise BadFrame("an ask on nothing")
        if back is not None and ([type(part) for part in back] != [int, list] or not 0 <= back[0] <= MOST_ASKS):
            raise BadFrame("a way back that is none")
        return header["ask"], called
    except (BadFrame, MemoryError):
        raise
    except Exception as error:
        raise BadFrame("an ask in no form agreed upon") from error


def _modest(value: Any) -> None:
    """Raises ValueError where an integer is too large to be computed with."""
    if type(value) is int and abs(value) > MOST_NUMBER:
        raise ValueError
    if type(value) in (list, tuple, dict):
        for each in value.values() if type(value) is dict else value:
            _modest(each)


def _no_object(number: int, type_name: str, name: str) -> NoReturn:
    raise BadFrame("an ask about an object of the student's")


def _stays(value: Any) -> NoReturn:
    raise plain.NotPlain(f"a {type(value).__name__} of ours stays here")


@contextmanager
def _kept_random_state() -> Iterator[None]:
    """What is drawn for an ask takes nothing from what the test draws."""
    states = random.getstate(), np.random.get_state(), torch.get_rng_state()
    try:
        yield
    finally:
        random.setstate(states[0])
        np.random.set_state(states[1])
        torch.set_rng_state(states[2])


@contextmanager
def _until(seconds: float) -> Iterator[None]:
    """Stop code of ours, line by line, when this much computing time has passed: its arguments are the adversary's."""
    end, before = time.thread_time() + seconds, sys.gettrace()

    def trace(frame: FrameType, event: str, arg: Any) -> Any:
        if not is_ours(frame.f_code.co_filename):
            return None
        if time.thread_time() > end:
            raise _Late
        return trace

    sys.settrace(trace)
    try:
        yield
    except _Late:
        raise TooMuch("it used up its computing time") from None
    finally:
        sys.settrace(before)


class _Late(BaseException):
    """The time of an ask is over."""
