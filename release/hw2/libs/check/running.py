"""Runs the cells of one saved notebook as the grader lays them, and as it does: after an error the rest goes on."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from .cells import Matched
from .given import Entry
from .kernel import Ended, Kernel
from .saved import Cell

LIMITS = (60.0, 20.0, 5.0)  # seconds of computing for a cell that does not end: the first, the second, the others
MOST_SLOW = 8  # cells that do not end; then the rest of the notebook is left
MOST_SECONDS = 600.0  # for one notebook


@dataclass(frozen=True)
class Ran:
    """A code cell and how it ended, None where it was not run. entry: of the hand-out, None for an added cell."""

    cell: Cell
    entry: Entry | None
    ended: Ended | None


class Running:
    """One notebook. tell: called with each cell before it runs."""

    def __init__(self, matched: Matched, kernel: Kernel, tell: Callable[[Cell], None]) -> None:
        self._pairs = [pair for pair in matched.laid if pair[0].type == "code"]
        self._kernel, self._tell = kernel, tell
        self._slow = 0
        self._done: list[Cell] = []  # what made the names that are there, to be run again in a new kernel

    def all_cells(self) -> list[Ran]:
        """Run every code cell."""
        found, end = list[Ran](), time.monotonic() + MOST_SECONDS
        for cell, entry in self._pairs:
            self._tell(cell)
            ended = None
            if self._slow < MOST_SLOW and time.monotonic() < end:
                ended = self._kernel.run(cell.source, self.limit) if cell.source.strip() else Ended()
                self._note(cell, entry, ended)
            found.append(Ran(cell, entry, ended))
        return found

    @property
    def limit(self) -> float:
        """The seconds that the next cell has."""
        return LIMITS[min(self._slow, len(LIMITS) - 1)]

    def _note(self, cell: Cell, entry: Entry | None, ended: Ended) -> None:
        self._slow += ended.slow > 0
        if ended.died:
            self._revive()
        elif ended.went_well and not (entry and entry.role == "test"):
            self._done.append(cell)

    def _revive(self) -> None:
        """A new kernel with what went well before; where that does not come to its end now, as much as does."""
        self._kernel.again()
        for cell in self._done:
            if self._kernel.run(cell.source, self.limit).died:
                self._kernel.again()
                return
