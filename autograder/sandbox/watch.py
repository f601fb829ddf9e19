"""Ends a student's process that computes or sleeps too long, takes too much memory, or waits for nothing.

Time is computing time and sleep (`asleep.py`): on a busy machine a process ready to run is neither slower nor idle.
"""

import threading

from .asleep import Asleep
from .tree import end
from .usage import Usage

_GIB = 2**30
_PERIOD = 0.25  # seconds


class Watch:
    """Looks at processes and all below them until `close`. memory, disk: in bytes; idle: in seconds.

    reason: why it ended them, as a sentence about "it"; empty while it has not.
    """

    def __init__(self, *roots: int, memory: int = 6 * _GIB, idle: float = 60.0, disk: int = 4 * _GIB) -> None:
        self.reason = ""
        self._memory, self._idle, self._disk = memory, idle, disk
        self._usage = Usage(*roots)
        self._asleep = Asleep()
        self._grader = threading.get_native_id()
        self._allowed: float | None = None  # seconds
        self._until: float | None = None  # seconds of computing since the start; None until a look after arming
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self._thread.start()

    def arm(self, cpu_seconds: float) -> None:
        """Allow this much computing and as much sleep from the next look on: a look takes longer than most calls do."""
        with self._lock:
            self._grader = threading.get_native_id()
            self._allowed, self._until = cpu_seconds, None

    def disarm(self) -> None:
        """Let it compute and wait as it likes; memory and disk stay limited."""
        with self._lock:
            self._allowed = self._until = None

    def cpu(self) -> float:
        """Seconds of computing so far, by all processes that there are and were."""
        with self._lock:
            self._usage.update()
            return self._usage.seconds

    def close(self) -> None:
        """Stop looking."""
        self._closed.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._closed.wait(_PERIOD):
            with self._lock:
                self._usage.update()
                self._begin_or_go_on()
                self.reason = self._excess()
            if self.reason:
                for root in self._usage.roots:
                    end(root)
                return

    def _begin_or_go_on(self) -> None:
        """Count from here what has been allowed since the last look, or what has been used since."""
        if self._until is not None:
            self._asleep.update(self._usage.processes)
        elif self._allowed is not None:
            self._usage.forget_waiting()
            self._asleep.begin(self._grader, self._usage.processes)
            self._until = self._usage.seconds + self._allowed

    def _excess(self) -> str:
        """Which limit is passed, as a sentence; empty for none."""
        usage = self._usage
        if usage.memory > self._memory:
            return f"it used more than {self._memory / _GIB:g} GiB of memory"
        if usage.written > self._disk:
            return f"it wrote more than {self._disk / _GIB:g} GiB to disk"
        if self._until is None:
            return ""
        if usage.seconds > self._until:
            return f"it used more than {self._allowed:g} s of computing time"
        if self._allowed is not None and self._asleep.seconds > self._allowed:
            return f"it slept for more than {self._allowed:g} s"
        if usage.waited > self._idle:
            return f"it waited for something that never came ({self._idle:g} s without computing)"
        return ""
