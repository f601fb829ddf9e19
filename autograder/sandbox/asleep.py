"""How long a student's process has slept: what is left of the time when nobody computed or waited for a processor.

Not sleep: its own computing; waiting for a processor, as a thread does on a busy machine; and the time in which the
grader computes or waits for a processor itself, for then the process may be waiting for the grader. So on a machine of
any load the same code sleeps for the same time.
"""

import os
import threading
import time

from .tree import Process, runnable, turns

_CREDIT = 0.5  # seconds: what is seen late in one look is made up for in the next, and no more than that
_AT_ONCE = 2  # threads whose waiting counts: a process and what it has handed its work to take turns

_Turns = dict[int, tuple[float, float]]


class Asleep:
    """An account of sleep, brought up to date by `update`, from when it is begun."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._balance = 0.0
        self._grader = threading.get_native_id()
        self._looked = time.monotonic()
        self._turns: _Turns = {}
        self._own: _Turns = {}

    def begin(self, grader: int, processes: list[Process]) -> None:
        """Count from now on. grader: the thread that waits for the processes."""
        self._grader, self._looked, self.seconds, self._balance = grader, time.monotonic(), 0.0, 0.0
        self._own, self._turns = turns(os.getpid(), grader), _all(processes)

    def update(self, processes: list[Process]) -> None:
        """Look at the processes now; one that is waiting just now is looked at when it has had its turn."""
        looked = time.monotonic()
        own, now = turns(os.getpid(), self._grader), _all(processes)
        if not now or not own or runnable(processes):
            return
        step, self._looked = looked - self._looked, looked
        grading = sum(map(sum, _since(self._own, own).values()))
        awake = grading + _awake(_since(self._turns, now), step)
        self._own, self._turns = own, now
        self._balance = max(-_CREDIT, self._balance + step - awake)
        self.seconds = max(self.seconds, self._balance)


def _all(processes: list[Process]) -> _Turns:
    return {thread: times for process in processes for thread, times in turns(process.pid).items()}


def _since(before: _Turns, now: _Turns) -> _Turns:
    """What has come to each thread."""
    old = {thread: before.get(thread, (0.0, 0.0)) for thread in now}
    return {thread: (ran - old[thread][0], waited - old[thread][1]) for thread, (ran, waited) in now.items()}


def _awake(threads: _Turns, step: float) -> float:
    """Seconds of computing, and of waiting while none of the threads had a processor that another one waited for."""
    computed = sum(ran for ran, _ in threads.values())
    waited = sorted((waited - (computed - ran) for ran, waited in threads.values()), reverse=True)
    return computed + min(step, sum(max(0.0, each) for each in waited[:_AT_ONCE]))
