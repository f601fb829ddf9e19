"""Grading a class side by side: plain nbgrader, ours with one and two workers, and the physical floor, as ratios."""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from autograder import assignment
from autograder.stages import run as run_stage

from .bench_floor import floor_of
from .course import ROOT, make_course
from .hostile.plain import CONFIG, plain_course
from .students import STUDENTS

SCRATCH = ROOT / "scratch" / "bench-class"
PAGE = ROOT / "docs" / "bench-class.md"


@dataclass
class Cost:
    """Wall and CPU seconds, and the largest process in MiB."""

    wall: float
    cpu: float
    memory: float = 0.0


def main() -> list[str]:
    """Measure, print, and write docs/bench-class.md."""
    parser = argparse.ArgumentParser(prog="python -m sample_class.bench_class", description=main.__doc__)
    parser.add_argument("--students", type=int, default=len(STUDENTS), help="how many of the sample class")
    count = parser.parse_args().students
    course = make_course(SCRATCH / "course", STUDENTS[:count])
    run_stage(course, "zip_collect", silent=True)
    submissions = sorted((course / "submitted").glob(f"*/{assignment.NAME}"))
    costs = {
        "plain nbgrader, one process": _plain(course, 1),
        "plain nbgrader, a process a student, 2 at once": _plain(course, 2),
        "hw2 autograde, 1 worker": _ours(course, 1),
        "hw2 autograde, 2 workers": _ours(course, 2),
        "the floor: cells and tests once, warm": _floor(submissions),
    }
    lines = _table(costs, len(submissions))
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))
    return lines


def _ours(course: Path, workers: int) -> Cost:
    shutil.rmtree(course / "autograded", ignore_errors=True)
    shutil.copy(ROOT / "gradebook.db", course / "gradebook.db")
    command = [sys.executable, "-m", "autograder.cli", "--root", str(course), "autograde", "--workers", str(workers)]
    return _timed([command])


def _plain(course: Path, at_once: int) -> Cost:
    """nbgrader with none of our steps: its own kernels, its own autograder, the same cells and hidden tests."""
    folder = SCRATCH / f"plain-{at_once}"
    plain_course(folder, CONFIG.replace("timeout = 15", "timeout = 600"))
    shutil.copytree(course / "submitted", folder / "submitted")
    verb = [sys.executable, "-m", "nbgrader", "autograde", assignment.NAME]
    if at_once == 1:
        return _timed([verb], folder)
    students = sorted(path.name for path in (folder / "submitted").iterdir())
    copies = [f"--CourseDirectory.db_url=sqlite:///{folder}/{student}.db" for student in students]
    for student in students:
        shutil.copy(folder / "gradebook.db", folder / f"{student}.db")  # SQLite lets one process write at a time
    return _timed([[*verb, f"--student={s}", copy] for s, copy in zip(students, copies, strict=True)], folder, at_once)


def _timed(commands: list[list[str]], folder: Path = ROOT, at_once: int = 1) -> Cost:
    """Run the commands, so many at a time; what they and all their children used."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HW2_DATA": str(ROOT / "data"), "OMP_NUM_THREADS": "1"}
    waiting, running = list(commands), []
    while waiting or running:
        while waiting and len(running) < at_once:
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            running.append(subprocess.Popen(waiting.pop(0), cwd=folder, env=environment, **quiet))
        running[0].wait() if at_once == 1 else time.sleep(0.05)
        running = [process for process in running if process.poll() is None]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(time.monotonic() - start, cpu, after.ru_maxrss / 1024)


def _floor(submissions: list[Path]) -> Cost:
    start = time.monotonic()
    cpu = sum(floor_of(submission) for submission in submissions)
    return Cost(time.monotonic() - start, cpu)


def _table(costs: dict[str, Cost], count: int) -> list[str]:
    first, floor = next(iter(costs.values())), costs["the floor: cells and tests once, warm"]
    lines = ["# Grading a class, side by side\n", f"{count} submissions of the sample class, {os.cpu_count()} cores."]
    lines += ["Made by `python -m sample_class.bench_class`.\n"]
    lines += [
        "| what | wall | a submission | CPU | throughput beside the first | CPU beside the floor |",
        "|---" * 6 + "|",
    ]
    for name, cost in costs.items():
        each, ratio, above = cost.wall / count, first.wall / cost.wall, cost.cpu / floor.cpu
        lines.append(f"| {name} | {cost.wall:.0f} s | {each:.1f} s | {cost.cpu:.0f} s | {ratio:.1f} | {above:.2f} |")
    return lines


if __name__ == "__main__":
    main()
