"""A core of one's own: the grading process and the student's process take turns, thousands of times a submission.

From one core to another each turn wakes a core that sleeps and finds nothing in its caches. A machine that lets no
process choose its core is slower and grades the same.
"""

import os
import socket
from contextlib import suppress
from pathlib import Path

_MOST_WAITING = 0.5  # of the time that we have computed: whoever waits longer shares the core
_CLAIM = "\0hw2-core-"  # the beginning of an abstract socket's name
_CPUS = Path("/sys/devices/system/cpu")


class Core:
    """Keeps this process, and what it starts from here on, on a core that no other grading process has."""

    def __init__(self) -> None:
        """Takes none where all are taken, or where a process cannot choose."""
        self._all = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
        self._claim: socket.socket | None = None
        for core in sorted(self._all, key=lambda core: (_place(core), core)):
            self._claim = _claimed(core)
            if self._claim is not None:
                _stay_on({core})
                break
        self._before: tuple[int, int] | None = None

    def leave_if_shared(self) -> None:
        """Compute on any core again when others have made us wait for this one since the last time.

        The first time it only begins to count: while a run begins, all that loads wants a core.
        """
        waited, ran = now = _so_far()
        before, self._before = self._before, now
        if before is None or self._claim is None:
            return
        if waited - before[0] > _MOST_WAITING * (ran - before[1]):
            self._claim.close()
            self._claim = None
            _stay_on(self._all)


def _claimed(core: int) -> socket.socket | None:
    """A socket that stands for the core until its process ends, however it does; None when another has it."""
    claim = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    try:
        claim.bind(f"{_CLAIM}{core}")
    except OSError:
        claim.close()
        return None
    return claim


def _place(core: int) -> int:
    """Which of the threads of its core this one is: a whole core is better than half of one."""
    try:
        siblings = (_CPUS / f"cpu{core}" / "topology" / "thread_siblings_list").read_text()
        return core - int(siblings.replace("-", ",").split(",")[0])
    except (OSError, ValueError):
        return 0


def _stay_on(cores: set[int]) -> None:
    for thread in os.listdir("/proc/self/task"):
        with suppress(OSError):  # a thread that has just ended, or a machine that forbids it
            os.sched_setaffinity(int(thread), cores)


def _so_far() -> tuple[int, int]:
    """Nanoseconds that this thread has waited for a core, and that it has had one; none where nobody counts."""
    try:
        ran, waited, _ = Path("/proc/thread-self/schedstat").read_text().split()
    except (OSError, ValueError):
        return 0, 0
    return int(waited), int(ran)
