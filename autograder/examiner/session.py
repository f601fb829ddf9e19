"""The student's process for one notebook: a kernel in the sandbox, with its channel and its limits."""

import os
import select
import shutil
import socket
import struct
import subprocess
import time
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

from .. import assignment
from ..result import RECORDS
from ..sandbox.fonts import VARIABLE as FONTS
from ..sandbox.fonts import lay_fonts
from ..sandbox.own_folder import OwnFolder
from ..sandbox.tree import tree, turns
from ..sandbox.verify import unconfined
from ..sandbox.watch import Watch
from .channel import Channel, Gone
from .findings import Offences
from .kernel_io import PORTS, Outcome, bounded_context, listening_client, run_cell, wait_until_ready

KERNELS = Path(__file__).resolve().parent.parent / "sandbox" / "kernels"
BY_ITSELF = "it ended its own process"
MARGIN = 10.0  # seconds of computing time between the limit inside and the one from outside
SETTLING = 2.0  # seconds in which what a cell has left running must end the process to be found to have done so
_MOMENT = 0.02  # seconds
_STARTING = 300.0  # seconds of computing time for a kernel's start


class CannotStart(RuntimeError):
    """The student's process could not be started: a fault of ours."""


class Session:
    """One student's process. folder: what it finds beside the notebook, copied anew at each start."""

    def __init__(self, folder: Path, environment: dict[str, str], kernel_name: str) -> None:
        self._folder, self._environment, self._kernel_name = folder, environment, kernel_name
        self._sandboxed = environment.get("HW2_UNSANDBOXED") != "1"
        self._place: OwnFolder | None = None
        self._sock: socket.socket | None = None
        self.offences: Offences = {}

    def start(self) -> None:
        """Start the process; raises CannotStart."""
        self._begun = time.monotonic()
        self._place = OwnFolder()
        work, private, sockets = (self._place.path / name for name in ("work", "private", "sockets"))
        shutil.copytree(self._folder, work, ignore=_not_for_students)
        sockets.mkdir()
        lay_fonts(private)
        try:
            with _listener(sockets / "calls") as listener:
                self._start_kernel(work, private, sockets)
                self._connect(listener)
        except Exception as error:
            self.close()
            raise CannotStart(f"the student's process could not be started: {error}") from error

    def _start_kernel(self, work: Path, private: Path, sockets: Path) -> None:
        specs = KernelSpecManager(kernel_dirs=[str(KERNELS)], ensure_native_kernel=False)
        self._manager = KernelManager(
            kernel_name=self._kernel_name,
            kernel_spec_manager=specs,
            transport="ipc",
            ip=str(sockets / "k"),
            connection_file=str(sockets / "kernel.json"),
            **PORTS,
        )
        self._context = bounded_context()
        self._client = listening_client(self._manager, self._context)
        places = {"HW2_CHANNEL": str(sockets / "calls"), FONTS: str(private)}
        environment = {**self._environment, **places}
        quiet = subprocess.DEVNULL
        self._manager.start_kernel(cwd=str(work), env=environment, stdout=quiet, stderr=quiet)
        provisioner: Any = self._manager.provisioner
        self._process = provisioner.process
        self._forked = getattr(provisioner, "forked", None)
        self._watch = Watch(self._process.pid, *([self._forked] if self._forked else []))
        self._watch.arm(_STARTING)

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
        self._client.stop_listening()  # whoever else comes is not the kernel
        self._watch.disarm()

    def age(self) -> float:
        """Seconds since its start."""
        return time.monotonic() - self._begun

    def ended(self) -> str:
        """Why the process is no more; empty while it lives."""
        if self._watch.reason:
            return str(self._watch.reason)
        gone = self._sock_is_closed() or self._process.poll() is not None
        return BY_ITSELF if gone else ""

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
        before = self._threads()
        try:
            self.channel.seed_cell(random_state)
            self.channel.end()
            outcome = run_cell(self._client, source, self.channel.fileno(), self.ended)
            if not outcome.ended:
                outcome.ended = self._ends()
            if not outcome.ended and self._threads() > before and not self.outlives(SETTLING):
                outcome.ended = BY_ITSELF
            return outcome
        except Gone as gone:
            return Outcome(ended=gone.reason)
        finally:
            self._watch.disarm()

    def _threads(self) -> int:
        return sum(len(turns(process.pid)) for process in tree(self._forked or self._process.pid))

    def _ends(self) -> str:
        """Why the process is at its end just after a cell, which has then ended it; empty when it goes on."""
        try:
            self.channel.end()
        except Gone as gone:
            return gone.reason
        return ""

    def outlives(self, seconds: float) -> bool:
        """Whether the process, with nothing to do, is still there after this time."""
        until = time.monotonic() + seconds
        while not self.ended() and time.monotonic() < until:
            time.sleep(_MOMENT)
        return not self.ended()

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
            self._place.close()
            self._place = None


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
