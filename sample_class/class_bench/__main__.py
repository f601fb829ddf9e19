"""`make bench-class`: a class graded side by side, recorded in docs/bench-class.json; docs/bench-class.md shows it.

python -m sample_class.class_bench [--students 14] [--otter PATH] [--growth 10,100,1000] [--only-growth]
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from autograder import assignment

from ..chaos import many
from ..course import ROOT, collected_course
from ..machine import described
from ..students import STUDENTS
from . import plain
from .cost import Cost
from .floor import floor_of
from .otter import otter_run
from .ours import growing, ours, seconds_to_first_cell
from .page import read, write

SCRATCH = ROOT / "scratch" / "bench-class"
GRADED = [student for student in STUDENTS if student.is_graded]


def main() -> None:
    """Measure, and write docs/bench-class.json and the page; each figure is kept as soon as it is there."""
    wanted = _command_line().parse_args()
    found = read()
    if not wanted.only_growth:
        found.update(students=wanted.students, machine=described(), costs={}, one={})
        _side_by_side(found, wanted.otter)
    for number in [int(word) for word in wanted.growth.split(",") if word]:
        cost = growing(SCRATCH / f"growth-{number}", number)
        found.setdefault("growth", {})[str(number)] = asdict(cost)
        write(found)


def _command_line() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sample_class.class_bench", description=main.__doc__)
    parser.add_argument("--students", type=int, default=len(GRADED), help="so many of the sample class, in turn")
    parser.add_argument("--otter", type=Path, help="the program otter of an environment that holds otter-grader")
    parser.add_argument("--growth", default="", help="sizes of classes of simulated students, separated by commas")
    parser.add_argument("--only-growth", action="store_true", help="leave the rest as it was measured before")
    return parser


def _side_by_side(found: dict[str, Any], otter: Path | None) -> None:
    seconds_to_first_cell()  # of the first ones some wait for the template to load
    found["first_cell"] = seconds_to_first_cell()
    alone = collected_course(SCRATCH / "one", GRADED[:1])
    found["one"]["hw2 autograde"] = ours(alone, 1).wall
    found["one"]["plain nbgrader"] = plain.one_process(alone, SCRATCH / "one-plain").wall
    course = collected_course(SCRATCH / "course", many(found["students"], cheap=False))
    kinds: dict[str, Callable[[], Cost]] = {
        "plain nbgrader, one process": lambda: plain.one_process(course, SCRATCH / "plain"),
        "plain nbgrader, GNU parallel, 2 at once": lambda: plain.gnu_parallel(course, SCRATCH / "parallel"),
        "hw2 autograde, 1 worker": lambda: ours(course, 1),
        "hw2 autograde, 2 workers": lambda: ours(course, 2),
        "the floor: cells and tests once, warm": lambda: _floor(course),
    }
    if otter is not None:
        kinds["otter-grader (otter run)"] = lambda: otter_run(otter.absolute(), course, SCRATCH / "otter")
    for kind, measured in kinds.items():
        found["costs"][kind] = asdict(measured())
        write(found)


def _floor(course: Path) -> Cost:
    start = time.monotonic()
    cpu = sum(floor_of(submission) for submission in sorted((course / "submitted").glob(f"*/{assignment.NAME}")))
    return Cost(time.monotonic() - start, cpu)


if __name__ == "__main__":
    main()
