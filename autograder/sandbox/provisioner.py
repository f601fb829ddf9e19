"""Starts a kernel in the sandbox; jupyter_client finds it by the name in the kernelspec."""

import logging
import os
import subprocess
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from . import seccomp
from .bubblewrap import INSIDE, Room, command, missing
from .fonts import VARIABLE as FONTS
from .tree import end, look
from .user import HostUser
from .warm import NoFork, fork_kernel, holder

_LAUNCH = str(INSIDE / "launch.py")
ADDRESS = "HW2_TEMPLATE"  # names the template's socket; without it kernels start cold
_PASSED_ON = (
    "HW2_DATA",
    "HW2_CHANNEL",
    "NBGRADER_EXECUTION",
    "OMP_NUM_THREADS",
    "MPLBACKEND",
    FONTS,
    "PYTHONHASHSEED",
    "OPENBLAS_CORETYPE",
    "OPENBLAS_L2_SIZE",
)
_FOLDERS = ("HW2_DATA", FONTS)
# Memory that is freed is kept for the next array: each page that is taken from the system anew costs computing time.
KEEP_FREED = {"MALLOC_MMAP_THRESHOLD_": str(2**28), "MALLOC_TRIM_THRESHOLD_": str(2**30)}


class SandboxProvisioner(LocalProvisioner):
    """The kernel's cwd becomes its room; the folder of its connection file, where we listen, it may only read."""

    _user: HostUser | None = None
    forked: int | None = None  # the kernel's process, where it came from the template; `process` then holds the sandbox

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel; raises RuntimeError without a sandbox, unless HW2_UNSANDBOXED=1 does without one."""
        self.forked = None
        environment = kwargs.pop("env")
        cmd = [os.path.normpath(word) if word.startswith("/") else word for word in cmd]
        if environment.get("HW2_UNSANDBOXED") == "1":
            return await super().launch_kernel(cmd, env=environment, **kwargs)
        if missing():
            raise RuntimeError(missing())
        room = self._room(Path(kwargs.pop("cwd")).absolute(), environment)
        kwargs.setdefault("stdout", subprocess.DEVNULL)
        kwargs.setdefault("stderr", subprocess.DEVNULL)
        address = environment.get(ADDRESS)
        if address and _LAUNCH in cmd:  # the template knows how to be that kernel and no other
            try:
                return await self._fork(address, cmd, room, environment, kwargs)
            except NoFork as error:
                logging.getLogger(__name__).warning("started cold: %s", error)
                await self.kill()
        with Filter() as descriptor:
            argv = command(cmd, room, inner_environment(environment), descriptor)
            return await self._launch(argv, descriptor, kwargs)

    async def _fork(
        self, address: str, cmd: list[str], room: Room, environment: dict[str, str], options: dict[str, Any]
    ) -> KernelConnectionInfo:
        """Start the sandbox with nothing in it, and have the template put a kernel there."""
        with Filter() as descriptor:
            info = await self._launch(command(holder(), room, {}, descriptor), descriptor, options)
        sandbox: Any = self.process
        with Filter() as descriptor:
            inner = inner_environment(environment)
            self.forked = fork_kernel(address, sandbox, cmd[cmd.index(_LAUNCH) :], room.work, inner, descriptor)
        return info

    async def _launch(self, argv: list[str], descriptor: int | None, options: dict[str, Any]) -> KernelConnectionInfo:
        passed = () if descriptor is None else (descriptor,)
        return await super().launch_kernel(argv, cwd="/", env={"PATH": os.defpath}, pass_fds=passed, **options)

    async def kill(self, restart: bool = False) -> None:
        """End the kernel and all that it has started; returns when they are gone."""
        root = look(self.process.pid) if self.process else None
        if root is not None:
            end(root)

    async def terminate(self, restart: bool = False) -> None:
        """The same as kill: there is nothing inside that should be asked first."""
        await self.kill(restart)

    async def cleanup(self, restart: bool = False) -> None:
        """Let the next sandbox have the user."""
        if self._user is not None:
            self._user.close()
        await super().cleanup(restart)

    def _room(self, work: Path, environment: dict[str, str]) -> Room:
        """The room, given over to a user of its own."""
        data, private = (Path(folder).absolute() if folder else None for folder in map(environment.get, _FOLDERS))
        if self._user is not None:
            self._user.close()
        self._user = HostUser()
        sockets = Path(self.parent.connection_file).absolute().parent
        room = Room(work, private, data, self._user.number, sockets)
        for folder in (*room.written, sockets):
            self._user.take_over(folder)
        return room


def inner_environment(outer: dict[str, str]) -> dict[str, str]:
    """All that a sandboxed kernel knows of the environment."""
    passed = {name: outer[name] for name in _PASSED_ON if name in outer}
    return {"PATH": os.defpath, "HOME": "/tmp", "LANG": "C.UTF-8", **KEEP_FREED, **passed}


class Filter:
    """A descriptor to read the system call filter from; None where there is no filter."""

    def __enter__(self) -> int | None:
        program = seccomp.program()
        self._descriptor = os.memfd_create("filter") if program else None
        if self._descriptor is not None:
            os.write(self._descriptor, program)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
        return self._descriptor

    def __exit__(self, *_: object) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
