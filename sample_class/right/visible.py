"""`python -m sample_class.right.visible`: no right answer fails a check that its student sees.

Every right answer and every independent solution, against the visible parts of its notebooks' tests, as in a kernel.
"""

import os
import re
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from types import ModuleType
from typing import Any

import torch

from autograder import assignment
from autograder.examiner.given import parse

from ..course import ROOT
from ..independent import NAMES, solution
from ..many import command_line, in_plain_processes, is_meant
from ..reach import reached
from ..solved import Work
from .catalogue import RIGHT

HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS\n.*?### END HIDDEN TESTS\n?", re.DOTALL)
_GIVEN = re.compile(r"setup|imports|figures|loaders|(few_)?digits|(\w+_)?helpers")  # the others look or train
JOBS = (
    *((right.name, right.notebook) for right in RIGHT),
    *((name, notebook) for name in NAMES for notebook in assignment.PRACTICALS),
)


def main() -> int:
    """Try all, or those that --only names; the exit status is 1 when one fails a check."""
    wanted = command_line("right.visible", main.__doc__).parse_args()
    jobs = [job for job in JOBS if is_meant(wanted.only, *job)]
    failing = 0
    for job, found in zip(jobs, in_plain_processes(seen_failing, jobs, wanted.workers, "right answers"), strict=True):
        failing += bool(found)
        for test, message in found.items():
            print(f"{job[0]} ({job[1]}) fails {test}: {message}")
    print(f"{len(jobs)} right answers, {failing} fail a check that the student sees")
    return 1 if failing else 0


def seen_failing(job: tuple[str, str]) -> dict[str, str]:
    """Test -> message, of those that fail for the answer of this name in this notebook."""
    torch.set_num_threads(1)
    name, notebook = job
    edits = next((r.edits for r in RIGHT if (r.name, r.notebook) == job), None) or solution(name).edits()
    work = Work(ROOT)
    for edit in edits:
        edit(work)
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        return failures(work, notebook, reached(work, notebook))


def failures(work: Work, notebook: str, tests: Any) -> dict[str, str]:
    """Test -> message, of those of `tests` (all where there are none) whose visible part fails in this process."""
    sys.path.insert(0, str(assignment.source_folder(ROOT)))
    os.environ["HW2_DATA"] = str(ROOT / "data")
    sys.modules["fully_connected_networks"] = module = ModuleType("fully_connected_networks")
    exec(compile(str(work.module), assignment.MODULE, "exec"), module.__dict__)
    names: dict[str, Any] = {"__name__": "kernel"}
    found: dict[str, str] = {}
    for cell in assignment.read(assignment.source_folder(ROOT) / f"{notebook}.ipynb").cells:
        id = str(assignment.grade_id(cell))
        if assignment.is_test(cell) and cell.cell_type == "code" and (not tests or id in tests):
            try:
                _run(id, HIDDEN.sub("", cell.source), dict(names))
            except Exception as error:
                found[id] = f"{type(error).__name__}: {error}"
        elif cell.cell_type == "code" and assignment.is_answer(cell) and id != assignment.IDENTITY:
            _run(id, work.cell(notebook, id).source, names)
        elif _GIVEN.fullmatch(id):
            _run(id, cell.source, names)
    return found


def _run(id: str, source: str, names: dict[str, Any]) -> None:
    exec(compile(parse(source), f"<{id}>", "exec"), names)


if __name__ == "__main__":
    sys.exit(main())
