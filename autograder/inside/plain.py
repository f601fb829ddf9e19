"""Plain data as JSON nodes and buffers: what may cross between the student's process and the examiner.

Exactly None, bool, int, float, str, bytes, list, tuple, dict, torch.Tensor, numpy.ndarray, torch.Size, dtype and device
cross, and what `as_plain` counts as one of them; everything that comes out is fresh and of exactly these types. What is
of another type stays where it is and is spoken of by a number, its handle; a NamedTuple is a tuple that has one, too.
"""

import functools
import math
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch

from .frames import BadFrame, Buffer, Received

MOST_DEPTH = 32
MOST_DIMENSIONS = 16
MOST_NODES = 2**17  # values in one answer
MOST_OBJECTS = 10_000  # handles in one answer; the examiner makes a stand-in for each
MOST_KEYS = 1000  # of one dict: those of numbers can be chosen so that each collides with all before it
MOST_BLANK = 2**24  # product of an empty tensor's other dimensions, which a sum over it would fill
LONGEST_TEXT = 100_000  # characters, or bytes
LONGEST_INTEGER = 2**63
DTYPES = {
    str(dtype).removeprefix("torch."): dtype
    for dtype in (
        torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8,
        torch.uint8, torch.bool, torch.complex64, torch.complex128,
    )
}  # fmt: skip
NAMES = {dtype: name for name, dtype in DTYPES.items()}
DEVICES = frozenset(("cpu", "cuda", "meta", "mps", "xpu"))
ARRAYS = frozenset("?bBhHiIlLqQefdFD")  # numpy's codes of plain numbers

Node = Any
Keep = Callable[[Any], Node]
Find = Callable[[list[Any]], Any]


class NotPlain(TypeError):
    """The value cannot cross."""


def encode(value: Any, buffers: list[Buffer], keep: Keep, strides: bool = False) -> Node:
    """The node of a value; its numbers go to `buffers`, in order. keep(value) makes the node of what is not plain data.

    strides: a tensor's layout in memory crosses too.
    """
    return _Encoder(buffers, keep, strides).node(value, 0)


class _Encoder:
    """Makes the nodes of one value and of all in it."""

    def __init__(self, buffers: list[Buffer], keep: Keep, strides: bool) -> None:
        self._buffers, self._keep, self._strides = buffers, keep, strides
        self._nodes = self._objects = 0

    def node(self, value: Any, depth: int) -> Node:
        value = as_plain(value)
        kind = type(value)
        if kind in (list, tuple):
            items = self._counted(value, len(value), depth)
            return ["list" if kind is list else "tuple", [self.node(item, depth + 1) for item in items]]
        if _is_scalar(value, kind):
            return value
        if isinstance(value, tuple) and isinstance(kind.__dict__.get("_fields"), tuple):
            items = self._counted(tuple.__iter__(value), tuple.__len__(value), depth)
            return ["named", self._kept(value)[1], [self.node(item, depth + 1) for item in items]]
        if kind is dict and len(value) <= MOST_KEYS and all(_is_scalar(key, type(key)) for key in value):
            pairs = self._counted(value.items(), 2 * len(value), depth)
            return ["dict", [[key, self.node(item, depth + 1)] for key, item in pairs]]
        if isinstance(value, np.generic) and value.dtype.char in "?bBhHiIlLqQefd":
            return self.node(value.item(), depth)
        node = _numbers(value, self._buffers, self._strides)
        return self._kept(value) if node is None else node

    def _kept(self, value: Any) -> Node:
        self._objects += 1
        if self._objects > MOST_OBJECTS:
            raise NotPlain(f"more than {MOST_OBJECTS:,} objects in lists and dicts")
        return self._keep(value)

    def _counted(self, items: Any, count: int, depth: int) -> Any:
        self._nodes += count
        if depth > MOST_DEPTH:
            raise NotPlain("lists in lists, too many of them")
        if self._nodes > MOST_NODES:
            raise NotPlain(f"more than {MOST_NODES:,} values in lists and dicts")
        return items


def as_plain(value: Any) -> Any:
    """A value as what it counts as: a defaultdict is a dict, layers that torch holds are a list.

    Nothing of the student's runs: what a subclass makes of iterating is not asked.
    """
    kind = type(value)
    if kind in (list, tuple, dict):
        return value
    if kind in (OrderedDict, defaultdict):
        return dict(dict.items(value))
    if kind in (torch.nn.ModuleList, torch.nn.Sequential):
        return list(dict.values(vars(value)["_modules"]))
    return value


def _is_scalar(value: Any, kind: type) -> bool:
    """Whether a value is its own node, and may be the key of a dict."""
    if kind is int:
        return abs(value) < LONGEST_INTEGER  # type: ignore[no-any-return]
    return kind in (float, bool, type(None)) or (kind is str and len(value) <= LONGEST_TEXT)


