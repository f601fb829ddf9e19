"""A sandbox for one test, and what runs in it as seen from outside."""

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.sandbox.bubblewrap import Room, command, missing
from autograder.sandbox.provisioner import Filter, inner_environment
from autograder.sandbox.user import HostUser

ROOT = Path(__file__).resolve().parent.parent


class Place:
    """A room for one test, whose processes can be told from all others."""

    def __init__(self, folder: Path) -> None:
        if missing():
            pytest.skip(missing())
        self.user, self.mark = HostUser(), f"mark-{uuid.uuid4().hex}"
        self.room = Room(folder / "work", folder / "private", ROOT / "data", self.user.number)
        self.room.work.mkdir()
        self.room.private.mkdir()

    def start(self, code: str, outer: dict[str, str] | None = None, **options: object) -> subprocess.Popen[str]:
        """Python in the sandbox, running the code. outer: the environment that it is started from."""
        for folder in (self.room.work, self.room.private):
            self.user.take_over(folder)
        with Filter() as descriptor:
            argv = [sys.executable, "-P", "-s", "-c", f"# {self.mark}\n{code}"]
            words = command(argv, self.room, inner_environment(outer or {"OMP_NUM_THREADS": "1"}), descriptor)
            streams = {"stdin": -1, "stdout": -1, "stderr": -1, "text": True}
            return subprocess.Popen(words, pass_fds=(descriptor,) if descriptor else (), **streams | options)

    def close(self) -> None:
        """Nothing of it may still run."""
        self.user.close()
        until(lambda: not self.processes())

    def says(self, code: str, outer: dict[str, str] | None = None) -> str:
        """What the code prints; the test fails when it does not end well."""
        with self.start(code, outer) as process:
            out, error = process.communicate(timeout=60)
        assert process.returncode == 0, error
        return out.strip()

    def processes(self) -> list[int]:
        """What runs of this place, by its mark."""
        return [int(entry) for entry in os.listdir("/proc") if entry.isdigit() and self.mark in command_line(entry)]

    def inner(self) -> int:
        """The number that the sandboxed Python has outside; it must have said something before."""
        return next(pid for pid in self.processes() if command_line(pid).startswith(sys.executable))


def command_line(pid: int | str) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
    except OSError:
        return ""


def until(condition: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait for something that must come."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.01)
