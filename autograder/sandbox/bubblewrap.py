"""The bubblewrap command that runs a program where it finds Python, its own folder, the data, and nothing else.

For an ordinary user it is one bwrap. For root it is two: the outer one lays out the files as root, then, as a user that
owns nothing else, the inner one isolates; so a home of mode 700 is in nobody's way, and the limit on processes, from
which the kernel exempts root, holds.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .user import HostUser

PACKAGE = Path(__file__).resolve().parent.parent
INSIDE = PACKAGE / "inside"
_ETC = Path(__file__).resolve().parent / "etc"

_MIB, _GIB = 2**20, 2**30
LIMITS = {"nproc": 256, "data": 4 * _GIB, "fsize": 256 * _MIB, "nofile": 512, "core": 0}
_TMP = _SHARED_MEMORY = str(256 * _MIB)
USER = "1000"  # inside

_INSTALL = "apt-get install bubblewrap util-linux (bubblewrap 0.8 or newer)"
_ALLOW = (
    "sysctl -w kernel.unprivileged_userns_clone=1 (Debian), kernel.apparmor_restrict_unprivileged_userns=0 (Ubuntu) "
    "or user.max_user_namespaces=10000; in a container, run it with --security-opt seccomp=unconfined "
    "--security-opt apparmor=unconfined --security-opt systempaths=unconfined"
)


@dataclass(frozen=True)
class Room:
    """What a sandboxed program finds, each at its own path.

    work: its folder, read-write; private: another, read-write; data: read-only; user: who it is outside, for root.
    sockets: where somebody outside listens, read-only, so that nothing there can be put in the place of another.
    """

    work: Path
    private: Path | None = None
    data: Path | None = None
    user: int | None = None
    sockets: Path | None = None

    @property
    def written(self) -> list[Path]:
        """The folders that it may write."""
        return [self.work, *([self.private] if self.private else [])]

    @property
    def read(self) -> list[Path]:
        """The folders that it may only read."""
        return [folder for folder in (self.data, self.sockets) if folder]


def command(argv: list[str], room: Room, environment: dict[str, str], seccomp: int | None = None) -> list[str]:
    """The command line that runs argv in the room. seccomp: a descriptor to be inherited, at the filter's start."""
    cut_off = [
        *("--unshare-all", "--unshare-user", "--disable-userns", "--uid", USER, "--gid", USER),
        *("--die-with-parent", "--new-session", "--cap-drop", "ALL", "--hostname", "sandbox", "--clearenv"),
        *(word for name, value in environment.items() for word in ("--setenv", name, value)),
        *("--proc", "/proc", "--dev", "/dev", "--size", _SHARED_MEMORY, "--tmpfs", "/dev/shm"),
        *("--chdir", str(room.work), "--remount-ro", "/dev", "--remount-ro", "/"),
        *(() if seccomp is None else ("--seccomp", str(seccomp))),
    ]
    limits = [_tool("prlimit"), *(f"--{name}={most}" for name, most in LIMITS.items()), "--"]
    if room.user is None:
        return [_tool("bwrap"), *_files(room), *cut_off, "--", *limits, *argv]
    # its own pid namespace: a death signal does not pass from root without capabilities to another user, but the end of
    # a namespace's first process ends all of it
    lay_out = ["--die-with-parent", "--unshare-pid", "--cap-drop", "ALL"]
    lay_out += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    proc_and_dev = ["--bind", "/proc", "/proc", "--dev", "/dev"]  # the inner bwrap mounts its own over them
    user = ["--reuid", str(room.user), "--regid", str(room.user), "--clear-groups", "--inh-caps=-all"]
    outer = [_tool("bwrap"), *lay_out, *_files(room), *proc_and_dev, "--", _tool("setpriv"), *user]
    return [*outer, "--", _tool("bwrap"), "--bind", "/", "/", *cut_off, "--", *limits, *argv]


def missing() -> str:
    """Empty when a sandbox can be made here, else a sentence that says what is missing and how to repair it."""
    absent = [name for name in ("bwrap", "prlimit", "setpriv") if shutil.which(name) is None]
    if absent:
        return f"There is no sandbox for students' code, because {absent[0]} is not installed: {_INSTALL}."
    if not Path(f"/proc/self/task/{os.getpid()}/children").exists():
        return "There is no watch over students' code, because this kernel was built without CONFIG_PROC_CHILDREN."
    for folder in ("/usr", *_python_folders()):
        if PACKAGE.is_relative_to(folder) and not {"site-packages", "dist-packages"} & set(PACKAGE.parts):
            return f"The sandbox shows students' code all of {folder}, and the course lies in it: move the course."
    return _tried(os.environ.get("PATH", ""))


@cache
def _tried(_path: str) -> str:
    """What keeps a sandbox from being made, found by making one; once a process."""
    with tempfile.TemporaryDirectory() as folder, HostUser() as user:
        room = Room(Path(folder, "work"), user=user.number)
        for place in room.written:
            place.mkdir()
            user.take_over(place)
        done = subprocess.run(
            command([sys.executable, "-I", "-c", "pass"], room, {}), capture_output=True, text=True, timeout=60
        )
    if done.returncode == 0:
        return ""
    said = done.stderr.strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
    if "ption" in said[0]:
        return f"There is no sandbox for students' code, because bubblewrap is too old ({said[0]}): {_INSTALL}."
    return f"There is no sandbox for students' code, because this system forbids it ({said[0]}): {_ALLOW}."


def _tool(name: str) -> str:
    return shutil.which(name) or name


def _files(room: Room) -> list[str]:
    """The arguments of bwrap that lay out the files."""
    seen, written = [*_python_folders(), *map(str, room.read)], list(map(str, room.written))
    words = ["--perms", "1777", "--size", _TMP, "--tmpfs", "/tmp"]
    words += _ways_to(["/etc/passwd", *seen, str(INSIDE), *written])
    words += _system()
    for folder in seen:
        words += ["--ro-bind", folder, folder]
    if any(PACKAGE.is_relative_to(folder) for folder in _python_folders()):
        words += ["--tmpfs", str(PACKAGE), "--perms", "0755", "--dir", str(INSIDE)]  # it is installed, not linked
    words += ["--ro-bind", str(INSIDE), str(INSIDE)]
    for folder in written:
        words += ["--bind", folder, folder]
    return words


def _ways_to(folders: list[str]) -> list[str]:
    """The folders above these, which anyone may pass; bwrap by itself would make them for root alone."""
    above = sorted({str(parent) for folder in folders for parent in Path(folder).parents} - {"/", "/tmp"})
    return [word for folder in above for word in ("--perms", "0755", "--dir", folder)]


def _system() -> list[str]:
    words = ["--ro-bind", "/usr", "/usr"]
    for name in ("/bin", "/lib", "/lib32", "/lib64", "/libx32", "/sbin"):
        if os.path.islink(name):
            words += ["--symlink", os.readlink(name), name]
        elif os.path.isdir(name):
            words += ["--ro-bind", name, name]
    for name in ("alternatives", "fonts", "ld.so.cache", "localtime"):
        words += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    for file in sorted(_ETC.iterdir()):
        words += ["--ro-bind", str(file), f"/etc/{file.name}"]
    return words


def _python_folders() -> list[str]:
    """Where the interpreter and its packages are, apart from /usr; a folder before what lies in it."""
    named = (sys.base_prefix, sys.base_exec_prefix, sys.prefix)
    folders = {os.path.abspath(name) for name in named} | {os.path.realpath(name) for name in named}
    return sorted(folder for folder in folders if not Path(folder).is_relative_to("/usr"))
