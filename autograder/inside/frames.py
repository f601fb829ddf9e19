"""Frames: a JSON header, then raw buffers, over a stream socket; limits hold whatever the other side sends."""

import json
import socket
import struct
from collections.abc import Callable
from typing import Any

import numpy as np

MOST_HEADER = 4 * 2**20  # bytes
MOST_BODY = 512 * 2**20
MOST_BUFFERS = 20_000
_HEAD = struct.Struct(">II")  # length of the header, number of buffers
_SIZE = struct.Struct(">Q")
_SMALL = 2**16  # up to here one copy is cheaper than one more system call
_COMPACT = json.JSONEncoder(separators=(",", ":"))

Buffer = bytes | bytearray | memoryview
Received = Any  # a bytearray or an array of bytes: both are written and read as buffers
Waiting = Callable[[], None]


class Closed(EOFError):
    """The other side is gone."""


class BadFrame(ValueError):
    """What came is no frame, or is over a limit."""


def _patiently() -> None:
    """For a socket without a time-out."""


def send(sock: socket.socket, header: dict[str, Any], buffers: list[Buffer], waiting: Waiting = _patiently) -> None:
    """Write one frame; raises BadFrame when it is over a limit, before anything has been sent."""
    text = _COMPACT.encode(header).encode()
    sizes = [memoryview(buffer).nbytes for buffer in buffers]
    if len(text) > MOST_HEADER or len(sizes) > MOST_BUFFERS or sum(sizes) > MOST_BODY:
        raise BadFrame(f"{len(text) + sum(sizes):,} bytes in {len(sizes):,} tensors are too much at once")
    head = _HEAD.pack(len(text), len(sizes)) + b"".join(map(_SIZE.pack, sizes)) + text
    pieces = [b"".join([head, *buffers])] if sum(sizes) <= _SMALL else [head, *buffers]
    for piece in pieces:
        _write(sock, memoryview(piece), waiting)


def _write(sock: socket.socket, view: memoryview, waiting: Waiting) -> None:
    while view.nbytes:
        try:
            view = view[sock.send(view) :]
        except TimeoutError:
            waiting()


def receive(sock: socket.socket, waiting: Waiting = _patiently) -> tuple[dict[str, Any], list[Received]]:
    """Read one frame, after which nothing may come until it is answered; raises Closed or BadFrame.

    waiting() is called whenever the socket's time-out has passed, here as in `send`.
    """
    come = _Coming(sock, waiting)
    length, count = _HEAD.unpack(come.take(_HEAD.size))
    if length > MOST_HEADER or count > MOST_BUFFERS:
        raise BadFrame("the header of a frame is over the limit")
    sizes = [size for (size,) in _SIZE.iter_unpack(come.take(count * _SIZE.size))]
    if sum(sizes) > MOST_BODY:
        raise BadFrame("the body of a frame is over the limit")
    header = _json(come.take(length))
    buffers = [come.take(size) for size in sizes]
    if come.ahead:
        raise BadFrame("there is more after the end of a frame")
    return header, buffers


class _Coming:
    """What comes over a socket. It is read ahead, so that one system call brings a small frame whole."""

    def __init__(self, sock: socket.socket, waiting: Waiting) -> None:
        self._sock, self._waiting = sock, waiting
        self.ahead = memoryview(b"")

    def take(self, size: int) -> Received:
        """The next `size` bytes, in memory of their own."""
        data = _room(size)
        view, have = memoryview(data), 0
        while have < size:
            if not self.ahead and size - have > _SMALL:
                have += self._some(self._sock.recv_into, view[have:])
                continue
            self.ahead = self.ahead or memoryview(self._some(self._sock.recv, _SMALL))
            part, self.ahead = self.ahead[: size - have], self.ahead[size - have :]
            view[have : have + len(part)] = part
            have += len(part)
        return data

    def _some(self, read: Callable[[Any], Any], what: Any) -> Any:
        while True:
            try:
                got = read(what)
            except TimeoutError:
                self._waiting()
                continue
            except ConnectionError as error:
                raise Closed from error
            if not got:
                raise Closed
            return got


def _room(size: int) -> Received:
    """Memory for a buffer that comes; a large one is not zeroed first, which would take as long as filling it."""
    return bytearray(size) if size <= _SMALL else np.empty(size, dtype=np.uint8)


def _json(text: Received) -> dict[str, Any]:
    try:
        header = json.loads(str(text, "utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadFrame("the header of a frame is not JSON") from error
    if type(header) is not dict:
        raise BadFrame("the header of a frame is not an object")
    return header
