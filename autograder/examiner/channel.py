"""The examiner's end of the calls into the student's process."""

import functools
import hashlib
import math
import secrets
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from ..inside import frames, plain
from ..inside.agent import CALLS, OUT_OF_TIME
from .asks import Asks, TooMuch
from .findings import SILENT, Offences
from .proxies import Named, Proxy, make_proxy, number_of
from .replies import Offence, Reply, read_reply

MOST_BYTES = 2**30  # of numbers that the calls of one test cell bring
MOST_OFFENCES = 1000  # that are noted of one notebook
NAMES = "names"  # the path of what is asked between calls
_SIGNED_EACH = 16  # calls
_TICK = 1.0  # seconds after which a waiting examiner looks whether the other side lives


class StudentError(Exception):
    """An exception that the student's code raised; the type has the name of the student's."""


class Gone(BaseException):
    """A call that did not come back: the process ended, was ended, or used up its time.

    Not an Exception, so that no test takes it for an answer. path: what was called, such as `Linear.forward`.
    """

    def __init__(self, path: str, reason: str, malformed: bool = False):
        """malformed: it lives, and does not answer as it should, which it will not do the next time either."""
        super().__init__(reason)
        self.path, self.reason, self.malformed = path, reason, malformed


class Channel:
    """One request at a time; what comes back is read by replies.py, and believed in nothing but its form.

    A request ends with a value of the shape that it asks for, with StudentError, where the student's code can raise, or
    with Gone.
    """

    def __init__(self, sock: socket.socket, ended: Callable[[], str], offences: Offences) -> None:
        """ended() says why the process is no more, empty while it lives; what the guard finds goes to offences."""
        self._sock, self._ended, self._offences = sock, ended, offences
        sock.settimeout(_TICK)
        self.refused: dict[str, str] = {}  # path -> why it is not called any more
        self.watched = False  # whether calls are watched for autograd
        self.seconds = math.inf  # computing time that is left for calls
        self._random = (0, 0)
        self.brought = 0  # bytes of numbers in this test cell
        self._asks: Asks | None = None  # what stand-ins ask in this attempt at a test
        self._methods: dict[tuple[int, str], Proxy] = {}  # of objects and classes: asked for once a test cell

    def fileno(self) -> int:
        """The descriptor, which becomes readable when the process is gone."""
        return self._sock.fileno()

    def close(self) -> None:
        """Hang up."""
        self._sock.close()

    def set_random_state(self, number: int) -> None:
        """From here on calls draw the numbers that belong to `number`."""
        self._random = (number, 0)

    def get(self, names: list[str]) -> dict[str, Any]:
        """The values of those names that the student's process knows."""
        self._try(NAMES)
        found: dict[str, Any] = self.ask(NAMES, "get", {"names": names}, [])
        return found

    def trace(self) -> list[tuple[str, str, int]]:
        """(file, qualified name, line) of each frame of the error that the last cell stopped with."""
        steps: list[tuple[str, str, int]] = self.ask(NAMES, "trace", {}, [])
        return steps

    def seed_cell(self, number: int) -> None:
        """Set the random state that the next cell begins with."""
        self.ask("random state", "random", {"seed": number}, [])

    def end(self) -> None:
        """Forget all handles: a test cell begins, or is over."""
        self._methods.clear()
        self.brought, self._asks = 0, None
        self.ask(NAMES, "end", {}, [])

    def stand_in(self, asks: Asks) -> None:
        """Put parts of ours in the place of the student's until the end of the test cell."""
        self.ask(NAMES, "stand_in", {"parts": asks.specs}, [])
        self._asks = asks
        for source in asks.stopped:
            with suppress(StudentError):
                self.ask(NAMES, "run", {"source": source, "seed": self._next_seed(), "seconds": self.seconds}, [])

    def call(self, path: str, number: int, args: Any, kwargs: Any, observe: bool = False) -> Any:
        """Call an object of the student's; raises StudentError or Gone."""
        self._try(path)
        if self.seconds <= 0:
            raise Gone(path, "it used up its computing time")
        buffers: list[frames.Buffer] = []
        body = {
            "target": ["handle", number],
            "args": plain.encode(tuple(args), buffers, handle_of, strides=True),
            "kwargs": plain.encode(dict(kwargs), buffers, handle_of, strides=True),
            "sign": self._sign(),
            "seed": self._next_seed(),
            "observe": observe,
            "guard": self.watched,
            "seconds": min(self.seconds, 10**6),
        }
        return self.ask(path, "call", body, buffers)

    def attribute(self, path: str, number: int, name: str) -> Any:
        """An attribute of an object of the student's."""
        if (number, name) in self._methods:
            return self._methods[number, name]
        value = self.ask(path, "attribute", {"target": ["handle", number], "name": name}, [])
        if isinstance(value, Proxy) and type(value).__name__ in ("method", "function"):
            self._methods[number, name] = value
        return value

    def assign(self, path: str, number: int, name: str, value: Any) -> None:
        """Set an attribute of an object of the student's."""
        self._methods.pop((number, name), None)
        buffers: list[frames.Buffer] = []
        node = plain.encode(value, buffers, handle_of, strides=True)
        self.ask(path, "assign", {"target": ["handle", number], "name": name, "value": node}, buffers)

    def ask(self, path: str, op: str, body: dict[str, Any], buffers: list[frames.Buffer]) -> Any:
        """Send one request and return the value of its reply."""
        request = {"id": secrets.token_hex(8), "op": op, **body}
        try:
            frames.send(self._sock, request, buffers, self._look)
            reply = self._reply(path, request)
        except (frames.Closed, OSError) as error:
            raise Gone(path, self._ended() or "it ended its own process") from error
        except frames.BadFrame as error:
            self._sock.close()  # there is no telling what would come next
            raise Gone(path, f"it answered in no form agreed upon ({error})", malformed=True) from error
        for offence in _of_the_guard(reply, path, request)[: MOST_OFFENCES - len(self._offences)]:
            self._offences[offence] = None
        if reply.error is None:
            return reply.value
        name, text = reply.error
        raise Gone(path, "it used up its computing time") if name == OUT_OF_TIME else error_of(name, text)

    def _reply(self, path: str, request: dict[str, Any]) -> Reply:
        """The reply; what reading it takes is computing time of the student's, as what making it took."""
        start = time.thread_time()
        header, arrived = frames.receive(self._sock, self._look)
        while "ask" in header:  # bounded one by one: nothing of an ask stays here
            self._answer(path, header, arrived, request, start)
            header, arrived = frames.receive(self._sock, self._look)
        self._count(arrived)
        place = functools.partial(self._proxy, path, request)
        reply = read_reply(header, arrived, request, place)
        self.seconds -= reply.cpu + time.thread_time() - start
        return reply

    def _count(self, buffers: list[Any]) -> None:
        self.brought += sum(map(len, buffers))
        if self.brought > MOST_BYTES:
            raise frames.BadFrame(f"more than {MOST_BYTES / 2**30:g} GiB of numbers in one test")

    def _answer(
        self, path: str, header: dict[str, Any], arrived: list[Any], request: dict[str, Any], start: float
    ) -> None:
        """Answer a stand-in, in the middle of a call and in its computing time, which began at `start`."""
        if self._asks is None or request["op"] not in CALLS:
            raise frames.BadFrame("it asked where there is nothing to ask")
        try:
            left = self.seconds - (time.thread_time() - start)
            answer, buffers = self._asks.answer(header, arrived, request, left)
        except TooMuch as error:
            self._sock.close()  # it waits for an answer, and gets none
            raise Gone(path, str(error)) from None
        frames.send(self._sock, answer, buffers, self._look)

    def _try(self, path: str) -> None:
        if path in self.refused:
            raise error_of("Stopped", self.refused[path])

    def _look(self) -> None:
        if self._ended():
            raise frames.Closed

    def _sign(self) -> str:
        """Now and then, and first of all, a name by which the guard shows that it is at work; empty for none."""
        return secrets.token_hex(4) if self.watched and self._random[1] % _SIGNED_EACH == 0 else ""

    def _next_seed(self) -> int:
        number, count = self._random
        self._random = (number, count + 1)
        return int.from_bytes(hashlib.sha256(f"{number}/{count}".encode()).digest()[:4], "big")

    def _proxy(self, path: str, request: dict[str, Any], number: int, type_name: str, name: str) -> Proxy:
        """The stand-in for an object of the student's, with its path in messages."""
        if request["op"] == "attribute":
            path = f"{path}.{request['name']}"
        else:
            path = (request["op"] == "get" and name) or type_name
        return make_proxy(self, number, path[:100], type_name[:60], name[:60])


def _of_the_guard(reply: Reply, path: str, request: dict[str, Any]) -> list[Offence]:
    """What the guard has found but for its sign; what lies in no block is laid to what was called."""
    sign = request.get("sign", "")
    found = [(what, (*frames, (path, ""))) for what, frames in reply.offences]
    others = [offence for offence in found if not sign or offence[1][0][0] != sign]
    silent = bool(sign) and reply.error is None and len(others) == len(found)
    return [*others, *([(SILENT, ((path, ""),))] if silent else [])]


def error_of(name: str, text: str) -> StudentError:
    """The student's exception, as a StudentError of that name; those that python itself asks for are these, too."""
    bases = {"AttributeError": (StudentError, AttributeError), "StopIteration": (StudentError, StopIteration)}
    kind: type[StudentError] = type(name[:60], bases.get(name, (StudentError,)), {})
    return kind(text)


def handle_of(value: Any) -> plain.Node:
    """The node of an object that lives in the student's process; nothing else of the examiner's crosses."""
    value = value.proxy if isinstance(value, Named) else value
    if not isinstance(value, Proxy):
        raise plain.NotPlain(f"a {type(value).__name__} cannot be handed to the student's code")
    return ["handle", number_of(value)]
