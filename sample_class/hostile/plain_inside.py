"""Runs plain nbgrader on one submission inside the outer sandbox, and says what is seen from in there.

`python -m sample_class.hostile.plain_inside STUDENT NOTEBOOK SECONDS`, in the course folder; writes seen.json there.
"""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from .names import CANARY, PORT
from .traces import left_behind, planted


def main() -> None:
    """Lay out what may be reached, grade, wait for what was left behind to do its work, look."""
    student, notebook, waits = sys.argv[1:]
    connections: list[str] = []
    _listen(connections)
    runtime = Path(os.environ["JUPYTER_RUNTIME_DIR"])
    runtime.mkdir(parents=True)
    (runtime / "kernel-of-another.json").write_text('{"key": "secret"}')
    Path("/tmp", CANARY).write_text("secret")
    command = [sys.executable, "-m", "nbgrader", "autograde", "hw2", "--student", student, "--notebook", notebook]
    done = subprocess.run(command)
    time.sleep(float(waits))
    seen = (
        connections
        + left_behind()
        + planted(Path.cwd(), Path.cwd() / "autograded", Path.cwd() / "autograded" / student / "hw2")
    )
    Path("seen.json").write_text(json.dumps({"exit": done.returncode, "seen": seen}))


def _listen(connections: list[str]) -> None:
    """A service of this machine that notes who connects."""
    server = socket.create_server(("127.0.0.1", PORT))

    def accept() -> None:
        while True:
            server.accept()[0].close()
            connections.append("reached a service on this machine")

    threading.Thread(target=accept, daemon=True).start()


if __name__ == "__main__":
    main()
