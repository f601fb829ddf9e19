"""The page on which written answers are marked: nbgrader's formgrader, in a Jupyter server of the course folder."""

import os
import sys
from pathlib import Path
from typing import NoReturn

from .stages import environment

PAGE = "/formgrader"


def mark(root: Path, *, port: int = 8888, no_browser: bool = False) -> NoReturn:
    """Open the page on which a person marks written answers and looks at what could not run (formgrader).

    It is served to this machine alone until Ctrl-C; marks and comments are kept as they are typed. Where no browser can
    be opened here, the address with its key is printed.
    """
    if not (root / "gradebook.db").exists():
        raise ValueError(f"{root / 'gradebook.db'} is not there: run hw2 release, hw2 collect and hw2 autograde first")
    os.chdir(root)
    command = [sys.executable, "-m", "jupyter", "server", *_words(root, port, no_browser)]
    os.execve(sys.executable, command, environment())  # in place of this process, so that ending it ends the server


def _words(root: Path, port: int, no_browser: bool) -> list[str]:
    words = [f"--ServerApp.root_dir={root}", f"--ServerApp.default_url={PAGE}", "--ip=127.0.0.1", f"--port={port}"]
    words.append(f"--ServerApp.open_browser={not no_browser}")
    return [*words, "--allow-root"] if os.geteuid() == 0 else words
