"""The most that one reply can cost the examiner: seconds of computing, and memory at its peak."""

import os
import socket
import struct
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from autograder.examiner.channel import Channel, Gone
from autograder.inside import frames, plain

_MIB = 2**20
_HEADER = frames.MOST_HEADER - 4096  # bytes for the value in it


def _repeated(piece: str, most: int = _HEADER - 16) -> bytes:
    """As many pieces as that many bytes hold, as the value of a list."""
    return b'["list",[' + b",".join([piece.encode()] * (most // (len(piece) + 1))) + b"]]"


def _colliding() -> bytes:
    """Dicts of numbers that look in the same places of their table."""
    count = min(plain.MOST_NODES // (2 * plain.MOST_KEYS + 1), _HEADER // (24 * plain.MOST_KEYS))
    one = '["dict",[' + ",".join(f"[{n << 42},0]" for n in range(plain.MOST_KEYS)) + "]]"
    return b'["list",[' + b",".join([one.encode()] * count) + b"]]"


def _objects() -> bytes:
    nodes = ",".join(f'["handle",{n + 1},"Type{n}","name{n}"]' for n in range(plain.MOST_OBJECTS))
    return f'["list",[{nodes}]]'.encode()


def _tensors() -> bytes:
    nodes = ",".join(f'["tensor","uint8",[1],null,false,{n}]' for n in range(frames.MOST_BUFFERS))
    return f'["list",[{nodes}]]'.encode()


HEADERS: dict[str, Callable[[], bytes]] = {
    "empty lists": lambda: _repeated("[]"),
    "empty objects": lambda: _repeated("{}"),
    "objects": lambda: _repeated('{"a":1}'),
    "short numbers": lambda: _repeated("1e1"),
    "integers of 4,300 digits": lambda: _repeated("9" * 4300),
    "a number of 8,000,000 digits": lambda: b"1." + b"7" * 8_000_000,
    "brackets": lambda: b"[" * _HEADER,
    "one text": lambda: b'"' + b"x" * (_HEADER - 16) + b'"',
    "as many zeros as may come": lambda: _repeated("0", 2 * plain.MOST_NODES),
    "as many keys that collide": _colliding,
    "as many objects, of as many types": _objects,
    "as many tensors": _tensors,
    "512 MiB in one tensor": lambda: b'["tensor","uint8",[%d],null,false,0]' % frames.MOST_BODY,
    "512 MiB of truth": lambda: b'["tensor","bool",[%d],null,false,0]' % frames.MOST_BODY,
    "512 MiB that belong to nothing": lambda: b"1",
}


def table() -> Iterator[str]:
    """Lines of a table in Markdown: what came, how it ended, what it cost."""
    yield "| one reply | sent | ends as | computing | memory |\n|---|---|---|---|---|"
    yield from map(_row, HEADERS)


def _row(name: str) -> str:
    ours, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        ours.close()
        _answer(theirs, name)
        os._exit(0)
    theirs.close()
    channel = Channel(ours, lambda: "", {})
    Path("/proc/self/clear_refs").write_text("5")  # what was the peak is forgotten
    before, start = _peak(), time.thread_time()
    try:
        channel.call("f", 1, (), {})
        how = "a value"
    except Gone as gone:
        how = "Gone " + gone.reason.removeprefix("it answered in no form agreed upon ")
    seconds, more = time.thread_time() - start, _peak() - before
    channel.close()
    os.waitpid(child, 0)
    sent = len(HEADERS[name]()) + sum(_sizes(name))
    return f"| {name} | {sent / _MIB:.1f} MiB | {how} | {seconds:.2f} s | {more:.0f} MiB |"


def _sizes(name: str) -> list[int]:
    return [1] * frames.MOST_BUFFERS if name == "as many tensors" else [frames.MOST_BODY] * name.startswith("512")


def _answer(sock: socket.socket, name: str) -> None:
    sizes = _sizes(name)
    request, _ = frames.receive(sock)
    text = b'{"id":"%s","cpu":0.0,"offences":[],"ok":%s}' % (request["id"].encode(), HEADERS[name]())
    head = struct.pack(">II", len(text), len(sizes)) + b"".join(struct.pack(">Q", size) for size in sizes) + text
    block = b"\1" * min(_MIB, sum(sizes) or 1)
    try:
        sock.sendall(head)
        for _ in range(sum(sizes) // len(block)):
            sock.sendall(block)
    except OSError:  # it was hung up on
        return


def _peak() -> float:
    """The most MiB of memory that this process has had."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
