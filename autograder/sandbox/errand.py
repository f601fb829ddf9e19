"""Runs one program over one folder in the sandbox and comes back: no network, no kernel, nothing left running."""

import os
import subprocess
import sys
from pathlib import Path

from .bubblewrap import Room, command, missing
from .own_folder import OwnFolder
from .provisioner import Filter, inner_environment
from .user import HostUser
from .watch import Watch


def run_errand(script: str, arguments: list[str], work: Path, cpu_seconds: float) -> str:
    """Run Python on a script in `work`, which is all that it may write; return why it was ended, empty if it was not.

    Raises RuntimeError without a sandbox. What it leaves in `work` is as untrusted as what it was given.
    """
    if missing():
        raise RuntimeError(missing())
    with OwnFolder() as private, HostUser() as user, Filter() as descriptor:
        for place in (work, private):
            user.take_over(place)
        argv = [sys.executable, "-I", script, *arguments]
        room = Room(work.absolute(), private, user=user.number)
        environment = inner_environment({**os.environ, "OMP_NUM_THREADS": "1"})
        process = subprocess.Popen(
            command(argv, room, environment, descriptor),
            cwd="/",
            env={"PATH": os.defpath},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=() if descriptor is None else (descriptor,),
        )
        return _watched(process, cpu_seconds)


def _watched(process: "subprocess.Popen[bytes]", cpu_seconds: float) -> str:
    watch = Watch(process.pid)
    try:
        watch.arm(cpu_seconds)
        code = process.wait()
    finally:
        watch.close()
        process.kill()
    return watch.reason or (f"it ended with exit code {code}" if code else "")
