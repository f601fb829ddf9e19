"""Real servers for tests: a Dask scheduler, its workers and PostgreSQL, in folders and at ports of their own."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from autograder.sandbox.tree import tree

_LOCAL = "127.0.0.1"
_PATIENCE = 60.0
GRADER = ["-m", "autograder.batch.worker"]
_QUIET = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class Dask:
    """A scheduler and workers on this machine, each one process that grades one submission at a time."""

    def __init__(self, folder: Path, workers: int) -> None:
        self._folder = folder
        with socket.create_server((_LOCAL, 0)) as free:
            self.address = f"tcp://{_LOCAL}:{free.getsockname()[1]}"
        self.start_scheduler()
        self.workers = [self._worker() for _ in range(workers)]

    def start_scheduler(self) -> None:
        """Start it at its address, where it may have been before; returns when it answers."""
        port = self.address.rsplit(":", 1)[1]
        self.scheduler = _dask("scheduler", "--host", _LOCAL, "--port", port, "--no-dashboard")
        until(lambda: _answers(int(port)))

    def restart_worker(self, at: int) -> None:
        """A new worker in the place of one that has ended."""
        self.workers[at] = self._worker()

    def close(self) -> None:
        """End them all."""
        for process in [*self.workers, self.scheduler]:
            kill(process)

    def _worker(self) -> "subprocess.Popen[bytes]":
        # it waits for a scheduler that has died, and a nanny would outlive it
        words = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--death-timeout", "600")
        return _dask("worker", self.address, *words, "--host", _LOCAL, "--local-directory", str(self._folder))


class Postgres:
    """A server with an empty database, reached by a socket in a folder that only its user and root may enter."""

    def __init__(self) -> None:
        self._user = pwd.getpwnam("postgres") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        self._folder = Path(tempfile.mkdtemp(prefix="hw2-postgres-"))
        os.chown(self._folder, self._user.pw_uid, self._user.pw_gid)
        self.url = f"postgresql://hw2@/hw2?host={self._folder}"
        self._run("initdb", "-D", f"{self._folder}/data", "-U", "hw2", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.start()
        self._run("createdb", "-h", str(self._folder), "-U", "hw2", "hw2")

    def start(self) -> None:
        """Start it, perhaps after a crash; returns when it answers."""
        until(self._started)

    def kill(self) -> None:
        """As if somebody had pulled it out: the server and all that it had started, at once."""
        for process in tree(self.process.pid)[::-1]:
            _signal(process.pid)
        self.process.wait()

    def close(self) -> None:
        """End it and remove what it kept."""
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _started(self) -> bool:
        words = ["-D", f"{self._folder}/data", "-k", str(self._folder), "-c", "listen_addresses="]
        self.process = subprocess.Popen([program("postgres"), *words], **self._as_user())
        while self.process.poll() is None:
            ready = [program("pg_isready"), "-q", "-h", str(self._folder), "-U", "hw2", "-d", "postgres"]
            if subprocess.run(ready, **self._as_user()).returncode == 0:
                return True
            time.sleep(0.1)
        return False  # what is left of the one before has not ended yet

    def _run(self, name: str, *words: str) -> None:
        subprocess.run([program(name), *words], check=True, **self._as_user())

    def _as_user(self) -> dict[str, Any]:
        rights = {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []} if os.getuid() == 0 else {}
        return {**_QUIET, "cwd": self._folder, **rights}


def program(name: str) -> str:
    """One of PostgreSQL's programs, which Debian keeps off the PATH; empty when it is not installed."""
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(places[-1]) if places else "")


def until(true: Any) -> None:
    """Wait for it; raises TimeoutError."""
    end = time.monotonic() + _PATIENCE
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(f"waited for {_PATIENCE:.0f} s")
        time.sleep(0.1)


def graders_below(pid: int) -> list[int]:
    """The grading processes that descend from this one and have a student's process just now."""
    return [process.pid for process in tree(pid) if _command(process.pid) == GRADER and len(tree(process.pid)) > 1]


def kill(process: "subprocess.Popen[bytes]") -> None:
    """kill -9, and nothing else: what it had started has to notice."""
    process.kill()
    process.wait()


def _dask(*words: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "dask", *words], start_new_session=True, **_QUIET)


def _command(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().split("\0")[1:3]
    except OSError:
        return []


def _answers(port: int) -> bool:
    try:
        socket.create_connection((_LOCAL, port), timeout=1).close()
    except OSError:
        return False
    return True


def _signal(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
