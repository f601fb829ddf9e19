"""A sandbox around a grader that has none: its course folder is a copy, the rest is read-only, nothing gets out."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

MOST_MEMORY = 6 * 2**30
MOST_PROCESSES = 400
_USER = 2_100_000  # a user of its own, because root's processes are not counted


def run_inside(command: list[str], course: Path, environment: dict[str, str], seconds: float, output: Path) -> str:
    """Run the command with `course` writable and as its folder; return why it was stopped, empty when it ended."""
    limits = ["prlimit", f"--nproc={MOST_PROCESSES}", f"--fsize={2**29}", f"--data={4 * 2**30}", "--core=0", "--"]
    inner = [*limits, *_bwrap(course, environment), "--", *command]
    if os.geteuid() == 0:
        for folder, names, files in os.walk(course):
            for name in (".", *names, *files):
                os.chown(Path(folder) / name, _USER, _USER, follow_symlinks=False)
        inner = [*_as_root(course), "setpriv", f"--reuid={_USER}", f"--regid={_USER}", "--clear-groups",
                 "--inh-caps=-all", *inner]  # fmt: skip
    with output.open("wb") as file:
        process = subprocess.Popen(inner, stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True)
        try:
            return _watched(process, seconds)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()


def _bwrap(course: Path, environment: dict[str, str]) -> list[str]:
    """What an ordinary user may make: namespaces of its own, no network but an own loopback, an empty home."""
    words = ["bwrap", "--ro-bind", "/", "/", "--bind", str(course), str(course), "--proc", "/proc", "--dev", "/dev"]
    words += ["--tmpfs", "/tmp", "--tmpfs", "/var/tmp", "--tmpfs", "/dev/shm", "--dir", "/tmp/home"]
    words += ["--unshare-all", "--unshare-user", "--uid", "1000", "--gid", "1000"]
    words += ["--die-with-parent", "--new-session", "--chdir", str(course), "--clearenv"]
    for name, value in environment.items():
        words += ["--setenv", name, value]
    return words


def _as_root(course: Path) -> list[str]:
    """Around it, for root: the same tree with a home that an ordinary user may walk through to the interpreter."""
    words = ["bwrap", "--bind", "/", "/", "--tmpfs", "/root", "--bind", "/proc", "/proc", "--dev-bind", "/dev", "/dev"]
    for place in {sys.base_prefix, sys.prefix, str(Path(__file__).resolve().parents[2])}:
        for folder in reversed(Path(place).parents):
            if Path("/root") in folder.parents:
                words += ["--perms", "0755", "--dir", str(folder)]
        words += ["--ro-bind", place, place]
    words += ["--bind", str(course), str(course)]
    # a process namespace, because a change of user forgets that one is to die with one's parent
    words += ["--unshare-pid", "--die-with-parent", "--cap-drop", "ALL"]
    return [*words, "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]


def _watched(process: "subprocess.Popen[bytes]", seconds: float) -> str:
    """Wait for the end; stop the process tree when it takes too long or too much."""
    start = time.monotonic()
    while process.poll() is None:
        time.sleep(0.25)
        memory, count = _taken(process.pid)
        if time.monotonic() - start > seconds:
            return f"stopped after {seconds:.0f} s"
        if memory > MOST_MEMORY:
            return "stopped at 6 GiB of memory"
        if count > 2 * MOST_PROCESSES:
            return f"stopped at {count} processes"
    return ""


def _taken(root: int) -> tuple[int, int]:
    """Bytes of memory and number of processes of the tree below `root`."""
    parents: dict[int, int] = {}
    pages: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        pid = int(path.parent.name)
        parents[pid], pages[pid] = int(fields[1]), int(fields[21])
    tree, grown = {root}, True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in tree and pid not in tree}
        tree |= more
        grown = bool(more)
    return sum(pages.get(pid, 0) for pid in tree) * os.sysconf("SC_PAGESIZE"), len(tree)
