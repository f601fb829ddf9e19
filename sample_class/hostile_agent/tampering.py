"""Frames with one thing of an honest answer changed, and an agent that sends them."""

import copy
import json
import random
import socket
import struct
import threading
from typing import Any

from autograder.inside import frames, plain

from .asking import honest_ask
from .honest import FUNCTION, HONEST, OBJECT, honest


def _deep(levels: int) -> Any:
    node: Any = 1
    for _ in range(levels):
        node = ["list", [node]]
    return node


NASTY: list[Any] = [
    None, True, False, 0, 1, 2, 5, -1, 2**31, 2**40, 2**63, -(2**63), 10**400, 0.0, -1.0, 1e300, float("nan"),
    float("inf"), "", "x", "require", "f", "OutOfTime", "error", "ok", "handle", "tensor", "StopIteration",
    "\x1b]52;c;aGk=\x07", "\u202etxet", "a\0b", "\ud800", "x" * (plain.LONGEST_TEXT + 1), [], [[]], {}, {"require": 1},
    {"a": {"b": []}}, FUNCTION, OBJECT, ["handle", -1, "f", "f"], ["handle", 1, 1, "f"], ["list", []], ["dict", []],
    _deep(20), _deep(40), _deep(300), ["list", [0] * (plain.MOST_NODES + 1)], ["tuple", [_deep(3)] * 5],
    ["dict", [["require", FUNCTION], ["expect", FUNCTION]]], ["dict", [[["tuple", [1, 2]], 1]]],
    ["dict", [["a", 1], ["a", 2]]], ["dict", [[n * (2**61 - 1), 0] for n in range(4)]],
    ["dict", [[n, 0] for n in range(plain.MOST_KEYS + 1)]], ["tensor", "float32", [2**28], [0], False, 0],
    ["tensor", "float32", [2], None, False, 0], ["tensor", "bool", [8], None, True, 0],
    ["tensor", "float32", [0, 2**40], None, False, 0], ["tensor", "uint8", [2] * 17, None, False, 0],
    ["array", "O", [1], 0], ["array", "d", [0], 0], ["array", "?", [16], 0], ["bytes", 0], ["bytes", 1],
    ["size", [2**40] * 16], ["size", [1] * 17], ["device", "cuda:9"], ["device", "meta"], ["dtype", "object"],
    [["autograd", [["f", "relu_backward"]]]] * 3, [["autograd", [["f", "x"]] * 13]], [["a", []]] * 101,
    ["ValueError", "no"],
]  # fmt: skip
ASK_WAYS = ("replace", "replace", "replace", "number", "delete", "twice", "swap", "buffers", "size", "honest", "frame")
WAYS = (
    *("replace", "replace", "replace", "number", "number", "delete", "twice", "swap"),
    *("buffers", "size", "error", "other", "frame"),
)


class Agent(threading.Thread):
    """Answers on its end of a socket: honestly, but for the replies that it is told to tamper with."""

    replies = 0  # that were tampered with

    def __init__(self, sock: socket.socket) -> None:
        super().__init__(daemon=True)
        self.sock, self.gone = sock, False
        self.plan: list[tuple[str, int, int]] = []  # of the replies to come: way, place, what
        self.asks: list[tuple[str, int, int]] = []  # of the next call, before its reply

    def run(self) -> None:
        """Until the other end hangs up, or it does so itself."""
        try:
            while True:
                request, _ = frames.receive(self.sock)
                while request["op"] == "call" and self.asks:
                    self._send(*honest_ask(request, self.asks[0][2]), self.asks.pop(0))
                    frames.receive(self.sock)
                self._send(*honest(request), self.plan.pop(0) if self.plan else ("honest", 0, 0))
        except (frames.Closed, OSError):
            pass
        finally:
            self.gone = True
            self.sock.close()

    def _send(self, header: dict[str, Any], buffers: list[bytes], plan: tuple[str, int, int]) -> None:
        """One frame. After one that may be too short it hangs up, as a watch makes it: else both sides would wait."""
        Agent.replies += plan[0] != "honest"
        try:
            data = tampered(copy.deepcopy(header), buffers, *plan)
        except (ValueError, RecursionError):  # something within itself, which JSON cannot say
            data = framed(header, buffers)
        self.sock.sendall(data)
        if plan[0] == "frame":
            raise frames.Closed


