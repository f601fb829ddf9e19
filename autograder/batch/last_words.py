"""How a process ended: the signal or exit code, and the last line that it wrote itself."""

import os
import signal
import subprocess
from collections import deque
from threading import Thread

from ..visible import visible

_LONGEST = 300  # characters of a line that are kept
_WAIT = 5.0  # seconds for a process to be gone, and for its last line, once its channel has closed


class LastWords:
    """Passes on to our standard error what a process writes, and remembers the end of it."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        """process: started with its output in a pipe."""
        self._process, self._lines = process, deque[str](maxlen=1)
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def how_it_ended(self) -> str:
        """The end of a sentence about the process, such as `was ended by SIGABRT, after it said: ...`."""
        try:
            code = self._process.wait(_WAIT)
        except subprocess.TimeoutExpired:
            return "closed its channel and did not end"
        self._reader.join(_WAIT)  # whoever has inherited the pipe may keep it open
        return _by(code) + (f", after it said: {self._lines[-1]}" if self._lines else ", without a word")

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            text = visible(line.decode("utf-8", "replace"))
            os.write(2, text.encode())
            if text.strip():
                self._lines.append(text.strip()[:_LONGEST])


def _by(code: int) -> str:
    """What ended it."""
    if code >= 0:
        return f"ended with exit code {code}"
    name = next((found.name for found in signal.Signals if found == -code), f"signal {-code}")
    return f"was ended by {name}{' (as a system does that has no memory left)' if name == 'SIGKILL' else ''}"
