"""What the student's process may answer, read by one strict reader: the other end is an adversary who knows this file.

Each request declares the shape of its answer in SHAPES. Whatever is not of that shape is a BadFrame, which ends the
session; what comes out is fresh, of exactly plain types, and no larger than the bytes that came. Everything is checked
while it is read.
"""

import math
import re
from collections.abc import Callable
from typing import Any, NamedTuple, NoReturn

import numpy as np
import torch

from ..inside import plain
from ..inside.frames import BadFrame, Received
from ..inside.guard import MOST_FRAMES, MOST_OFFENCES
from ..visible import visible

MAY_RAISE = frozenset(("get", "call", "attribute", "assign"))  # what can run code of the student's
LONGEST_ERROR = 2000  # characters
LONGEST_NAME = 300
MOST_STEPS = 50  # of a traceback
_MOST_SECONDS = 1e6
_MOST_HANDLES = 2**31
_BLOCK = re.compile(r"\w{0,60}")
_ANSWER = {what: frozenset(("id", "cpu", "offences", what)) for what in ("ok", "error")}

Offence = tuple[str, tuple[tuple[str, str], ...]]
Handle = Callable[[int, str, str], Any]  # (number, name of the type, own name) -> what stands for the object


class Reply(NamedTuple):
    """An answer in the form agreed upon. error: (name, text) of what the student's code raised, where it did."""

    cpu: float
    offences: list[Offence]
    error: tuple[str, str] | None
    value: Any


def read_reply(header: dict[str, Any], buffers: list[Received], request: dict[str, Any], handle: Handle) -> Reply:
    """The answer to a request. Raises BadFrame for everything that the agent does not answer."""
    try:
        return _read(header, buffers, request, handle)
    except (BadFrame, MemoryError):
        raise
    except Exception as error:  # whatever is wrong with it, the end is the same
        raise BadFrame("an answer is not in the form agreed upon") from error


def _read(header: dict[str, Any], buffers: list[Received], request: dict[str, Any], handle: Handle) -> Reply:
    raised, op = "error" in header, request["op"]
    if header.keys() != _ANSWER["error" if raised else "ok"] or header["id"] != request["id"]:
        _refuse("an answer that nobody asked for")
    cpu = header["cpu"]
    if type(cpu) is not float or not 0 <= cpu < _MOST_SECONDS:  # nan is neither
        _refuse("a time that is none")
    offences = [_offence(*_pair(found)) for found in _listed(header["offences"], MOST_OFFENCES)]
    if raised:
        if op not in MAY_RAISE or buffers:
            _refuse("an error where there can be none")
        return Reply(cpu, offences, _error(*_pair(header["error"])), None)
    values = Values(buffers, handle)
    value = SHAPES[op](values.of(header["ok"]), request)
    if not values.all_read():
        _refuse("numbers that belong to nothing")
    return Reply(cpu, offences, None, value)


def _nothing(value: Any, request: dict[str, Any]) -> None:
    if value is not None:
        _refuse("a value that nobody asked for")


