"""Habits of a desktop that must not cost marks in a graded run: a GPU asked for, a prompt, a shell command, a reset."""

import builtins
import functools
import signal
import sys
from typing import Any

from inside.figures import draw_quickly
from inside.lacking import settle_imports
from inside.magics import settle_magics
from inside.no_gpu import stay_on_cpu
from ipykernel.iostream import OutStream
from IPython.core.interactiveshell import InteractiveShell
from IPython.extensions.autoreload import ModuleReloader
from tqdm import tqdm

EXITS = "hw2_exits"  # the kind of the message, beside outputs
MOST_PRINTED = 2**20  # characters a cell


def settle_in(shell: InteractiveShell, module: str) -> None:
    """Make the kernel of this process a graded one. module: the path of the student's file."""
    _no_prompts(shell)
    settle_magics(shell)
    settle_imports(shell, module)
    _told_exits(shell)
    stay_on_cpu()
    _bounded_output(shell)
    _reload_own_files()
    _no_threads(shell)
    draw_quickly()


def _no_prompts(shell: InteractiveShell) -> None:
    """input() answers as if Enter had been pressed."""
    builtins.input = lambda prompt="": ""
    shell.kernel.raw_input = lambda prompt="": ""
    shell.kernel.getpass = lambda prompt="", stream=None: ""


def _told_exits(shell: InteractiveShell) -> None:
    """exit() in a cell is told at once and for good; in a call by a test it is nothing. Alarms end with their cell.

    Both would end the process a moment later, in the middle of another cell.
    """
    kernel = shell.kernel

    def ask_exit() -> None:
        if not shell.keepkernel_on_exit:
            kernel.session.send(kernel.iopub_socket, EXITS, {}, kernel.get_parent("shell"))

    def no_alarms(result: object) -> None:
        for timer in (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF):
            signal.setitimer(timer, 0)

    shell.ask_exit = ask_exit
    shell.events.register("post_run_cell", no_alarms)


def _no_threads(shell: InteractiveShell) -> None:
    """Neither a large picture nor a progress bar starts a thread, which would be watched as if the student had."""
    shell.kernel.session.copy_threshold = sys.maxsize  # pyzmq frees what it does not copy in a thread of its own
    tqdm.monitor_interval = 0


def _reload_own_files() -> None:
    """%autoreload passes over what is loaded by now: to look at thousands of files takes 20 ms before every cell."""
    packages = dict.fromkeys(sys.modules, True)
    begin: Any = ModuleReloader.__init__

    @functools.wraps(begin)
    def begin_knowing(self: ModuleReloader, *args: Any, **options: Any) -> None:
        begin(self, *args, **options)
        self.skip_modules.update(packages)

    ModuleReloader.__init__ = begin_knowing  # type: ignore[method-assign]


def _bounded_output(shell: InteractiveShell) -> None:
    """What a cell prints beyond a megabyte is dropped where it arises."""
    printed = [0]
    write = OutStream.write

    def bounded(self: OutStream, text: str) -> int | None:
        printed[0] += len(text)
        room = MOST_PRINTED - (printed[0] - len(text))
        return write(self, text[:room]) if room > 0 else len(text)

    OutStream.write = bounded  # type: ignore[method-assign, assignment]
    shell.events.register("pre_run_cell", lambda info: printed.__setitem__(0, 0))
