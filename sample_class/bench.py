"""`make bench`: restarts and runs all of each solved notebook, grades the class, and records both in docs/bench.md."""

import os
import tempfile
import time
from pathlib import Path

from nbclient import NotebookClient
from nbformat import NotebookNode

from autograder import assignment
from autograder.examiner.trial import lay_out

from . import bench_collect, bench_examiner
from .course import ROOT
from .demo import main as demo
from .machine import children_cpu, described

REPORT_CELLS = {
    "fully_connected_networks": "best_network_report",
    "forward_forward_supervised": "evaluation",
    "forward_forward_unsupervised": "evaluation",
}


def main() -> None:
    """Measure, print, and write docs/bench.md."""
    parts = [
        "# Times and accuracies\n",
        f"Measured by `make bench` on {described()}.\n",
        "Each solved notebook from a fresh kernel, all cells, as a student runs it:\n",
        "| notebook | wall | CPU |\n|---|---|---|",
    ]
    printed = []
    for name in assignment.PRACTICALS:
        notebook, wall, cpu = run_all(name)
        parts.append(f"| {name} | {wall:.0f} s | {cpu:.0f} s |")
        printed.append(f"{name}, cell `{REPORT_CELLS[name]}`:\n\n```\n{_stdout(notebook, REPORT_CELLS[name])}```\n")
    start = time.monotonic()
    demo()
    parts += ["\nWhat they print at their ends:\n", *printed]
    parts.append(f"The sample class, `make demo` after set-up: {time.monotonic() - start:.0f} s wall.")
    parts += bench_examiner.main()
    parts += ["\nCollecting:\n", "| what | wall |\n|---|---|", *bench_collect.main()]
    text = "\n".join(parts) + "\n"
    (ROOT / "docs" / "bench.md").write_text(text, encoding="utf-8")
    print(text)


def run_all(name: str) -> tuple[NotebookNode, float, float]:
    """The executed notebook, wall seconds and CPU seconds; a cell that raises stops it with its error."""
    notebook = assignment.read(assignment.source_folder(ROOT) / f"{name}.ipynb")
    module = (assignment.source_folder(ROOT) / assignment.MODULE).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as scratch:
        lay_out(ROOT, Path(scratch), module)
        environment = {**os.environ, "HW2_DATA": str(ROOT / "data")}
        start, used = time.monotonic(), children_cpu()
        client = NotebookClient(notebook, timeout=1200, resources={"metadata": {"path": scratch}})
        client.execute(env=environment)
    return notebook, time.monotonic() - start, children_cpu() - used


def _stdout(notebook: NotebookNode, id: str) -> str:
    cell = next(cell for cell in notebook.cells if assignment.grade_id(cell) == id)
    return "".join(output.text for output in cell.outputs if output.get("name") == "stdout")


if __name__ == "__main__":
    main()
