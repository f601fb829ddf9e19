"""Stand-ins for the student's functions, classes and objects: they can be called and asked for attributes, no more.

A stand-in refuses to be compared, counted, iterated or taken for true, and says no shape of itself, so that no test can
pass by its grace alone.
"""

import functools
import re
from typing import TYPE_CHECKING, Any, NoReturn

from ..inside import plain

if TYPE_CHECKING:
    from .channel import Channel

_SPECIAL = ("__iter__", "__next__", "__len__", "__getitem__")  # may be called by these names
_OF_NUMBERS = frozenset(("shape", "dtype", "ndim", "numel", "item", "tolist", "numpy"))  # tensors say it themselves


class Proxy:
    """An object of the student's, spoken of by its number."""

    __slots__ = ("_hw2",)

    def __init__(self, channel: "Channel", number: int, path: str, name: str) -> None:
        object.__setattr__(self, "_hw2", (channel, number, path, name))

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        channel, number, path, _ = self._hw2
        return channel.call(path, number, args, kwargs)

    def __getattr__(self, name: str) -> Any:
        channel, number, path, own_name = self._hw2
        if name == "__name__" and own_name:
            return own_name
        if name.startswith("__") and name not in _SPECIAL:
            raise AttributeError(name)
        if name in _OF_NUMBERS:
            raise AttributeError(f"an object of type {type(self).__name__} is no tensor and has no {name}")
        return channel.attribute(path, number, name)

    def __setattr__(self, name: str, value: Any) -> None:
        channel, number, path, _ = self._hw2
        channel.assign(path, number, name, value)

    def _refuse(self, *_: Any) -> NoReturn:
        raise plain.NotPlain(f"an object of type {type(self).__name__}, where plain data were expected")

    # len(), iter(), float() and the like need no refusal: python has none for a class without these methods
    __bool__ = __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of the student's>"


class Named(tuple[Any, ...]):
    """A NamedTuple of the student's: a tuple here, itself again where it is handed back."""

    proxy: Proxy

    def __new__(cls, proxy: Proxy, values: tuple[Any, ...]) -> "Named":
        named = super().__new__(cls, values)
        named.proxy = proxy
        return named


def make_proxy(channel: "Channel", number: int, path: str, type_name: str, name: str) -> Proxy:
    """A stand-in whose type has the name of the object's type, for messages."""
    return _kind(re.sub(r"\W", "_", type_name) or "object")(channel, number, path, name)


@functools.lru_cache(maxsize=200)
def _kind(name: str) -> type[Proxy]:
    return type(name, (Proxy,), {"__slots__": ()})


def number_of(proxy: Proxy) -> int:
    """The number that the student's process knows the object by."""
    number: int = proxy._hw2[1]
    return number


def call_observed(function: Proxy, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, tuple[Any, ...]]:
    """The result of a call, and its arguments as the call left them."""
    channel, number, path, _ = function._hw2
    pair = channel.call(path, number, args, kwargs, observe=True)
    if type(pair) is not tuple or len(pair) != 2 or type(pair[1]) is not tuple or len(pair[1]) != len(args):
        raise plain.NotPlain("an answer without the arguments of the call")
    return pair[0], pair[1]
