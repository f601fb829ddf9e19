"""`make bench-class`: a class graded side by side, recorded in docs/bench-class.json; docs/bench-class.md shows it.

python -m sample_class.class_bench [--students 14] [--only PART,PART] [--otter PATH] [--growth 10,100,1000]

What is measured part by part, on one machine, stands together: each part says how many submissions it was measured on.
A part that one command names twice is measured twice and added up: floor,worker,workers,floor has the floor before and
after what is compared with it, on a machine whose speed moves.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from autograder import assignment

from ..chaos import many
from ..course import ROOT, collected_course
from ..machine import described
from ..students import STUDENTS
from . import plain
from .cost import Cost, summed
from .floor import floor_of
from .otter import otter_run
from .ours import growing, ours, seconds_to_first_cell
from .page import FLOOR, OTTER, OURS, PARALLEL, PLAIN, Found, read, write

SCRATCH = ROOT / "scratch" / "bench-class"
CLASS = sum(student.is_graded for student in STUDENTS)
_runs: dict[str, list[Cost]] = defaultdict(list)  # of this command


def main() -> None:
    """Measure, and write docs/bench-class.json and the page; each figure is kept as soon as it is there."""
    wanted = _command_line().parse_args()
    found = read(described())
    for part in wanted.only or _PARTS:
        for _ in _PARTS[part](found, wanted):
            write(found)


def _command_line() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sample_class.class_bench", description=main.__doc__)
    parser.add_argument("--students", type=int, default=CLASS, help="so many of the sample class, in turn")
    parser.add_argument("--only", type=_parts, help=f"of {', '.join(_PARTS)}, in this order; the rest stays")
    parser.add_argument("--otter", type=Path, help="the program otter of an environment that holds otter-grader")
    parser.add_argument("--growth", default="", help="sizes of classes of simulated students, separated by commas")
    return parser


def _parts(text: str) -> list[str]:
    if unknown := set(text.split(",")) - set(_PARTS):
        raise argparse.ArgumentTypeError(f"no such part: {', '.join(sorted(unknown))}")
    return text.split(",")


def _start(found: Found, wanted: argparse.Namespace) -> Iterator[None]:
    """How soon a student's process runs a cell, and one student's way from submission to marks."""
    seconds_to_first_cell()  # of the first ones some wait for the template to load
    found["first_cell"] = seconds_to_first_cell()
    alone = collected_course(SCRATCH / "one", many(1, cheap=False))
    found["one"] = {
        "hw2 autograde": ours(alone, 1).wall,
        "plain nbgrader": plain.one_process(alone, SCRATCH / "one-plain").wall,
    }
    yield


def _class(kind: str, measure: Callable[[Path, argparse.Namespace], Cost]) -> "Part":
    def part(found: Found, wanted: argparse.Namespace) -> Iterator[None]:
        course = collected_course(SCRATCH / "course", many(wanted.students, cheap=False))
        _runs[kind].append(measure(course, wanted))
        students = wanted.students * len(_runs[kind])
        found.setdefault("costs", {})[kind] = {**asdict(summed(_runs[kind])), "students": students}
        yield

    return part


def _otter(found: Found, wanted: argparse.Namespace) -> Iterator[None]:
    """Only where there is one."""
    if wanted.otter is not None:
        program = wanted.otter.absolute()
        yield from _class(OTTER, lambda course, _: otter_run(program, course, SCRATCH / "otter"))(found, wanted)


def _growth(found: Found, wanted: argparse.Namespace) -> Iterator[None]:
    for number in [int(word) for word in wanted.growth.split(",") if word]:
        found.setdefault("growth", {})[str(number)] = asdict(growing(SCRATCH / f"growth-{number}", number))
        yield


def _floor(course: Path, _: argparse.Namespace) -> Cost:
    start = time.monotonic()
    cpu = sum(floor_of(submission) for submission in sorted((course / "submitted").glob(f"*/{assignment.NAME}")))
    return Cost(time.monotonic() - start, cpu)


Part = Callable[[Found, argparse.Namespace], Iterator[None]]
_PARTS: dict[str, Part] = {
    "start": _start,
    "plain": _class(PLAIN, lambda course, _: plain.one_process(course, SCRATCH / "plain")),
    "parallel": _class(PARALLEL, lambda course, _: plain.gnu_parallel(course, SCRATCH / "parallel")),
    "worker": _class(OURS[0], lambda course, _: ours(course, 1)),
    "workers": _class(OURS[1], lambda course, _: ours(course, 2)),
    "floor": _class(FLOOR, _floor),
    "otter": _otter,
    "growth": _growth,
}


if __name__ == "__main__":
    main()
