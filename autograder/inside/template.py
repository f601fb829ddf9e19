"""A process with everything loaded and no code of a student's run: each student's kernel is forked from it.

Started with two descriptors and a file: requests come in over the first, and when the second closes the grader is gone.
The file's `ensure_torchvision()` imports torchvision (`libs/torchvision_operators.py` of the assignment).
"""

import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from inside import launch
from inside.enter import adopt_orphans, enter

del sys.path[0]

LARGEST_REQUEST = 2**16
_KERNEL = (  # what a kernel imports as it starts
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "ipykernel.debugger",
    "tornado.locks",
    "tornado.platform.asyncio",
)
_PACKAGES = (  # what students import
    "torch.nn.functional",
    "torch.optim",
    "torch.utils.data",
    "torch._dynamo",  # the first step of an optimizer imports it
    "torchvision.datasets",
    "torchvision.transforms",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "IPython.extensions.autoreload",
    "tqdm",
)
_of_packages: dict[str, str] = {}  # environment variables that a kernel's packages set as they load


def main() -> None:
    """Load the packages, then fork a kernel a request until the grader is gone."""
    requests, life = socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2])
    gc.disable()  # what is loaded is no garbage, and to look through it again and again takes long
    _load(sys.argv[3])
    adopt_orphans()
    signal.signal(signal.SIGCHLD, _bury)
    gc.collect()
    gc.freeze()  # what is loaded stays in memory that all share
    gc.enable()
    waiting = select.poll()
    for descriptor in (requests.fileno(), life):
        waiting.register(descriptor, select.POLLIN)
    while life not in dict(waiting.poll()):
        connection, _ = requests.accept()
        with connection, suppress(OSError):
            _answer(connection)


def _load(operators: str) -> None:
    before = dict(os.environ)
    _import(_KERNEL)
    _of_packages.update({name: value for name, value in os.environ.items() if before.get(name) != value})
    with suppress(Exception):
        runpy.run_path(operators)["ensure_torchvision"]()
    _import(_PACKAGES)


def _import(names: tuple[str, ...]) -> None:
    """Import what there is; what is missing is missing in a cold start, too, and said there."""
    for name in names:
        with suppress(Exception):
            importlib.import_module(name)


def _bury(*_: object) -> None:
    """Take note of children that have ended, at once: a sandbox lasts until its last process is buried."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _answer(connection: socket.socket) -> None:
    """Fork a kernel as the request says; reply with its process number, or with why there is none."""
    text, descriptors, _, _ = socket.recv_fds(connection, LARGEST_REQUEST, 2)
    if not text:
        return
    if len(os.listdir("/proc/self/task")) > 1:
        connection.send(b"the template has more than one thread")
    elif os.fork() == 0:
        _become(json.loads(text), descriptors, connection)
    for descriptor in descriptors:
        os.close(descriptor)


def _become(request: dict[str, Any], descriptors: list[int], connection: socket.socket) -> None:
    """In a child: go into the sandbox, and leave there a child of its own that is the kernel."""
    try:
        program = os.read(descriptors[1], LARGEST_REQUEST) if len(descriptors) > 1 else b""
        with suppress(OSError):  # on other cores it computes the same
            os.sched_setaffinity(0, request["cores"])
        enter(descriptors[0], request["user"], request["limits"], program)
        os.chdir(request["folder"])
        kernel = os.fork()
    except BaseException as error:
        connection.send(f"{type(error).__name__}: {error}".encode())
        os._exit(1)
    if kernel:
        connection.send(str(kernel).encode())
        os._exit(0)
    _run(request)


def _run(request: dict[str, Any]) -> None:
    """Be the kernel: nothing of the template's is left but what it has loaded."""
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update({**_of_packages, **request["environment"]})
    sys.argv = request["argv"]
    _forget_folders()
    launch.main()
    os._exit(0)


def _forget_folders() -> None:
    """Matplotlib looks up its folder once a process; the template's is not there in the sandbox."""
    matplotlib = sys.modules.get("matplotlib")
    for name in ("get_configdir", "get_cachedir", "_get_config_or_cache_dir"):
        look_up: Any = getattr(matplotlib, name, None)
        if hasattr(look_up, "cache_clear"):
            look_up.cache_clear()
        elif hasattr(look_up, "__wrapped__"):  # a cache that cannot be cleared
            setattr(matplotlib, name, look_up.__wrapped__)


if __name__ == "__main__":
    main()
