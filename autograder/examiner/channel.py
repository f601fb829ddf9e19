"""The examiner's end of the calls into the student's process."""

import hashlib
import math
import secrets
import socket
from collections.abc import Callable
from typing import Any

from ..inside import frames, plain
from ..inside.agent import OUT_OF_TIME
from .findings import Offences
from .proxies import Proxy, make_proxy, number_of

_TICK = 1.0  # seconds after which a waiting examiner looks whether the other side lives


class StudentError(Exception):
    """An exception that the student's code raised; the type has the name of the student's."""


class Gone(BaseException):
    """A call that did not come back: the process ended, was ended, or used up its time.

    Not an Exception, so that no test takes it for an answer. path: what was called, such as `Linear.forward`.
    """

    def __init__(self, path: str, reason: str):
        super().__init__(reason)
        self.path, self.reason = path, reason


class Channel:
    """One request at a time; what comes back is believed in nothing but its form."""

    def __init__(self, sock: socket.socket, ended: Callable[[], str], offences: Offences) -> None:
        """ended() says why the process is no more, empty while it lives; what the guard finds goes to offences."""
        self._sock, self._ended, self._offences = sock, ended, offences
        sock.settimeout(_TICK)
        self.refused: dict[str, str] = {}  # path -> why it is not called any more
        self.watched = False  # whether calls are watched for autograd
        self.seconds = math.inf  # computing time that is left for calls
        self._random = (0, 0)
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
        found = self.ask("names", "get", {"names": names}, [])
        return found if type(found) is dict else {}

    def trace(self) -> list[tuple[str, str, int]]:
        """(file, qualified name, line) of each frame of the error that the last cell stopped with."""
        found = self.ask("names", "trace", {}, [])
        right = [step for step in found if type(step) is tuple and [type(part) for part in step] == [str, str, int]]
        return right[:50]

    def seed_cell(self, number: int) -> None:
        """Set the random state that the next cell begins with."""
        self.ask("random state", "random", {"seed": number}, [])

    def end(self) -> None:
        """Forget all handles."""
        self._methods.clear()
        self.ask("names", "end", {}, [])

    def call(self, path: str, number: int, args: Any, kwargs: Any, observe: bool = False) -> Any:
        """Call an object of the student's; raises StudentError or Gone."""
        if path in self.refused:
            raise error_of("Stopped", self.refused[path])
        if self.seconds <= 0:
            raise Gone(path, "it used up its computing time")
        buffers: list[frames.Buffer] = []
        body = {
            "target": ["handle", number],
            "args": plain.encode(tuple(args), buffers, handle_of, strides=True),
            "kwargs": plain.encode(dict(kwargs), buffers, handle_of, strides=True),
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
        ticket = secrets.token_hex(8)
        try:
            frames.send(self._sock, {"id": ticket, "op": op, **body}, buffers, self._look)
            reply, arrived = frames.receive(self._sock, self._look)
            if reply.get("id") != ticket:
                raise frames.BadFrame("an answer that nobody asked for")
            self._count(reply)
            if "error" in reply:
                raise self._error(path, reply["error"])
            return plain.decode(reply.get("ok"), arrived, lambda node: self._proxy(path, op, body, node))
        except (frames.Closed, OSError) as error:
            raise Gone(path, self._ended() or "it ended its own process") from error
        except frames.BadFrame as error:
            self._sock.close()  # there is no telling what would come next
            raise Gone(path, f"it answered in no form agreed upon ({error})") from error

    def _look(self) -> None:
        if self._ended():
            raise frames.Closed

    def _next_seed(self) -> int:
        number, count = self._random
        self._random = (number, count + 1)
        return int.from_bytes(hashlib.sha256(f"{number}/{count}".encode()).digest()[:4], "big")

    def _count(self, reply: dict[str, Any]) -> None:
        """Take the computing time off what is left, and note offences."""
        used = reply.get("cpu")
        if type(used) is float and used > 0:
            self.seconds -= used
        offences = reply.get("offences")
        for offence in offences if type(offences) is list else []:
            try:
                what, chain = offence
                self._offences[str(what), tuple((str(name), str(block)) for name, block in chain)] = None
            except (TypeError, ValueError):
                continue

    def _error(self, path: str, said: Any) -> BaseException:
        if type(said) is not list or len(said) != 2 or any(type(part) is not str for part in said):
            return frames.BadFrame("an error that is none")
        if said[0] == OUT_OF_TIME:
            return Gone(path, "it used up its computing time")
        return error_of(*said)

    def _proxy(self, path: str, op: str, body: dict[str, Any], node: list[Any]) -> Any:
        kind, number, type_name, name = node
        if kind != "handle" or type(number) is not int or type(type_name) is not str or type(name) is not str:
            raise frames.BadFrame("a handle is not in the form agreed upon")
        if op == "attribute":
            path = f"{path}.{body['name']}"
        elif op != "get":
            path = type_name
        else:
            path = name or type_name
        return make_proxy(self, number, path[:100], type_name[:60], name[:60])


def error_of(name: str, text: str) -> StudentError:
    """The student's exception, as a StudentError of that name; those that python itself asks for are these, too."""
    bases = {"AttributeError": (StudentError, AttributeError), "StopIteration": (StudentError, StopIteration)}
    kind: type[StudentError] = type(name[:60], bases.get(name, (StudentError,)), {})
    return kind(text)


def handle_of(value: Any) -> plain.Node:
    """The node of an object that lives in the student's process; nothing else of the examiner's crosses."""
    if not isinstance(value, Proxy):
        raise plain.NotPlain(f"a {type(value).__name__} cannot be handed to the student's code")
    return ["handle", number_of(value)]
