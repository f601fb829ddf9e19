"""Several notebooks at once, each in a kernel of its own, with no more threads than there are cores."""

import os
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from . import CHECKING
from .cells import Matched
from .kernel import Kernel, Stopped
from .progress import Progress
from .running import Ran, Running

_THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def run_notebooks(
    folder: Path, notebooks: list[Matched], progress: Progress, first: str = ""
) -> dict[str, list[Ran] | str]:
    """File -> how each of its cells ended, or why it could not be run. Written into the notebooks is nothing.

    first: a folder with modules that take the place of those beside the notebooks; empty for none.
    """
    if not notebooks:
        return {}
    cores = _cores()
    workers = min(len(notebooks), cores)
    environment = _environment(max(1, cores // workers))
    stopped = threading.Event()
    said: queue.Queue[tuple[str, str]] = queue.Queue()
    with ThreadPoolExecutor(workers) as pool:
        runs = {
            matched.file: pool.submit(_run, (folder, first), matched, environment, stopped.is_set, said)
            for matched in notebooks
        }
        try:
            _follow(runs, said, progress)
        finally:
            stopped.set()
    return {file: run.result() for file, run in runs.items()}


def _run(
    folders: tuple[Path, str],
    matched: Matched,
    environment: dict[str, str],
    stopped: Callable[[], bool],
    said: "queue.Queue[tuple[str, str]]",
) -> list[Ran] | str:
    try:
        kernel = Kernel(folders[0], environment, stopped, folders[1])
        try:
            return Running(matched, kernel, lambda cell: said.put((matched.file, cell.label))).all_cells()
        finally:
            kernel.close()
    except Stopped:
        return "the check was interrupted"
    except ImportError as error:
        return f"{error.name or 'a package'} is not installed: run `pip install ipykernel` and check again"
    except Exception as error:  # whatever keeps a kernel from starting, the other notebooks are run
        return f"its kernel could not be started ({type(error).__name__}: {error})"


def _follow(
    runs: dict[str, "Future[list[Ran] | str]"], said: "queue.Queue[tuple[str, str]]", progress: Progress
) -> None:
    """Show where each notebook is until all are through."""
    while not (all(run.done() for run in runs.values()) and said.empty()):
        try:
            progress.step(*said.get(timeout=0.2))
        except queue.Empty:
            continue
    progress.end()


def _environment(threads: int) -> dict[str, str]:
    """For the kernels: the small budget of training, as when the notebooks are graded."""
    known = {key: value for key, value in os.environ.items() if key != "NBGRADER_EXECUTION"}
    return {**known, **dict.fromkeys(_THREADS, str(threads)), "HW2_BUDGET": "small", CHECKING: "1"}


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
