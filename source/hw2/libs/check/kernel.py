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
    """How a cell ended. name, text: of its error; slow: after how many seconds it was stopped; died: why the kernel is
    no more."""

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
    """One kernel in a folder. stopped: asked again and again; when it is true, the cell is given up by Stopped."""

    def __init__(self, folder: Path, environment: dict[str, str], stopped: Callable[[], bool]) -> None:
        self._folder, self._environment, self._stopped = folder, environment, stopped
        self._threads = int(environment.get("OMP_NUM_THREADS", "1"))
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

    def run(self, source: str, seconds: float) -> Ended:
        """Run a cell; it is interrupted after so many seconds of computing, of which a busy machine takes none."""
        message = self._client.execute(source, allow_stdin=False, stop_on_error=False)
        start, spent = time.monotonic(), self._spent()
        error = self._error_or_end(
            message,
            lambda: self._spent() - spent > seconds * self._threads or time.monotonic() - start > seconds * PATIENCE,
        )
        if isinstance(error, Ended):
            return error
        if error is None:
            return self._interrupted(message, seconds)
        if any(part.get("source") == "ask_exit" for part in self._reply(message).get("payload") or []):
            return Ended(died="exit() was called")
        return Ended(*error, frames=self._frames() if error[0] else [])

    def _spent(self) -> float:
        """The seconds of computing that the process has used; by the clock where that is not to be had."""
        try:
            import psutil  # comes with ipykernel

            times = psutil.Process(self._manager.provisioner.pid).cpu_times()
            return float(times.user + times.system)
        except Exception:
            return time.monotonic()

    def _error_or_end(self, message: str, is_over: Callable[[], bool]) -> tuple[str, str] | Ended | None:
        """Name and text of the cell's error, both empty for none; None when the time is up."""
        found = "", ""
        while not is_over():
            if self._stopped():
                raise Stopped
            try:
                said = self._client.get_iopub_msg(timeout=_BREATH)
            except queue.Empty:
                if not self._manager.is_alive():
                    return Ended(died=self._last_words())
                continue
            if said["parent_header"].get("msg_id") != message:
                continue
            if said["msg_type"] == "error":
                found = str(said["content"]["ename"]), str(said["content"]["evalue"])
            elif said["msg_type"] == "status" and said["content"]["execution_state"] == "idle":
                return found
        return None

    def _interrupted(self, message: str, seconds: float) -> Ended:
        with suppress(Exception):
            self._manager.interrupt_kernel()
        with suppress(Stopped):
            end = time.monotonic() + _INTERRUPT
            if isinstance(self._error_or_end(message, lambda: time.monotonic() > end), tuple):
                self._reply(message)
                return Ended(slow=seconds)
        return Ended(slow=seconds, died="it could not be interrupted")

    def _reply(self, message: str) -> dict[str, Any]:
        """What the kernel answered to a message; {} when there is no answer."""
        with suppress(queue.Empty):
            while True:
                reply = self._client.get_shell_msg(timeout=10)
                if reply["parent_header"].get("msg_id") == message:
                    return dict(reply["content"])
        return {}

    def _frames(self) -> list[Step]:
        wanted = {"frames": _FRAMES}
        message = self._client.execute("", silent=True, store_history=False, user_expressions=wanted, allow_stdin=False)
        found = self._reply(message).get("user_expressions", {}).get("frames", {}).get("data", {}).get("text/plain")
        try:
            return [tuple(step) for step in json.loads(ast.literal_eval(found))]
        except (ValueError, SyntaxError, TypeError):
            return []

    def _last_words(self) -> str:
        """What the process said last."""
        self._log.seek(0)
        lines = self._log.read()[-4000:].decode("utf-8", "replace").split("\n")
        said = [
            line.strip() for line in lines if line.strip() and "| WARNING |" not in line and "IPKernelApp" not in line
        ]
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