def framed(header: Any, buffers: list[bytes]) -> bytes:
    """The bytes of a frame."""
    text = json.dumps(header).encode()
    sizes = b"".join(struct.pack(">Q", len(buffer)) for buffer in buffers)
    return struct.pack(">II", len(text), len(buffers)) + sizes + text + b"".join(buffers)


def tampered(header: dict[str, Any], buffers: list[bytes], way: str, place: int, what: int) -> bytes:
    """A frame with one thing of an honest answer changed."""
    nasty, chance = NASTY[what % len(NASTY)], random.Random(place * 1000 + what)
    holder, key = chance.choice(places := _places(header))
    if way == "replace":
        holder[key] = nasty
    elif way == "number":
        holder, key = chance.choice([(at, k) for at, k in places if type(at[k]) in (int, float)])
        holder[key] = what % 7
    elif way == "delete":
        del holder[key]
    elif way == "twice" and isinstance(holder, list):
        holder[key:key] = [holder[key]] * chance.choice((1, 2, 1000))
    elif way == "swap":
        other, there = chance.choice(places)
        holder[key], other[there] = other[there], holder[key]
    elif way == "buffers":
        buffers = chance.choice(([], buffers[1:], buffers[::-1], [*buffers, b""], buffers * 2, [b"\2" * 8] * 3))
    elif way == "size":
        buffers = [
            chance.choice((b"", buffer[:-1], buffer * 2, bytes([what % 256]) * len(buffer))) for buffer in buffers
        ]
    elif way == "error":
        header = {name: header[name] for name in ("id", "cpu", "offences")}
        header["error"] = chance.choice((["ValueError", "no"], ["OutOfTime", ""], ["a\0\ud800", "\x1b[2J"], nasty))
    elif way == "other":
        other_op = chance.choice(list(HONEST))
        header["ok"], buffers = nasty if place % 2 else _other(other_op), []
    return _broken(header, buffers, chance) if way == "frame" else framed(header, buffers)


def _other(op: str) -> Any:
    request = {
        "op": op,
        "id": "",
        "names": ["f", "require"],
        "name": "up",
        "observe": True,
        "args": ["tuple", [1]],
        "seed": 2,
    }
    return honest(request)[0]["ok"]


def _broken(header: Any, buffers: list[bytes], chance: random.Random) -> bytes:
    """Bytes that are nearly a frame, or none."""
    whole = framed(header, buffers)
    at = chance.randrange(len(whole))
    flipped = whole[:at] + bytes([chance.randrange(256)]) + whole[at + 1 :]
    lies = [struct.pack(">II", 2**31, 0), struct.pack(">II", 2, 2**31), struct.pack(">IIQ", 2, 1, 2**50) + b"{}"]
    json_ = [b"[1]", b'{"id": NaN}', b'{"ok": ' + b"[" * 50_000, b'{"n": ' + b"9" * 5000 + b"}", b"\xff\xfe", b"null"]
    texts = [struct.pack(">II", len(text), 0) + text for text in json_]
    return chance.choice([flipped, flipped, whole + whole, whole + b"x", chance.randbytes(at), *lies, *texts])


def _places(node: Any) -> list[tuple[Any, Any]]:
    """(holder, key or index) of everything in a header."""
    keys: list[Any] = list(node) if isinstance(node, dict) else list(range(len(node))) if isinstance(node, list) else []
    found = [(node, key) for key in keys]
    return found + [place for key in keys for place in _places(node[key])]
