"""The template process: started once for a run, by whoever is first, and used by all of the run's processes.

Its address travels in the environment, so that workers find the one that is there. Without one, or when it fails,
kernels are started cold, which is slower and changes nothing else.
"""

import atexit
import os
import socket
import subprocess
import sys
from pathlib import Path

from .bubblewrap import INSIDE
from .own_folder import OwnFolder
from .provisioner import ADDRESS, inner_environment

_LONGEST_QUEUE = 1000  # of requests that wait for their turn
_INLINE = "module://matplotlib_inline.backend_inline"  # what ipykernel asks for, before matplotlib is loaded


class Template:
    """A template of our own; it ends when this process does."""

    def __init__(self, operators: Path, environment: dict[str, str]) -> None:
        """operators: the file that makes torchvision importable. environment: what must be set before numpy loads."""
        self._folder = OwnFolder()
        self.address = str(self._folder.path / "requests")
        life, self._life = os.pipe()
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
            listener.bind(self.address)
            listener.listen(_LONGEST_QUEUE)
            argv = [sys.executable, "-P", "-s", str(INSIDE / "template.py"), str(listener.fileno()), str(life)]
            self._process = subprocess.Popen(
                [*argv, str(operators)],
                cwd="/",
                env={"MPLBACKEND": _INLINE, **inner_environment(environment)},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(listener.fileno(), life),
            )
        os.close(life)

    def lives(self) -> bool:
        """Whether it still answers."""
        return self._process.poll() is None

    def close(self) -> None:
        """Let it go; kernels that it has forked live on."""
        os.close(self._life)
        self._folder.close()
        self._process.kill()  # it may still be loading, and holds nothing
        self._process.wait()


_own: list[Template] = []


def address_of_template(operators: Path, environment: dict[str, str]) -> str:
    """The address of the run's template; the first to ask starts it. Empty where there can be none."""
    given = os.environ.get(ADDRESS, "")
    if given and Path(given).exists():
        return given
    if _own and not _own[-1].lives():
        _own.pop().close()
    if not _own:
        try:
            _own.append(Template(operators, environment))
        except OSError:
            return ""
        atexit.register(close_template)
    return _own[-1].address


def close_template() -> None:
    """End our own template, if there is one."""
    while _own:
        _own.pop().close()
