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
from ..inside.randomness import set_random_state
from .bounds import bounded_memory
from .members import detached, members_of
from .ours import Ours, is_ours
from .values import Values

MOST_ASKS = 50_000  # of one attempt
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
        self._random_state = random_state
        self.stopped = stopped
        self.specs = [ours.spec(part) for part in parts]
        self._members: dict[str, Callable[..., Any]] = {}
        self._objects: list[Any] = []
        for spec in self.specs:
            self._members.update(members_of(ours[spec["name"]], spec, self._objects))
        self._count = 0

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
                node = plain.encode(detached(self._members[name](*called)), out, _stays)
                if sum(memoryview(buffer).nbytes for buffer in out) > MOST_BYTES:
                    raise MemoryError
                return {"ok": node}, out
        except TooMuch:
            raise
        except Exception as error:  # it was called with what it is not made for
            return {"error": type(error).__name__}, []


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
