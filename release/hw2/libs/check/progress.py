"""Where the check is: one line that is written over, or a line for each notebook where that is not to be had."""

import shutil
import sys
import time

_EVERY = 0.3  # seconds between two states of the line


class Progress:
    """Counts cells. totals: file -> how many cells it has."""

    def __init__(self, totals: dict[str, int]) -> None:
        self._totals, self._done = totals, dict.fromkeys(totals, 0)
        self._is_live = sys.stdout.isatty() or _in_notebook()
        self._width, self._shown = 0, 0.0

    def step(self, file: str, label: str) -> None:
        """A notebook has come to this cell."""
        self._done[file] += 1
        if self._is_live:
            if time.monotonic() - self._shown > _EVERY:
                self._shown = time.monotonic()
                self._write(f"{self._sum()}, now {file}, cell {label}")
        elif self._done[file] == 1:
            print(f"Running {file}, {self._totals[file]} cells of code ...", flush=True)

    def end(self) -> None:
        """All notebooks are through."""
        if self._is_live:
            self._write(f"{self._sum()} run")
            print(flush=True)

    def _sum(self) -> str:
        return f"{sum(self._done.values())} of {sum(self._totals.values())} cells"

    def _write(self, text: str) -> None:
        text = text[: max(shutil.get_terminal_size().columns - 1, 40)]
        print("\r" + text.ljust(self._width), end="", flush=True)
        self._width = len(text)


def _in_notebook() -> bool:
    return "IPython" in sys.modules and sys.modules["IPython"].get_ipython() is not None
