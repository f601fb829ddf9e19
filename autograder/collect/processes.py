"""Runs jobs on all cores in processes of their own: what kills one of them costs its own job only."""

import ctypes
import os
import resource
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

J = TypeVar("J")
R = TypeVar("R")

_MORE_MEMORY = 3 * 2**30  # than the process has when it starts
_MOST_SECONDS = 120  # of computing, for one job
_FEW = 6
_DIE_WITH_PARENT = 1


class Died(RuntimeError):
    """A job that could not be done; the message says how it ended."""


class _TooLong(BaseException):
    """A job has computed for too long; no Exception, for those are caught where a file may be wrong in any way."""


class Processes:
    """Processes that are started when the first job comes and serve until the end of the with statement."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Processes":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._close()

    def run(self, function: Callable[[J], R], jobs: Sequence[J]) -> list[R | Died]:
        """What the function returns for each job, or how the job ended."""
        done = self._round(function, jobs)
        # a process that dies takes the jobs down that wait beside it: each of them is tried once more by itself
        alone = [i for i, outcome in enumerate(done) if outcome is _ENDED]
        for i in alone:
            done[i] = self._round(function, [jobs[i]])[0]
        return done

    def _round(self, function: Callable[[J], R], jobs: Sequence[J]) -> list[R | Died]:
        if jobs and self._pool is None:
            cores = len(os.sched_getaffinity(0))
            workers = 1 if len(jobs) <= _FEW else cores
            # forked, which saves seconds of imports; no other thread of ours runs now
            self._pool = ProcessPoolExecutor(workers, get_context("fork"), _begin, (os.getpid(),))
        waiting = [self._submitted(function, job) for job in jobs]
        done: list[R | Died] = []
        for future in waiting:
            outcome = _result(future)
            done.append(outcome)
        if any(outcome is _ENDED for outcome in done):
            self._close()
        return done

    def _submitted(self, function: Callable[[J], R], job: J) -> "Future[R] | None":
        assert self._pool is not None
        try:
            return self._pool.submit(_limited, function, job)
        except BrokenProcessPool:
            return None

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


_ENDED = Died("its process ended")


def _result(future: "Future[R] | None") -> R | Died:
    if future is None:
        return _ENDED
    try:
        return future.result()
    except BrokenProcessPool:
        return _ENDED
    except (Exception, _TooLong) as error:  # whatever an upload brings about concerns this upload only
        return Died(f"{type(error).__name__.lstrip('_')}: {error}")


def _begin(parent: int) -> None:
    """In each process: limits, and an end together with the process that started it, even if that is killed."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + _MORE_MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    signal.signal(signal.SIGPROF, _too_long)


def _limited(function: Callable[[Any], R], job: Any) -> R:
    signal.setitimer(signal.ITIMER_PROF, _MOST_SECONDS)
    try:
        return function(job)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _too_long(number: int, frame: object) -> None:
    raise _TooLong(f"took more than {_MOST_SECONDS} s")
