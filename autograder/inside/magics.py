"""Magics and shell lines in a graded run: set-up that cannot work here costs nothing; code behind a magic is run."""

from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.text import SList

_OFF = (
    *("pip", "conda", "mamba", "micromamba", "uv", "system", "sx", "cd", "gui"),
    *("reset", "reset_selective", "debug", "pdb", "tensorboard"),
)
_OFF_CELLS = ("bash", "sh", "script", "system", "sx", "cmd")
_RUN_THEIR_CODE = ("time", "timeit", "prun", "capture")  # what is raised there is raised by the student's code


def settle_magics(shell: InteractiveShell) -> None:
    """Shell commands, installations and resets are said not to run, and do not; other magics may fail."""

    def not_run(*args: Any, **options: Any) -> None:
        print("(not run while grading)")

    shell.system = shell.system_piped = shell.system_raw = not_run  # type: ignore[method-assign]
    shell.getoutput = lambda *args, **options: SList()  # type: ignore[method-assign]
    for kind, names in (("line", _OFF), ("cell", _OFF_CELLS)):
        for name in names:
            shell.register_magic_function(not_run, kind, name)  # type: ignore[arg-type]
    shell.enable_gui = not_run  # type: ignore[method-assign]
    _forgive(shell)


def _forgive(shell: InteractiveShell) -> None:
    """A magic that is not there or fails is said not to have worked, and the cell goes on."""
    running: Any = shell  # IPython says little of its types
    run_line, run_cell = running.run_line_magic, running.run_cell_magic

    def line_magic(name: str, line: str, _stack_depth: int = 1) -> Any:
        try:
            return run_line(name, line, _stack_depth + 1)
        except Exception as error:
            return _without(f"%{name}", error, name in _RUN_THEIR_CODE)

    def cell_magic(name: str, line: str, cell: str) -> Any:
        if running.find_cell_magic(name) is None:  # of an extension that is not there, to measure or to log
            return running.run_cell(cell).raise_error()
        try:
            return run_cell(name, line, cell)
        except Exception as error:
            return _without(f"%%{name}", error, name in _RUN_THEIR_CODE)

    running.run_line_magic, running.run_cell_magic = line_magic, cell_magic


def _without(magic: str, error: Exception, is_theirs: bool) -> None:
    if is_theirs:
        raise error
    print(f"({magic} does not work while grading: {type(error).__name__}: {error})")
