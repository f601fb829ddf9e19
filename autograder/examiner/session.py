"""The student's process for one notebook: a kernel in the sandbox, with its channel and its limits."""

import functools
import os
import select
import shutil
import socket
import struct
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

from .. import assignment
from ..result import RECORDS
from ..sandbox.fonts import VARIABLE as FONTS
from ..sandbox.fonts import lay_fonts
from ..sandbox.verify import unconfined
from ..sandbox.watch import Watch
from .channel import Channel, Gone
from .findings import Offences
from .kernel_io import Outcome, bounded_context, run_cell, wait_until_ready

KERNELS = Path(__file__).resolve().parent.parent / "sandbox" / "kernels"
MARGIN = 10.0  # seconds of computing time between the limit inside and the one from outside
_PREFIX = "hw2-grading-"  # of the folders, which are made where socket paths are short
_OWN_END = "it ended its own process"
_STARTING = 300.0  # seconds of computing time for a kernel's start


class CannotStart(RuntimeError):
    """The student's process could not be started: a fault of ours."""


class Session:
    """One student's process. folder: what it finds beside the notebook, copied anew at each start."""

    def __init__(self, folder: Path, environment: dict[str, str], kernel_name: str) -> None:
        self._folder, self._environment, self._kernel_name = folder, environment, kernel_name
        self._sandboxed = environment.get("HW2_UNSANDBOXED") != "1"
        self._place: Path | None = None
        self._sock: socket.socket | None = None
        self.offences: Offences = {}

    def start(self) -> None:
        """Start the process; raises CannotStart."""
        _sweep()
        self._place = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
        work, private = self._place / "work", self._place / "private"
        shutil.copytree(self._folder, work, ignore=_not_for_students)
        private.mkdir()
        lay_fonts(private / "matplotlib")
        try:
            with _listener(private / "calls") as listener:
                self._start_kernel(work, private)
                self._connect(listener)
        except Exception as error:
            self.close()
            raise CannotStart(f"the student's process could not be started: {error}") from error

    def _start_kernel(self, work: Path, private: Path) -> None:
        specs = KernelSpecManager(kernel_dirs=[str(KERNELS)], ensure_native_kernel=False)
        self._manager = KernelManager(
            kernel_name=self._kernel_name,
            kernel_spec_manager=specs,
            transport="ipc",
            ip=str(private / "k"),
            connection_file=str(private / "kernel.json"),
            cache_ports=False,
        )
        places = {"HW2_CHANNEL": str(private / "calls"), FONTS: str(private / "matplotlib")}
        environment = {**self._environment, **places}
        quiet = subprocess.DEVNULL
        self._manager.start_kernel(cwd=str(work), env=environment, stdout=quiet, stderr=quiet)
        provisioner: Any = self._manager.provisioner
        self._process = provisioner.process
        forked = getattr(provisioner, "forked", None)
        self._watch = Watch(self._process.pid, *([forked] if forked else []))
        self._watch.arm(_STARTING)
        self._context = bounded_context()
        self._client = self._manager.client(context=self._context)
        self._client.start_channels(stdin=False, hb=False, control=False)

    def _connect(self, listener: socket.socket) -> None:
        """Take the agent's connection, see that it comes out of a sandbox, and wait for the kernel."""
        while True:
            try:
                sock, _ = listener.accept()
                break
            except TimeoutError:
                if self.ended():
                    raise RuntimeError(self.ended()) from None
        problems = unconfined(_peer(sock)) if self._sandboxed else []
        if problems:
            raise RuntimeError("it is not confined: " + "; ".join(problems))
        self._sock = sock
        self.channel = Channel(sock, self.ended, self.offences)
        ended = wait_until_ready(self._client, self.ended)
        if ended:
            raise RuntimeError(ended)
        self._watch.disarm()

    def ended(self) -> str:
        """Why the process is no more; empty while it lives."""
        if self._watch.reason:
            return str(self._watch.reason)
        gone = self._sock_is_closed() or self._process.poll() is not None
        return _OWN_END if gone else ""

    def _sock_is_closed(self) -> bool:
        if self._sock is None:  # the agent has not come yet
            return False
        try:
            waiting = select.poll()
            waiting.register(self._sock.fileno(), select.POLLIN)
            return bool(waiting.poll(0)) and self._sock.recv(1, socket.MSG_PEEK) == b""
        except (OSError, ValueError):
            return True

    def run(self, source: str, seconds: float, random_state: int) -> Outcome:
        """Run a cell; seconds: of computing time, after which the process is ended."""
        self._watch.arm(seconds)
        try:
            self.channel.seed_cell(random_state)
            self.channel.end()
            outcome = run_cell(self._client, source, self.channel.fileno(), self.ended)
        except Gone as gone:
            return Outcome(ended=gone.reason)
        finally:
            self._watch.disarm()
        if outcome.exits and not outcome.ended:  # inside, manners.py keeps it alive until here
            self.close()
            outcome.ended = _OWN_END
        return outcome

    def allow(self, seconds: float) -> None:
        """Give the calls of one test cell this much computing time."""
        self.channel.seconds = seconds
        self._watch.arm(seconds + MARGIN)

    def settle(self) -> None:
        """The test cell is over."""
        self._watch.disarm()

    def close(self) -> None:
        """End the process with all that it has started, and remove its folder."""
        for close in (
            lambda: self._client.stop_channels(),
            lambda: self._context.destroy(linger=0),
            lambda: self._manager.shutdown_kernel(now=True),
            lambda: self.channel.close(),
            lambda: self._watch.close(),
        ):
            try:
                close()  # type: ignore[no-untyped-call]
            except Exception:  # whatever did not come up need not go down
                continue
        self._sock = None
        if self._place is not None:
            shutil.rmtree(self._place, ignore_errors=True)
            self._place = None


@functools.cache
def _sweep() -> None:
    """Remove the folders of graders that were killed."""
    for place in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        owner = place.name.removeprefix(_PREFIX).split("-")[0]
        if owner.isdigit() and not Path("/proc", owner).exists():
            shutil.rmtree(place, ignore_errors=True)


def _not_for_students(folder: str, names: list[str]) -> list[str]:
    """Notebooks hold the tests; records, attachments and caches are not needed; links are not followed."""
    private = (RECORDS, assignment.WRITTEN_PAGES, "__pycache__", ".ipynb_checkpoints")
    return [
        name
        for name in names
        if name in private or name.endswith((".ipynb", ".pyc", ".html")) or os.path.islink(os.path.join(folder, name))
    ]


def _listener(path: Path) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    path.chmod(0o666)  # the folder around it is the student's alone
    listener.listen(1)
    listener.settimeout(0.5)
    return listener


def _peer(sock: socket.socket) -> int:
    """The process at the other end."""
    size = struct.calcsize("3i")
    pid, _, _ = struct.unpack("3i", sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size))
    return int(pid)
