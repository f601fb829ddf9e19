"""What the kernel says of a process from outside: whether it is shut in as it should be."""

import os
from pathlib import Path

from . import seccomp

_NAMESPACES = {
    "user": "users",
    "mnt": "files",
    "pid": "processes",
    "net": "network",
    "ipc": "shared memory",
    "uts": "name",
}


def unconfined(pid: int) -> list[str]:
    """One sentence for each wall that the process is not behind; what cannot be read counts as missing."""
    try:
        status = _status(pid)
        shared = [name for name in _NAMESPACES if _namespace(pid, name) == _namespace(os.getpid(), name)]
    except (OSError, ValueError) as error:
        return [f"Process {pid} cannot be looked at: {error}."]
    problems = [f"It shares this system's {_NAMESPACES[name]} (namespace {name})." for name in shared]
    if not seccomp.absent() and status.get("Seccomp") != "2":
        problems.append("It has no system call filter (Seccomp).")
    if status.get("NoNewPrivs") != "1":
        problems.append("It can gain privileges from programs that it starts (NoNewPrivs).")
    for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
        if int(status.get(name, "1"), 16) != 0:
            problems.append(f"It holds capabilities or could come to hold them ({name}).")
    return problems


def _namespace(pid: int, name: str) -> str:
    return os.readlink(f"/proc/{pid}/ns/{name}")


def _status(pid: int) -> dict[str, str]:
    lines = Path(f"/proc/{pid}/status").read_text(errors="replace").splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
