"""What the student's process may answer, read by one strict reader: the other end is an adversary who knows this file.

Each request declares the shape of its answer in SHAPES. Whatever is not of that shape is a BadFrame, which ends the
session. Its values are read by values.py.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from ..inside.frames import BadFrame, Received
from ..inside.guard import MOST_FRAMES, MOST_OFFENCES
from ..visible import visible
from .values import Handle, Values, listed, name_of, refuse

MAY_RAISE = frozenset(("get", "call", "attribute", "assign", "run"))  # what can run code of the student's
LONGEST_ERROR = 2000  # characters
MOST_STEPS = 50  # of a traceback
_MOST_SECONDS = 1e6
_BLOCK = re.compile(r"\w{0,60}")
_ANSWER = {what: frozenset(("id", "cpu", "offences", what)) for what in ("ok", "error")}

Offence = tuple[str, tuple[tuple[str, str], ...]]


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
        refuse("an answer that nobody asked for")
    cpu = header["cpu"]
    if type(cpu) is not float or not 0 <= cpu < _MOST_SECONDS:  # nan is neither
        refuse("a time that is none")
    offences = [_offence(*_pair(found)) for found in listed(header["offences"], MOST_OFFENCES)]
    if raised:
        if op not in MAY_RAISE or buffers:
            refuse("an error where there can be none")
        return Reply(cpu, offences, _error(*_pair(header["error"])), None)
    values = Values(buffers, handle)
    value = SHAPES[op](values.of(header["ok"]), request)
    if not values.all_read():
        refuse("numbers that belong to nothing")
    return Reply(cpu, offences, None, value)


def _nothing(value: Any, request: dict[str, Any]) -> None:
    if value is not None:
        refuse("a value that nobody asked for")


def _named(value: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Values of names that were asked for, and of no others."""
    if type(value) is not dict or not value.keys() <= set(request["names"]):
        refuse("names that nobody asked for")
    return value


def _steps(value: Any, request: dict[str, Any]) -> list[tuple[str, str, int]]:
    """(file, qualified name, line) of each frame of a traceback."""
    for step in listed(value, MOST_STEPS):
        if type(step) is not tuple or [type(part) for part in step] != [str, str, int]:
            refuse("a traceback that is none")
    return value  # type: ignore[no-any-return]


def _result(value: Any, request: dict[str, Any]) -> Any:
    """What a call returned; where it was observed, (that, the arguments as the call left them)."""
    if request["observe"]:
        _, args = value if type(value) is tuple else ()
        if type(args) is not tuple or len(args) != len(request["args"][1]):
            refuse("an answer without the arguments of the call")
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
    "stand_in": _nothing,
    "run": _nothing,
    "end": _nothing,
}


def _offence(what: Any, chain: Any) -> Offence:
    """(what was used, (name, block) of the frames that led there)."""
    return name_of(what), tuple(
        (name_of(name), _block(block)) for name, block in map(_pair, listed(chain, MOST_FRAMES))
    )


def _block(name: Any) -> str:
    if not _BLOCK.fullmatch(name):
        refuse("a block that is none")
    return str(name)


def _error(name: Any, text: Any) -> tuple[str, str]:
    if type(text) is not str or len(text) > LONGEST_ERROR:
        refuse("an error that is none")
    return name_of(name), visible(text)


def _pair(value: Any) -> list[Any]:
    pair = listed(value, 2)
    return pair if len(pair) == 2 else refuse("a pair that is none")
