"""Forks a kernel from the template into a sandbox that bubblewrap has laid out and a sleeping process holds open."""

import json
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

from .bubblewrap import LIMITS, USER
from .tree import tree

_PATIENCE = 60.0  # seconds; a template that is still loading takes a few
_MOMENT = 0.001
_LONGEST_REPLY = 2000


class NoFork(RuntimeError):
    """The template could not give us a kernel; a cold start can."""


def holder() -> list[str]:
    """What runs in the sandbox to hold it open."""
    return [shutil.which("sleep") or "sleep", "infinity"]


def fork_kernel(
    address: str, sandbox: "subprocess.Popen[bytes]", argv: list[str], folder: Path, environment: dict[str, str],
    program: int | None,
) -> int:  # fmt: skip
    """Put a kernel into the sandbox that runs `holder`; return its process number. Raises NoFork.

    program: a descriptor with the system call filter. The kernel has the cores of this process, not the template's.
    """
    request = {"argv": argv, "folder": str(folder), "environment": environment, "user": int(USER), "limits": LIMITS}
    request["cores"] = sorted(os.sched_getaffinity(0))
    try:
        inside = os.pidfd_open(_held_open(sandbox))
        try:
            return int(_asked(address, request, [inside, *([] if program is None else [program])]))
        finally:
            os.close(inside)
    except (OSError, ValueError) as error:
        raise NoFork(f"the template forked no kernel: {error}") from error


def _held_open(sandbox: "subprocess.Popen[bytes]") -> int:
    """The process that sleeps in the sandbox, once it does: then the sandbox is complete."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and sandbox.poll() is None:
        processes = tree(sandbox.pid)
        if processes and Path(f"/proc/{processes[-1].pid}/comm").read_text() == "sleep\n":
            return processes[-1].pid
        time.sleep(_MOMENT)
    raise NoFork("the sandbox did not come up")


def _asked(address: str, request: dict[str, Any], descriptors: list[int]) -> str:
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as connection:
        connection.settimeout(_PATIENCE)
        connection.connect(address)
        socket.send_fds(connection, [json.dumps(request).encode()], descriptors)
        return connection.recv(_LONGEST_REPLY).decode(errors="replace")
