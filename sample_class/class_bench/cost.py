"""What commands cost: wall and CPU seconds, and the memory of all their processes together."""

import os
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from autograder.inside.enter import adopt_orphans

from ..course import ROOT
from ..machine import children_cpu

_BETWEEN = 1.0  # seconds from one look at the memory to the next, at least
_ENDING = 10.0  # seconds that what a command has left behind may take to end
_SHARE = 0.02  # of a core that looking may take: what is measured needs both


@dataclass
class Cost:
    """Wall and CPU seconds of everything, and the most memory at any moment, in MiB."""

    wall: float
    cpu: float
    memory: float = 0.0


def each(cost: dict[str, float], what: str = "wall") -> float:
    """Seconds a submission, of a recorded cost."""
    return cost[what] / cost["students"]


def cost_of(command: list[str], folder: Path = ROOT, environment: dict[str, str] | None = None) -> Cost:
    """Run the command with all its children. CPU is also what those have used that nobody below waited for."""
    adopt_orphans()
    others = _children()
    before, start, most, look = children_cpu(), time.monotonic(), 0.0, 0.0
    log = folder / "bench.log"
    with log.open("w") as said:
        process = subprocess.Popen(command, cwd=folder, env=environment or quiet(), stdout=said, stderr=said)
        while process.poll() is None:
            if (now := time.monotonic()) > look:
                most = max(most, _memory(process.pid))
                look = now + max(_BETWEEN, (time.monotonic() - now) / _SHARE)
            time.sleep(0.05)
    wall = time.monotonic() - start
    _bury(others)
    cost = Cost(wall, children_cpu() - before, most)
    if process.returncode not in (0, 1):  # 1: a submission could not be graded, which plain graders meet
        raise RuntimeError(f"{command} ended with {process.returncode}: see {log}")
    return cost


def _bury(others: set[int]) -> None:
    """Wait for the orphans that came to us, such as the first processes of sandboxes: then their time is counted.

    others: children of ours that have nothing to do with it, and may live on.
    """
    until = time.monotonic() + _ENDING
    while (orphans := _children() - others) and time.monotonic() < until:
        for pid in orphans:
            with suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
        time.sleep(0.01)


def _children() -> set[int]:
    return {process.pid for process in psutil.Process().children()}


def quiet() -> dict[str, str]:
    """An environment in which every process computes on one core, as in grading."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "HW2_DATA": str(ROOT / "data"), "OMP_NUM_THREADS": "1"}


def _memory(pid: int) -> float:
    """MiB of the process and all below it; what several share is counted once (proportional set size)."""
    with suppress(psutil.Error):
        top = psutil.Process(pid)
        return sum(_own(process) for process in (top, *top.children(recursive=True))) / 2**20
    return 0.0


def _own(process: psutil.Process) -> float:
    with suppress(psutil.Error, OSError):
        return float(process.memory_full_info().pss)
    return 0.0


def summed(costs: Iterable[Cost]) -> Cost:
    """One after another."""
    every = list(costs)
    return Cost(sum(c.wall for c in every), sum(c.cpu for c in every), max(c.memory for c in every))
