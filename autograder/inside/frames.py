"""Frames: a JSON header, then raw buffers, over a stream socket; limits hold whatever the other side sends."""

import json
import socket
import struct
from collections.abc import Callable
from typing import Any

import numpy as np

MOST_HEADER = 8 * 2**20  # bytes
MOST_BODY = 512 * 2**20
MOST_BUFFERS = 20_000
_HEAD = struct.Struct(">II")  # length of the header, number of buffers
_SIZE = struct.Struct(">Q")
_SMALL = 2**16  # up to here one copy is cheaper than one more system call

Buffer = bytes | bytearray | memoryview
Received = Any  # a bytearray or an array of bytes: both are written and read as buffers


class Closed(EOFError):
    """The other side is gone."""


class BadFrame(ValueError):
    """What came is no frame, or is over a limit."""


def send(sock: socket.socket, header: dict[str, Any], buffers: list[Buffer]) -> None:
    """Write one frame; raises BadFrame when it is over a limit, before anything has been sent."""
    text = json.dumps(header, separators=(",", ":")).encode()
    sizes = [memoryview(buffer).nbytes for buffer in buffers]
    if len(text) > MOST_HEADER or len(sizes) > MOST_BUFFERS or sum(sizes) > MOST_BODY:
        raise BadFrame(f"{len(text) + sum(sizes):,} bytes in {len(sizes):,} tensors are too much at once")
    head = _HEAD.pack(len(text), len(sizes)) + b"".join(map(_SIZE.pack, sizes)) + text
    if sum(sizes) <= _SMALL:
        sock.sendall(b"".join([head, *buffers]))
        return
    sock.sendall(head)
    for buffer in buffers:
        sock.sendall(buffer)


def receive(sock: socket.socket, waiting: Callable[[], None]) -> tuple[dict[str, Any], list[Received]]:
    """Read one frame; raises Closed or BadFrame. waiting() is called whenever the socket's time-out has passed."""
    length, count = _HEAD.unpack(_exactly(sock, _HEAD.size, waiting))
    if length > MOST_HEADER or count > MOST_BUFFERS:
        raise BadFrame("the header of a frame is over the limit")
    raw = _exactly(sock, count * _SIZE.size, waiting)
    sizes = [size for (size,) in _SIZE.iter_unpack(raw)]
    if sum(sizes) > MOST_BODY:
        raise BadFrame("the body of a frame is over the limit")
    header = _json(_exactly(sock, length, waiting))
    return header, [_exactly(sock, size, waiting, _room(size)) for size in sizes]


def _room(size: int) -> Received:
    """Memory for a buffer that comes; a large one is not zeroed first, which would take as long as filling it."""
    return bytearray(size) if size <= _SMALL else np.empty(size, dtype=np.uint8)


def _json(text: Received) -> dict[str, Any]:
    try:
        header = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadFrame("the header of a frame is not JSON") from error
    if type(header) is not dict:
        raise BadFrame("the header of a frame is not an object")
    return header


def _exactly(sock: socket.socket, size: int, waiting: Callable[[], None], data: Received | None = None) -> Received:
    """The next `size` bytes, in `data` where it is given."""
    data = bytearray(size) if data is None else data
    view, have = memoryview(data), 0
    while have < size:
        try:
            got = sock.recv_into(view[have:])
        except TimeoutError:
            waiting()
            continue
        except ConnectionError as error:
            raise Closed from error
        if not got:
            raise Closed
        have += got
    return data