def _named(value: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Values of names that were asked for, and of no others."""
    if type(value) is not dict or not value.keys() <= set(request["names"]):
        _refuse("names that nobody asked for")
    return value


def _steps(value: Any, request: dict[str, Any]) -> list[tuple[str, str, int]]:
    """(file, qualified name, line) of each frame of a traceback."""
    for step in _listed(value, MOST_STEPS):
        if type(step) is not tuple or [type(part) for part in step] != [str, str, int]:
            _refuse("a traceback that is none")
    return value  # type: ignore[no-any-return]


def _result(value: Any, request: dict[str, Any]) -> Any:
    """What a call returned; where it was observed, (that, the arguments as the call left them)."""
    if request["observe"]:
        _, args = value if type(value) is tuple else ()
        if type(args) is not tuple or len(args) != len(request["args"][1]):
            _refuse("an answer without the arguments of the call")
    return value


def _anything(value: Any, request: dict[str, Any]) -> Any:
    return value


SHAPES: dict[str, Callable[[Any, dict[str, Any]], Any]] = {
    "get": _named,
    "trace": _steps,
    "call": _result,
    "attribute": _anything,
    "assign": _nothing,
    "random": _nothing,
    "end": _nothing,
}


class Values:
    """Reads the values of one answer; its buffers belong to them one by one, in their order."""

    def __init__(self, buffers: list[Received], handle: Handle) -> None:
        self._buffers, self._handle = buffers, handle
        self._nodes = self._objects = self._used = 0

    def all_read(self) -> bool:
        """Whether each buffer was used, which was once."""
        return self._used == len(self._buffers)

    def of(self, node: Any, depth: int = 0) -> Any:
        """The value of a node."""
        kind = type(node)
        if kind is list and depth <= plain.MOST_DEPTH:
            name, *parts = node
            return _READERS[name](self, depth + 1, *parts)
        if node is None or kind is float or kind is bool:
            return node
        if (kind is int and abs(node) < plain.LONGEST_INTEGER) or (kind is str and len(node) <= plain.LONGEST_TEXT):
            return node
        _refuse("a value that is too deep, too long or of no kind agreed upon")

    def _items(self, nodes: Any, each: int = 1) -> list[Any]:
        self._nodes += each * len(_listed(nodes, plain.MOST_NODES))
        if self._nodes > plain.MOST_NODES:
            _refuse("too many values")
        return nodes  # type: ignore[no-any-return]

    def _list(self, depth: int, nodes: Any) -> list[Any]:
        return [self.of(node, depth) for node in self._items(nodes)]

    def _tuple(self, depth: int, nodes: Any) -> tuple[Any, ...]:
        return tuple([self.of(node, depth) for node in self._items(nodes)])

    def _dict(self, depth: int, pairs: Any) -> dict[Any, Any]:
        found = {}
        for key, node in self._items(_listed(pairs, plain.MOST_KEYS), each=2):
            if type(key) is list:
                _refuse("a key that is none")
            found[self.of(key)] = self.of(node, depth)
        if len(found) != len(pairs):
            _refuse("a key that is there twice")
        return found

    def _data(self, index: Any, size: int) -> Received:
        """The next buffer, which has this many bytes."""
        if type(index) is not int or index != self._used:
            _refuse("numbers out of their order")
        data = self._buffers[index]
        self._used += 1
        if len(data) != size:
            _refuse("numbers that do not fill their shape")
        return data

    def _tensor(self, depth: int, name: str, shape: Any, strides: None, grad: bool, index: int) -> torch.Tensor:
        dtype, size = plain.DTYPES[name], math.prod(_shape(shape))
        if strides is not None or type(grad) is not bool:
            _refuse("a tensor with a layout of its own")
        data = self._data(index, size * dtype.itemsize)
        tensor = (torch.frombuffer(data, dtype=dtype) if size else torch.empty(0, dtype=dtype)).reshape(shape)
        if dtype is torch.bool:
            tensor = tensor.view(torch.uint8) != 0  # a byte of 2 is neither true nor false to torch
        return tensor.requires_grad_() if grad and dtype.is_floating_point else tensor

    def _array(self, depth: int, code: str, shape: Any, index: int) -> Any:
        dtype, size = np.dtype(code if code in plain.ARRAYS else ""), math.prod(_shape(shape))
        data = self._data(index, size * dtype.itemsize)
        array = (np.frombuffer(data, dtype=dtype) if size else np.empty(0, dtype=dtype)).reshape(shape)
        return array.view(np.uint8) != 0 if code == "?" else array

    def _bytes(self, depth: int, index: int) -> bytes:
        data = self._data(index, len(self._buffers[index]))
        return bytes(data) if len(data) <= plain.LONGEST_TEXT else _refuse("too many bytes")

    def _size(self, depth: int, shape: Any) -> torch.Size:
        return torch.Size(_shape(shape))

    def _dtype(self, depth: int, name: str) -> torch.dtype:
        return plain.DTYPES[name]

    def _device(self, depth: int, name: str) -> torch.device:
        return torch.device(name if name in plain.DEVICES else "")

    def _object(self, depth: int, number: int, type_name: str, name: str) -> Any:
        if type(number) is not int or not 0 < number < _MOST_HANDLES:
            _refuse("an object without a number")
        self._objects += 1
        if self._objects > plain.MOST_OBJECTS:
            _refuse("too many objects")
        return self._handle(number, _name(type_name), _name(name))


_READERS: dict[str, Callable[..., Any]] = {
    "list": Values._list,
    "tuple": Values._tuple,
    "dict": Values._dict,
    "tensor": Values._tensor,
    "array": Values._array,
    "bytes": Values._bytes,
    "size": Values._size,
    "dtype": Values._dtype,
    "device": Values._device,
    "handle": Values._object,
}


def _shape(numbers: Any) -> list[int]:
    """A shape, which may be that of an empty tensor, but of none that is huge as soon as it is summed over."""
    for n in _listed(numbers, plain.MOST_DIMENSIONS):
        if type(n) is not int or not 0 <= n <= 2**40:
            _refuse("a shape that is none")
    if 0 in numbers and not plain.may_cross(numbers):
        _refuse("an empty tensor that is too large")
    return numbers  # type: ignore[no-any-return]


def _offence(what: Any, chain: Any) -> Offence:
    """(what was used, (name, block) of the frames that led there)."""
    return _name(what), tuple((_name(name), _block(block)) for name, block in map(_pair, _listed(chain, MOST_FRAMES)))


def _block(name: Any) -> str:
    if not _BLOCK.fullmatch(name):
        _refuse("a block that is none")
    return str(name)


def _error(name: Any, text: Any) -> tuple[str, str]:
    if type(text) is not str or len(text) > LONGEST_ERROR:
        _refuse("an error that is none")
    return _name(name), visible(text)


def _name(text: Any) -> str:
    if type(text) is not str or len(text) > LONGEST_NAME:
        _refuse("a name that is none")
    return visible(text)


def _pair(value: Any) -> list[Any]:
    pair = _listed(value, 2)
    return pair if len(pair) == 2 else _refuse("a pair that is none")


def _listed(value: Any, most: int) -> list[Any]:
    if type(value) is not list or len(value) > most:
        _refuse("a list that is none, or too long")
    return value


def _refuse(what: str) -> NoReturn:
    raise BadFrame(what)