def _numbers(value: Any, buffers: list[Buffer], strides: bool) -> Node:
    """The node of what holds numbers; None for anything else."""
    if isinstance(value, torch.Tensor):
        return _tensor(value, buffers, strides)
    if type(value) is np.ndarray and value.dtype.char in ARRAYS and value.dtype.isnative and may_cross(value.shape):
        return ["array", value.dtype.char, list(value.shape), _put(np.ascontiguousarray(value).reshape(-1), buffers)]
    if type(value) is torch.Size and len(value) <= MOST_DIMENSIONS:
        return ["size", list(value)]
    if type(value) is torch.dtype and value in NAMES:
        return ["dtype", NAMES[value]]
    if type(value) is torch.device and value.type in DEVICES:
        return ["device", value.type]
    is_bytes = type(value) is bytes and len(value) <= LONGEST_TEXT
    return ["bytes", _put(value, buffers)] if is_bytes else None


def _tensor(value: torch.Tensor, buffers: list[Buffer], strides: bool) -> Node:
    name = NAMES.get(value.dtype)
    if name is None or value.layout != torch.strided or value.is_meta or not may_cross(value.shape):
        return None
    raw, layout = _bytes_of(value, strides)
    return ["tensor", name, list(value.shape), layout, bool(value.requires_grad), _put(raw, buffers)]


def may_cross(shape: Sequence[int]) -> bool:
    """Whether an array of this shape may: not of too many dimensions, and not empty beside a huge one."""
    return len(shape) <= MOST_DIMENSIONS and (0 not in shape or math.prod(n or 1 for n in shape) <= MOST_BLANK)


def _bytes_of(value: torch.Tensor, strides: bool) -> tuple[Any, list[int] | None]:
    """A tensor's numbers as an array, and its strides if it is not contiguous and they are asked for."""
    altered = value.is_conj() or value.is_neg() or value.dtype == torch.bfloat16
    if type(value) is torch.Tensor and value.is_cpu and value.is_contiguous() and not altered:
        return value.detach().numpy(), None  # most are such, and each further operation costs microseconds
    tensor = value.detach().as_subclass(torch.Tensor).cpu().resolve_conj().resolve_neg()
    layout = None
    if strides and not tensor.is_contiguous():
        layout = list(tensor.stride())
        span = 1 + sum((n - 1) * step for n, step in zip(tensor.shape, layout, strict=True))
        tensor = tensor.as_strided((span,), (1,), tensor.storage_offset())
    return tensor.contiguous().reshape(-1).view(torch.uint8).numpy(), layout


def _put(value: Any, buffers: list[Buffer]) -> int:
    view = memoryview(value)
    buffers.append(view.cast("B") if view.nbytes else b"")
    return len(buffers) - 1


def decode(node: Node, buffers: list[Received], find: Find, depth: int = 0) -> Any:
    """The value of a node; raises BadFrame for anything that encode does not make. find(node) resolves a handle."""
    if node is None or type(node) in (bool, int, float, str):
        return node
    if type(node) is not list or not node or depth > MOST_DEPTH:
        raise BadFrame("a value is not in the form agreed upon")
    inner = functools.partial(decode, buffers=buffers, find=find, depth=depth + 1)
    try:
        return _of_kind(node, buffers, find, inner)
    except BadFrame:
        raise
    except Exception as error:  # whatever is wrong with the node, the answer is the same
        raise BadFrame(f"a value of kind {str(node[0])[:20]!r} is not in the form agreed upon") from error


def _of_kind(node: list[Any], buffers: list[Received], find: Find, inner: Callable[[Node], Any]) -> Any:
    kind, *rest = node
    if kind == "list":
        return [inner(item) for item in rest[0]]
    if kind == "tuple":
        return tuple(inner(item) for item in rest[0])
    if kind == "dict":
        return {inner(key): inner(item) for key, item in rest[0]}
    if kind == "tensor":
        return _new_tensor(buffers, *rest)
    if kind == "array":
        code, shape, index = rest
        _plausible(shape)
        return np.frombuffer(buffers[index], dtype=np.dtype(code if code in ARRAYS else "")).reshape(shape)
    if kind == "size":
        return torch.Size(_plausible(rest[0]))
    if kind == "dtype":
        return DTYPES[rest[0]]
    if kind == "device":
        return torch.device(str(rest[0]))
    if kind == "bytes":
        return bytes(buffers[rest[0]])
    return find(node)


def _new_tensor(buffers: list[Received], name: str, shape: Any, layout: Any, grad: bool, index: int) -> torch.Tensor:
    dtype, data = DTYPES[name], buffers[index]
    wanted = _plausible(shape)
    steps = None if layout is None else _plausible(layout)
    span = math.prod(wanted) if steps is None else 1 + sum((n - 1) * s for n, s in zip(wanted, steps, strict=True))
    if len(data) != span * dtype.itemsize:
        raise BadFrame("a tensor does not have the size of its shape")
    tensor = torch.frombuffer(data, dtype=dtype) if len(data) else torch.empty(0, dtype=dtype)
    tensor = tensor.reshape(wanted) if steps is None else tensor.as_strided(wanted, steps)
    return tensor.requires_grad_() if grad is True and dtype.is_floating_point else tensor


def _plausible(numbers: Any) -> list[int]:
    """A shape: at most 16 integers from 0 to 2**40."""
    right = type(numbers) is list and len(numbers) <= MOST_DIMENSIONS
    if not right or any(type(n) is not int or not 0 <= n <= 2**40 for n in numbers):
        raise BadFrame("a shape is not in the form agreed upon")
    return list(numbers)
