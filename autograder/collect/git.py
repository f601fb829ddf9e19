"""Runs git on a student's repository: no checkout, no hooks, no filters, no credentials, within time and size."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

SECONDS = 120
MOST_BYTES = 300 * 2**20
_PASSED_ON = (
    "PATH",
    "https_proxy",
    "HTTPS_PROXY",
    "http_proxy",
    "no_proxy",
    "NO_PROXY",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
)
_SETTINGS = (
    "core.hooksPath=/dev/null", "credential.helper=", "core.symlinks=false", "core.fsmonitor=false",
    "core.bigFileThreshold=16m", "pack.threads=1", "pack.windowMemory=64m", "gc.auto=0", "advice.detachedHead=false",
    "protocol.version=2", "transfer.bundleURI=false", "fetch.recurseSubmodules=false", "http.cookieFile=",
    "http.lowSpeedLimit=1", "http.lowSpeedTime=60",
)  # fmt: skip


class NotFetched(ValueError):
    """A repository could not be read; the message says why, in words that are the same at every try."""


def clone(url: str, target: Path) -> None:
    """Make a bare copy of a repository at target; raises NotFetched."""
    words = [
        "clone",
        "--bare",
        "--quiet",
        "--template=",
        "--no-tags",
        "--no-recurse-submodules",
        "--",
        url,
        str(target),
    ]
    home = target.parent / "home"
    home.mkdir(exist_ok=True)
    process = start(words, home, url)
    problem = _watch(process, target)
    said = process.communicate()[1].decode("utf-8", "replace")
    if problem or process.returncode:
        raise NotFetched(problem or _why(said))


def _watch(process: "subprocess.Popen[bytes]", target: Path) -> str:
    """Wait for a clone; return why it was ended before its time, empty when it was not."""
    until = time.monotonic() + SECONDS
    while process.poll() is None:
        time.sleep(0.05)
        late, large = time.monotonic() > until, _size(target) > MOST_BYTES
        if late or large:
            end(process)
            return f"did not come within {SECONDS} s" if late else f"is larger than {MOST_BYTES >> 20} MiB"
    return ""


def start(words: list[str], home: Path, url: str = "", stdin: bool = False) -> "subprocess.Popen[bytes]":
    """Start git in a clean environment, in a process group of its own."""
    settings = [word for setting in _SETTINGS for word in ("-c", setting)]
    return subprocess.Popen(
        ["git", *settings, *words],
        cwd=home,
        env=_environment(home, url),
        stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE if url else subprocess.DEVNULL,
        start_new_session=True,
    )


def end(process: "subprocess.Popen[bytes]") -> None:
    """Kill git and the helpers it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _environment(home: Path, url: str) -> dict[str, str]:
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return passed | {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "LC_ALL": "C",
        "GIT_ALLOW_PROTOCOL": urlsplit(url).scheme or "none",
        "GIT_ASKPASS": "false",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": str(home.parent),
        "GIT_LFS_SKIP_SMUDGE": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "SSH_ASKPASS": "false",
    }


def _size(folder: Path) -> int:
    """Bytes below a folder that another process writes to."""
    whole = 0
    for path, _, names in os.walk(folder):
        for name in names:
            try:
                whole += os.lstat(os.path.join(path, name)).st_size
            except OSError:
                continue
    return whole


def _why(said: str) -> str:
    """What git's message means."""
    text = said.lower()
    if any(
        sign in text for sign in ("not found", "could not read username", "authentication", "error: 403", "error: 401")
    ):
        return "is not there, or is not public"
    if any(sign in text for sign in ("could not resolve", "failed to connect", "couldn't connect", "timed out")):
        return "cannot be reached from this machine"
    lines = [line for line in said.splitlines() if line.strip()]
    return f"could not be fetched ({lines[-1].strip()[:200] if lines else 'git gave no reason'})"
