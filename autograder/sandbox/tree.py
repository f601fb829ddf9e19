"""The processes below one process, read from /proc."""

import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass

_TICK = 1 / os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_MOMENT = 0.25  # seconds


@dataclass(frozen=True)
class Process:
    """One process: computing time in seconds, its own and that of children it has waited for; memory in bytes."""

    pid: int
    started: int  # tells it from a later process of the same number
    own: float
    reaped: float
    memory: int
    gone: bool


def tree(root: int) -> list[Process]:
    """The process with all that descend from it, each before its children; empty when it is gone."""
    found: list[Process] = []
    waiting, seen = [root], {root}
    while waiting:
        process = look(waiting.pop())
        if process is not None:
            found.append(process)
            children = [child for child in _children(process.pid) if child not in seen]
            seen.update(children)
            waiting += children
    return found


def look(pid: int) -> Process | None:
    """What /proc says of a process; None when there is none."""
    fields = _stat(f"/proc/{pid}/stat")
    if not fields:
        return None
    own, reaped = (int(fields[11]) + int(fields[12])) * _TICK, (int(fields[13]) + int(fields[14])) * _TICK
    return Process(pid, int(fields[19]), own, reaped, int(fields[21]) * _PAGE, fields[0] in (b"Z", b"X"))


def lives(process: Process) -> bool:
    """Whether it still runs; a process that only waits for its parent to notice its end does not."""
    now = look(process.pid)
    return now is not None and now.started == process.started and not now.gone


def runnable(processes: list[Process]) -> bool:
    """Whether a thread of these computes, waits for a processor or waits for a disk."""
    for process in processes:
        folder = f"/proc/{process.pid}/task"
        if any(_stat(f"{folder}/{thread}/stat")[:1] in ([b"R"], [b"D"]) for thread in _listed(folder)):
            return True
    return False


def turns(pid: int, only: int | None = None) -> dict[int, tuple[float, float]]:
    """Thread -> seconds that it has had a processor, and has waited for one; empty where nobody counts."""
    found = {}
    for thread in _listed(f"/proc/{pid}/task") if only is None else [str(only)]:
        with suppress(OSError, ValueError), open(f"/proc/{pid}/task/{thread}/schedstat", "rb", buffering=0) as file:
            ran, waited, _ = map(int, file.read().split())
            found[int(thread)] = ran / 1e9, waited / 1e9
    return found


def written(process: Process) -> int:
    """Bytes that it and the children it has waited for gave to a disk; 0 where the kernel does not count them."""
    with suppress(OSError, IndexError, ValueError), open(f"/proc/{process.pid}/io", "rb", buffering=0) as file:
        return int(file.read().partition(b"\nwrite_bytes:")[2].split()[0])
    return 0


def end(root: Process, patience: float = 10.0) -> None:
    """Kill all that descends from the process, then the process, and wait until they are gone; patience in seconds.

    The process itself is given a moment to end by itself, so that it, and not this system's first process, takes note
    of the end of its children: in a container nobody else may.
    """
    start = time.monotonic()
    known: dict[tuple[int, int], Process] = {}
    while (waited := time.monotonic() - start) < patience and lives(root):
        known |= {(process.pid, process.started): process for process in tree(root.pid)}
        for process in known.values() if waited > _MOMENT else list(known.values())[1:]:
            _kill(process)
        time.sleep(0.005)
    while time.monotonic() - start < patience and sum(map(_kill, known.values())):
        time.sleep(0.005)


def _kill(process: Process) -> bool:
    """Kill it, unless it no longer lives; whether it did."""
    alive = lives(process)
    if alive:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(process.pid, signal.SIGKILL)
    return alive


def _stat(path: str) -> list[bytes]:
    """The fields after the name of a process; the first of them is its state."""
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read().rpartition(b")")[2].split()
    except OSError:
        return []


def _children(pid: int) -> list[int]:
    children: list[int] = []
    for thread in _listed(f"/proc/{pid}/task"):
        with suppress(OSError), open(f"/proc/{pid}/task/{thread}/children", "rb", buffering=0) as file:
            children += map(int, file.read().split())
    return children


def _listed(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []
