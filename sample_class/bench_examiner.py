"""What the examiner and the sandbox cost: a call, and the grading of a perfect submission beside in-kernel tests."""

import hmac
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from nbclient import NotebookClient

from autograder import assignment
from autograder.examiner.channel import Channel
from autograder.examiner.session import Session
from autograder.examiner.trial import lay_out, try_notebook

from .course import ROOT

SIZES_MB = (1, 4, 16, 64)
PAIRS = 3
_GRADED = {"NBGRADER_EXECUTION": "autograde", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}


def calls() -> list[str]:
    """The lines of a table: milliseconds a call, for small tensors and by the megabyte."""
    with tempfile.TemporaryDirectory() as folder:
        session = Session(Path(folder), {**_GRADED, "HW2_DATA": str(ROOT / "data")}, "hw2-sandbox")
        session.start()
        try:
            session.run("def same(x):\n    return x\n\ndef none(x):\n    return None", 60, 0)
            session.allow(600)
            found = session.channel.get(["same", "none"])
            small = _milliseconds(session.channel, lambda: found["same"](torch.ones(8, 8)), 2000)
            lines = [f"| a call with a tensor (8, 8) and back | {small:.2f} ms |"]
            return lines + [
                _by_size(session.channel, found["none"], found["same"], megabytes) for megabytes in SIZES_MB
            ]
        finally:
            session.close()


def _by_size(channel: Channel, none: Any, same: Any, megabytes: int) -> str:
    """The line for a tensor of this size: none takes it, same gives it back."""
    tensor = torch.ones(megabytes * 2**18)
    there, both = (_milliseconds(channel, lambda f=f: f(tensor), 20) for f in (none, same))
    back = (both - there) / megabytes
    return f"| a call with {megabytes} MB | {there / megabytes:.2f} ms a MB there, {back:.2f} ms a MB back |"


def _milliseconds(channel: Channel, call: Callable[[], Any], times: int) -> float:
    """The median time of a call."""
    taken = []
    for _ in range(times):
        channel.brought = 0  # of one test cell, which may not bring as much as all these calls
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return 1000 * statistics.median(taken)


def perfect_submission() -> list[str]:
    """The lines of a table: seconds of grading the solved notebooks, tests in the kernel and in the examiner."""
    _examined(assignment.PRACTICALS[0])  # what a grading process imports once
    lines, sums = [], [0.0, 0.0]
    for name in assignment.PRACTICALS:
        taken = [(_in_kernel(name), _examined(name)) for _ in range(PAIRS)]
        inside, outside = (statistics.median(column) for column in zip(*taken, strict=True))
        sums = [sums[0] + inside, sums[1] + outside]
        lines.append(f"| {name} | {inside:.1f} s | {outside:.1f} s | {outside / inside - 1:+.1%} |")
    return [*lines, f"| all three | {sums[0]:.1f} s | {sums[1]:.1f} s | {sums[1] / sums[0] - 1:+.1%} |"]


def _in_kernel(name: str) -> float:
    """Wall seconds of running every cell, tests too, in one ordinary kernel without a sandbox."""
    notebook = assignment.read(assignment.source_folder(ROOT) / f"{name}.ipynb")
    seed = hmac.new(b"hw2", b"trial", "sha256").hexdigest()
    environment = {**os.environ, **_GRADED, "HW2_DATA": str(ROOT / "data"), "HW2_SEED": seed}
    with tempfile.TemporaryDirectory() as scratch:
        lay_out(ROOT, Path(scratch), _module())
        start = time.monotonic()
        client = NotebookClient(notebook, timeout=600, resources={"metadata": {"path": scratch}})
        client.shutdown_kernel = "immediate"
        client.execute(env=environment)
        return time.monotonic() - start


def _examined(name: str) -> float:
    """Wall seconds of the same by the grader's rules."""
    notebook = assignment.read(assignment.source_folder(ROOT) / f"{name}.ipynb")
    with tempfile.TemporaryDirectory() as scratch:
        start = time.monotonic()
        results = try_notebook(notebook, name, _module(), ROOT, Path(scratch))
        taken = time.monotonic() - start
    if any(result.points != result.max_points for result in results):
        raise RuntimeError(f"{name}: the solution does not get full marks; run make lint")
    return taken


def _module() -> str:
    return (assignment.source_folder(ROOT) / assignment.MODULE).read_text(encoding="utf-8")


def main() -> list[str]:
    """Both tables in Markdown."""
    return [
        "\nWhat a call into the student's process costs (medians):\n",
        "| call | time |\n|---|---|",
        *calls(),
        "\nWall time of grading the solved notebooks, medians of three runs in turn; tests in the student's kernel and"
        "\nno sandbox, against tests in the examiner and the student's process in the sandbox:\n",
        "| notebook | in the kernel | examiner and sandbox | more |\n|---|---|---|---|",
        *perfect_submission(),
    ]


if __name__ == "__main__":
    print("\n".join(main()))
