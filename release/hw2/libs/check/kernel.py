"""A fresh kernel of this very Python: it runs one cell after another, and says how each ended."""

import ast
import json
import queue
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

STARTING = 120.0  # seconds for a kernel's start
PATIENCE = 3.0  # times the computing time may a cell take by the clock, on a busy machine or asleep
_BREATH = 0.2  # seconds between two looks at whether the kernel lives
_INTERRUPT = 5.0  # seconds that a cell has to end after an interrupt
_FRAMES = "__import__('libs.check.trace', fromlist=['frames']).frames()"

Step = tuple[str, str, int]  # kind of file, definition, line


class Stopped(Exception):
    """The check was interrupted."""


@dataclass(frozen=True)
class Ended:
    """How a cell ended. name, text: of its error; slow: the seconds that were not enough; died: why its kernel did."""

    name: str = ""
    text: str = ""
    slow: float = 0.0
    died: str = ""
    frames: list[Step] = field(default_factory=list)

    @property
    def went_well(self) -> bool:
        """True when it ran to its end."""
        return not (self.name or self.slow or self.died)


class Kernel:
    """One kernel in a folder. stopped: asked again and again; when it is true, the cell is given up by Stopped.

    first: a folder that is looked for modules in before all others; empty for none.
    """

    def __init__(self, folder: Path, environment: dict[str, str], stopped: Callable[[], bool], first: str = "") -> None:
        self._folder, self._environment, self._stopped, self._first = folder, environment, stopped, first
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 (what the process has to say when it dies)
        self.start()

    def start(self) -> None:
        """Start the process; raises RuntimeError when it does not come up."""
        from jupyter_client.kernelspec import KernelSpecManager
        from jupyter_client.manager import KernelManager

        specs = KernelSpecManager(kernel_dirs=[], ensure_native_kernel=True)  # whatever is installed as "python3"
        self._manager: Any = KernelManager(kernel_name="python3", kernel_spec_manager=specs)
        self._manager.start_kernel(
            cwd=str(self._folder), env=self._environment, stdout=subprocess.DEVNULL, stderr=self._log
        )
        self._client = self._manager.client()
        self._client.start_channels()
        self._client.wait_for_ready(timeout=STARTING)
        if self._first:
            self.run(f"__import__('sys').path.insert(0, {self._first!r})", STARTING)

    def run(self, source: str, seconds: float) -> Ended:
        """Run a cell; it is interrupted after so many seconds of computing, of which a busy machine takes none."""
        message = self._client.execute(source, allow_stdin=False, stop_on_error=False)
        reply = self._reply(message, self._limit(seconds))
        if reply is None and self._manager.is_alive():
            return self._interrupted(message, seconds)
        if reply is None:
            return Ended(died=self._last_words())
        if any(part.get("source") == "ask_exit" for part in reply.get("payload") or []):
            return Ended(died="exit() was called")
        if reply.get("status") != "error":
            return Ended()
        return Ended(str(reply["ename"]), str(reply["evalue"]), frames=self._frames())

    def _limit(self, seconds: float) -> Callable[[], bool]:
        """Says whether a cell that starts now has used up its seconds: of computing, and more of the clock's."""
        start, spent = time.monotonic(), self._spent()

        def is_over() -> bool:
            waited = time.monotonic() - start
            return waited > seconds and (self._spent() - spent > seconds or waited > seconds * PATIENCE)

        return is_over

    def _spent(self) -> float:
        """The seconds of computing that the process has used; 0 where that is not to be had."""
        try:
            import psutil  # comes with ipykernel

            times = psutil.Process(self._manager.provisioner.pid).cpu_times()
            return float(times.user + times.system)
        except Exception:
            return 0.0

    def _reply(self, message: str, is_over: Callable[[], bool]) -> dict[str, Any] | None:
        """What the kernel answered; None when the time is up, or the process is no more."""
        while not is_over():
            if self._stopped():
                raise Stopped
            try:
                reply = self._client.get_shell_msg(timeout=_BREATH)
            except queue.Empty:
                if not self._manager.is_alive():
                    return None
                continue
            if reply["parent_header"].get("msg_id") == message:
                return dict(reply["content"])
        return None

    def _interrupted(self, message: str, seconds: float) -> Ended:
        with suppress(Exception):
            self._manager.interrupt_kernel()
        if self._reply(message, self._limit(_INTERRUPT / PATIENCE)) is None:
            return Ended(slow=seconds, died="it could not be interrupted")
        return Ended(slow=seconds)

    def _frames(self) -> list[Step]:
        wanted = {"frames": _FRAMES}
        message = self._client.execute("", silent=True, store_history=False, user_expressions=wanted, allow_stdin=False)
        reply = self._reply(message, self._limit(_INTERRUPT)) or {}
        try:
            found = reply["user_expressions"]["frames"]["data"]["text/plain"]
            return [tuple(step) for step in json.loads(ast.literal_eval(found))]
        except (KeyError, ValueError, SyntaxError, TypeError):
            return []

    def _last_words(self) -> str:
        """What the process said last."""
        self._log.seek(0)
        lines = [line.strip() for line in self._log.read()[-4000:].decode("utf-8", "replace").split("\n")]
        said = [line for line in lines if line and "IPKernelApp" not in line]
        return f"its process ended{f': {said[-1][:200]}' if said else ', perhaps for want of memory'}"

    def close(self) -> None:
        """End the process."""
        for close in (self._client.stop_channels, lambda: self._manager.shutdown_kernel(now=True)):
            with suppress(Exception):
                close()

    def again(self) -> None:
        """A new process in place of the old one."""
        self.close()
        self.start()
