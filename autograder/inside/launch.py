"""Starts the student's kernel: an ordinary IPython kernel with the agent beside it, which listens nowhere.

The grader listens, before this starts, in a folder that is read-only here: a socket that students' code could put in
the place of another would lead the grader to whatever it likes.
"""

import os
import socket
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from inside.agent import Agent
from inside.manners import settle_in

del sys.path[0]

from ipykernel.ipkernel import IPythonKernel  # noqa: E402
from ipykernel.kernelapp import IPKernelApp  # noqa: E402
from traitlets.config import Config  # noqa: E402

MODULE = "fully_connected_networks.py"


class KernelApp(IPKernelApp):
    """Calls the grader, where that listens; the other channels of a kernel have nobody at their end."""

    def init_heartbeat(self) -> None:
        """Nobody listens to it."""

    def _try_bind_socket(self, s: Any, port: int) -> int:
        if Path(f"{self.ip}-{port}").exists():
            s.connect(f"ipc://{self.ip}-{port}")
        s.bind(f"inproc://{port}")  # the last address is that which the kernel itself finds it at
        return port


class StudentKernel(IPythonKernel):
    """Answers the examiner whenever it has nothing else to do."""

    def start(self) -> None:
        """Connect to the examiner before any code of the student's has run."""
        super().start()  # type: ignore[no-untyped-call]
        settle_in(self.shell, module := str(Path.cwd() / MODULE))
        sock = socket.socket(socket.AF_UNIX)
        sock.connect(os.environ["HW2_CHANNEL"])
        agent = Agent(sock, self.shell.user_ns, module)

        def asked(*_: object) -> None:
            if not agent.serve():
                self.io_loop.remove_handler(sock)

        self.io_loop.add_handler(sock, asked, self.io_loop.READ)


def main() -> None:
    """Run the kernel until it is told to stop."""
    config = Config()
    config.IPKernelApp.ignore_cwd = True
    config.IPKernelApp.capture_fd_output = False
    config.IPKernelApp.log_level = 50
    config.HistoryManager.enabled = False
    sys.path.append(str(Path.cwd()))  # last, so that a file of the student's shadows no package
    KernelApp.launch_instance(config=config, kernel_class=StudentKernel)


if __name__ == "__main__":
    main()
