"""What trees of processes have used since they were first looked at; what ended processes used is not forgotten."""

import time

from .tree import Process, lives, look, runnable, tree, written

_WAITING_SHARE = 1 / 20  # of the time: what computes less than this is waiting
_LONGEST_STEP = 1.0  # seconds between two looks that count as waiting, however late the second one came


class Usage:
    """An account of computing time, memory, bytes written and time spent waiting, brought up to date by `update`.

    A child's time is counted while it runs. When it ends, its parent shows the same time again as that of a child it
    has waited for, at this look or at a later one; `_owed` is what is still to show up so, and is not counted twice.
    """

    def __init__(self, *roots: int) -> None:
        self.roots = [process for process in map(look, roots) if process is not None]
        self.seconds, self.memory, self.written, self.waited = 0.0, 0, 0, 0.0
        self._known: dict[tuple[int, int], Process] = {}
        self._on_disk: dict[tuple[int, int], int] = {}
        self._owed = 0.0
        self._looked = time.monotonic()
        self.update()

    def update(self) -> None:
        """Look at the processes now."""
        before, now = self.seconds, self._look()
        own = reaped = 0.0
        for key, process in now.items():
            last = self._known.get(key)
            own += process.own - (last.own if last else 0.0)
            reaped += process.reaped - (last.reaped if last else 0.0)
        self._owed += sum(last.own + last.reaped for key, last in self._known.items() if key not in now)
        settled = min(self._owed, reaped)
        self._owed -= settled
        self.seconds += own + reaped - settled
        self._known = now
        self.memory = sum(process.memory for process in now.values())
        self._count_written(now)
        self._count_waiting(self.seconds - before)

    @property
    def processes(self) -> list[Process]:
        """Those that there were at the last update."""
        return list(self._known.values())

    def forget_waiting(self) -> None:
        """Count the time spent waiting from now on."""
        self.waited = 0.0

    def _look(self) -> dict[tuple[int, int], Process]:
        """All processes of the trees, parents first; one that a look at the tree missed is looked at by itself."""
        processes = [process for root in self.roots if lives(root) for process in tree(root.pid)]
        found = {(process.pid, process.started): process for process in processes}
        for pid, started in self._known.keys() - found.keys():
            process = look(pid)
            if process is not None and process.started == started:
                found[pid, started] = process
        return found

    def _count_written(self, now: dict[tuple[int, int], Process]) -> None:
        """An ended child's bytes are in its parent's; so the sum does not fall but while that is being entered."""
        self._on_disk = {key: max(written(process), self._on_disk.get(key, 0)) for key, process in now.items()}
        self.written = max(self.written, sum(self._on_disk.values()))

    def _count_waiting(self, seconds: float) -> None:
        """Waiting adds up; computing, or being ready to, takes away twenty times as much."""
        looked = time.monotonic()
        step, self._looked = min(looked - self._looked, _LONGEST_STEP), looked
        if seconds < step * _WAITING_SHARE and runnable(list(self._known.values())):
            seconds = step
        self.waited = max(0.0, self.waited + step - seconds / _WAITING_SHARE)
