"""Answers the examiner's calls in the student's process: plain data go out, everything else stays here as a handle."""

import linecache
import signal
import socket
import sys
import time
import traceback
from contextlib import nullcontext
from io import TextIOBase
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager

from . import frames, plain
from .asking import Asker, OutOfTime
from .guard import Guard
from .randomness import set_random_state
from .stand_ins import StandIns

LONGEST = 1800  # characters of an error's text
LONGEST_LINE = 120  # of a line of code
LONGEST_NAME = 250  # of a type, a function, a file
OUT_OF_TIME = OutOfTime.__name__
CALLS = ("call", "attribute", "assign", "run")  # what runs the student's code, in which stand-ins may ask


class _Silence(TextIOBase):
    """Takes what is printed during a call; it cannot be closed."""

    encoding = "utf-8"

    def write(self, text: str) -> int:
        return len(text)

    def close(self) -> None:
        pass


class Agent:
    """Serves one examiner over one socket, one request after another, in the kernel's main thread."""

    def __init__(self, sock: socket.socket, names: dict[str, Any], module: str) -> None:
        self._sock = sock
        self._names = names
        self._module = module
        self._guard = Guard(module)
        self._objects: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}
        self._ask = Asker(sock)
        self._stand_ins = StandIns(self._ask, names, Path(module).stem)
        signal.signal(signal.SIGPROF, self._out_of_time)

    def serve(self) -> bool:
        """Answer requests until the examiner says `end`; False when it is gone."""
        silence = _Silence()
        out, err = sys.stdout, sys.stderr
        try:
            while True:
                sys.stdout = sys.stderr = silence
                request, buffers = frames.receive(self._sock)
                self._answer(request, buffers)
                if request["op"] == "end":
                    return True
        except frames.Closed:
            return False
        finally:
            sys.stdout, sys.stderr = out, err
            self._stand_ins.remove()
            self._objects.clear()
            self._numbers.clear()

    def _answer(self, request: dict[str, Any], buffers: list[frames.Received]) -> None:
        reply: dict[str, Any] = {"id": request["id"]}
        out: list[frames.Buffer] = []
        start = time.process_time()
        try:
            self._ask.begin(request["id"] if request["op"] in CALLS else "")
            try:
                value = getattr(self, f"_{request['op']}")(request, buffers)
            finally:
                self._ask.begin("")
            reply["ok"] = plain.encode(value, out, self._keep)
            frames.send(self._sock, {**reply, **self._account(start)}, out)
        except frames.Closed:
            raise
        except BaseException as error:
            reply.pop("ok", None)
            frames.send(self._sock, {**reply, "error": self._said(error), **self._account(start)}, [])

    def _account(self, start: float) -> dict[str, Any]:
        """Computing time of this request, and what the guard has found."""
        return {"cpu": time.process_time() - start, "offences": self._guard.taken()}

    def _random(self, request: dict[str, Any], buffers: list[frames.Received]) -> None:
        set_random_state(request["seed"])

    def _stand_in(self, request: dict[str, Any], buffers: list[frames.Received]) -> None:
        """Put names of ours in the place of the student's until the test cell is over."""
        self._stand_ins.put(request["parts"])

    def _end(self, request: dict[str, Any], buffers: list[frames.Received]) -> None:
        """The test cell is over: forget its handles."""

    def _get(self, request: dict[str, Any], buffers: list[frames.Received]) -> dict[str, Any]:
        """The values of those names that are defined."""
        return {name: self._names[name] for name in request["names"] if name in self._names}

    def _attribute(self, request: dict[str, Any], buffers: list[frames.Received]) -> Any:
        return getattr(self._find(request["target"]), request["name"])

    def _assign(self, request: dict[str, Any], buffers: list[frames.Received]) -> None:
        value = plain.decode(request["value"], buffers, self._find)
        setattr(self._find(request["target"]), request["name"], value)

    def _call(self, request: dict[str, Any], buffers: list[frames.Received]) -> Any:
        """The result; with `observe` also the arguments as the call left them."""
        target = self._find(request["target"])
        args = plain.decode(request["args"], buffers, self._find)
        kwargs = plain.decode(request["kwargs"], buffers, self._find)
        set_random_state(request["seed"])
        with self._guard.watching() if request["guard"] else nullcontext():
            signal.setitimer(signal.ITIMER_PROF, request["seconds"])
            try:
                result = target(*args, **kwargs)
                if request["sign"]:
                    self._guard.answer(request["sign"])
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
        return (result, args) if request["observe"] else result

    def _run(self, request: dict[str, Any], buffers: list[frames.Received]) -> None:
        """Run a cell that stopped before, now that what it lacked may be there."""
        source = TransformerManager().transform_cell(request["source"])  # type: ignore[no-untyped-call]
        set_random_state(request["seed"])
        signal.setitimer(signal.ITIMER_PROF, request["seconds"])
        try:
            exec(compile(source, "<cell>", "exec"), self._names)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    def _trace(self, request: dict[str, Any], buffers: list[frames.Received]) -> list[tuple[str, str, int]]:
        """(file, qualified name, line) of each frame of the error that the last cell stopped with."""
        last: TracebackType | None = getattr(sys, "last_traceback", None)
        steps = list(traceback.walk_tb(last))[-50:]
        codes = [(frame.f_code, line) for frame, line in steps]
        return [(code.co_filename[-LONGEST_NAME:], code.co_qualname[:LONGEST_NAME], line) for code, line in codes]

    def _keep(self, value: Any) -> plain.Node:
        """The handle of an object that stays here."""
        number = self._numbers.setdefault(id(value), len(self._objects) + 1)
        self._objects[number] = value
        name = getattr(value, "__name__", "")
        return ["handle", number, type(value).__name__[:LONGEST_NAME], name[:LONGEST_NAME] if type(name) is str else ""]

    def _find(self, node: list[Any]) -> Any:
        return self._objects[node[1]]

    def _out_of_time(self, number: int, frame: FrameType | None) -> None:
        self._ask.out_of_time()

    def _said(self, error: BaseException) -> list[str]:
        """Type and text of an error, and where it came from, in strings that are exactly strings."""
        try:
            text = str(error)[:LONGEST] + self._line_of(error)
        except BaseException:  # a text of the student's making
            text = ""
        return [type(error).__name__[:LONGEST_NAME], text.encode("utf-8", "replace").decode()]

    def _line_of(self, error: BaseException) -> str:
        """The last line of the student's own code on the way to an error, as in ", at `out = x @ w`"."""
        own, steps = "", traceback.walk_tb(error.__traceback__)
        for frame, number in steps:
            file = frame.f_code.co_filename
            if file == self._module or frame.f_globals is self._names:
                own = linecache.getline(file, number).strip() or own
        return f", at `{own[:LONGEST_LINE]}`" if own else ""
