"""The values of one answer, read while they are checked: fresh, of exactly plain types, no larger than what came.

Whatever is too deep, too long, too many or of no kind agreed upon is refused with BadFrame. There are no strides and no
layouts of the other side's here, and each buffer is used once and in order.
"""

import math
from collections.abc import Callable
from typing import Any, NoReturn

import numpy as np
import torch

from ..inside import plain
from ..inside.frames import BadFrame, Received
from ..visible import visible
from .proxies import Named

LONGEST_NAME = 300
_MOST_HANDLES = 2**31

Handle = Callable[[int, str, str], Any]  # (number, name of the type, own name) -> what stands for the object


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
        refuse("a value that is too deep, too long or of no kind agreed upon")

    def _items(self, nodes: Any, each: int = 1) -> list[Any]:
        self._nodes += each * len(listed(nodes, plain.MOST_NODES))
        if self._nodes > plain.MOST_NODES:
            refuse("too many values")
        return nodes  # type: ignore[no-any-return]

    def _list(self, depth: int, nodes: Any) -> list[Any]:
        return [self.of(node, depth) for node in self._items(nodes)]

    def _tuple(self, depth: int, nodes: Any) -> tuple[Any, ...]:
        return tuple([self.of(node, depth) for node in self._items(nodes)])

    def _dict(self, depth: int, pairs: Any) -> dict[Any, Any]:
        found = {}
        for key, node in self._items(listed(pairs, plain.MOST_KEYS), each=2):
            if type(key) is list:
                refuse("a key that is none")
            found[self.of(key)] = self.of(node, depth)
        if len(found) != len(pairs):
            refuse("a key that is there twice")
        return found

    def _data(self, index: Any, size: int) -> Received:
        """The next buffer, which has this many bytes."""
        if type(index) is not int or index != self._used:
            refuse("numbers out of their order")
        data = self._buffers[index]
        self._used += 1
        if len(data) != size:
            refuse("numbers that do not fill their shape")
        return data

    def _tensor(self, depth: int, name: str, shape: Any, strides: None, grad: bool, index: int) -> torch.Tensor:
        dtype, size = plain.DTYPES[name], math.prod(_shape(shape))
        if strides is not None or type(grad) is not bool:
            refuse("a tensor with a layout of its own")
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
        return bytes(data) if len(data) <= plain.LONGEST_TEXT else refuse("too many bytes")

    def _size(self, depth: int, shape: Any) -> torch.Size:
        return torch.Size(_shape(shape))

    def _dtype(self, depth: int, name: str) -> torch.dtype:
        return plain.DTYPES[name]

    def _device(self, depth: int, name: str) -> torch.device:
        return torch.device(name if name in plain.DEVICES else "")

    def _named(self, depth: int, number: int, nodes: Any) -> Named:
        return Named(self._object(depth, number, "tuple", ""), self._tuple(depth, nodes))

    def _object(self, depth: int, number: int, type_name: str, name: str) -> Any:
        if type(number) is not int or not 0 < number < _MOST_HANDLES:
            refuse("an object without a number")
        self._objects += 1
        if self._objects > plain.MOST_OBJECTS:
            refuse("too many objects")
        return self._handle(number, name_of(type_name), name_of(name))


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
    "named": Values._named,
}


def _shape(numbers: Any) -> list[int]:
    """A shape, which may be that of an empty tensor, but of none that is huge as soon as it is summed over."""
    for n in listed(numbers, plain.MOST_DIMENSIONS):
        if type(n) is not int or not 0 <= n <= 2**40:
            refuse("a shape that is none")
    if 0 in numbers and not plain.may_cross(numbers):
        refuse("an empty tensor that is too large")
    return numbers  # type: ignore[no-any-return]


def name_of(text: Any) -> str:
    """A name that is one, made printable."""
    if type(text) is not str or len(text) > LONGEST_NAME:
        refuse("a name that is none")
    return visible(text)


def listed(value: Any, most: int) -> list[Any]:
    """A list that is one, and no longer than this."""
    if type(value) is not list or len(value) > most:
        refuse("a list that is none, or too long")
    return value


def refuse(what: str) -> NoReturn:
    """End the session: the answer is not in the form agreed upon."""
    raise BadFrame(what)
