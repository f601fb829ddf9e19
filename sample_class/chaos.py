"""Kills what a run of grading is made of at random moments, until it is done, and compares with an undisturbed run.

python -m sample_class.chaos [--submissions 100] [--seed 1] [--every 30] [--kills 40] [--local] [--sqlite] [--cheap]
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder.batch.run import autograde, submitted
from autograder.release.generate import generate

from .course import ROOT, collected_course
from .servers import Dask, Postgres, graders_below, kill
from .state import differences, gradebook_of, records_of_class
from .students import STUDENTS, Student

CHEAP = "untouched hand-out"  # the situation that is graded in seconds
_MOST_STARTS = 3  # without a kill between them: something is wrong when it needs more
_MOMENT = 0.2


@dataclass
class Night:
    """A run in `course`, with servers of its own where given, and what has been done to it."""

    course: Path
    workers: int
    dask: Dask | None
    postgres: Postgres | None
    killed: Counter[str] = field(default_factory=Counter)
    starts: int = 0
    undisturbed: int = 0  # starts since the last kill

    def start(self) -> None:
        """Start `hw2 autograde`, for the first time or again."""
        self.starts += 1
        self.undisturbed += 1
        if self.undisturbed > _MOST_STARTS:
            raise RuntimeError(f"it ended {_MOST_STARTS} times with nothing killed; see {self.course / 'chaos.log'}")
        where = ["--scheduler", self.dask.address] if self.dask else ["--workers", str(self.workers)]
        command = [sys.executable, "-m", "autograder.cli", "--root", str(self.course), "autograde", *where]
        with (self.course / "chaos.log").open("a") as log:
            self.writer = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=ROOT)

    def done(self) -> bool:
        """Whether all is graded; starts again what has ended before that."""
        for at, worker in enumerate(self.dask.workers if self.dask else []):
            if worker.poll() is not None:  # workers end with their scheduler
                self.dask.restart_worker(at)
        code = self.writer.poll()
        if code not in (None, 0):
            self.start()
        return code == 0

    def victims(self) -> dict[str, Callable[[random.Random], bool]]:
        """What can be killed, by name; each kills one, starts it again where nobody else does, and says whether."""
        found = {"grading process": self._kill_grader, "writer": self._kill_writer}
        if self.dask:
            found |= {"worker": self._kill_worker, "scheduler": self._kill_scheduler}
        if self.postgres:
            found["PostgreSQL"] = self._kill_postgres
        return found

    def _kill_grader(self, rng: random.Random) -> bool:
        above = [worker.pid for worker in self.dask.workers] if self.dask else [self.writer.pid]
        graders = [pid for worker in above for pid in graders_below(worker)]
        if graders:
            os.kill(rng.choice(graders), signal.SIGKILL)
        return bool(graders)

    def _kill_writer(self, rng: random.Random) -> bool:
        kill(self.writer)
        return True

    def _kill_worker(self, rng: random.Random) -> bool:
        kill(rng.choice(self.dask.workers))
        return True

    def _kill_scheduler(self, rng: random.Random) -> bool:
        kill(self.dask.scheduler)
        self.dask.start_scheduler()
        return True

    def _kill_postgres(self, rng: random.Random) -> bool:
        self.postgres.kill()
        self.postgres.start()
        return True


def disturb(night: Night, rng: random.Random, every: float, most: int) -> None:
    """Run to the end, killing one thing every so many seconds on average, each kind equally often."""
    kinds = _shuffled(list(night.victims()), rng)
    night.start()
    due = time.monotonic() + rng.expovariate(1 / every)
    while not night.done():
        time.sleep(_MOMENT)
        if time.monotonic() < due or night.killed.total() == most:
            continue
        kind = next(kinds)
        while not night.victims()[kind](rng) and not night.done():
            time.sleep(_MOMENT)  # the moment for it has not come yet
        night.killed[kind] += 1
        night.undisturbed = 0
        due = time.monotonic() + rng.expovariate(1 / every)


def _shuffled(kinds: list[str], rng: random.Random) -> Iterator[str]:
    while True:
        yield from rng.sample(kinds, len(kinds))


def many(number: int, cheap: bool) -> list[Student]:
    """This many of the sample class's students, in turn, under new numbers."""
    graded = [student for student in STUDENTS if student.is_graded and (student.situation == CHEAP or not cheap)]
    numbers = [str(403000001 + at) for at in range(number)]
    return [replace(graded[at % len(graded)], number=new, upload=f"HW2-{new}.zip") for at, new in enumerate(numbers)]


def compare(folder: Path, options: argparse.Namespace) -> tuple[Night, list[str]]:
    """The disturbed run, and what it left otherwise than an undisturbed run of the same class."""
    calm = collected_course(folder / "calm", many(options.submissions, options.cheap))
    if len(submitted(calm)) != options.submissions:
        raise RuntimeError(f"not all of the class was collected; see {calm / 'logs' / 'zip_collect.log'}")
    course = folder / "chaos"
    shutil.rmtree(course, ignore_errors=True)
    shutil.copytree(calm, course, symlinks=True)
    if problems := autograde(calm, workers=options.workers, silent=options.silent):
        raise RuntimeError(f"not graded in the undisturbed run: {problems}")
    with ExitStack() as stack:
        dask = None if options.local else Dask(folder, options.workers)
        stack.callback(dask.close if dask else lambda: None)
        postgres = None if options.sqlite else Postgres()
        if postgres:
            stack.callback(postgres.close)
            use_database(course, postgres.url)
        night = Night(course, options.workers, dask, postgres)
        stack.callback(lambda: kill(night.writer))
        disturb(night, random.Random(options.seed), options.every, options.kills)
        found = differences(gradebook_of(calm), gradebook_of(course))
    return night, found + differences(records_of_class(calm), records_of_class(course))


def use_database(course: Path, url: str) -> None:
    """Let the course keep its gradebook there, with the assignment's entry in it."""
    (course / "gradebook.db").unlink()
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f'\nc.CourseDirectory.db_url = "{url}"\n')
    generate(course, url)


def options(words: list[str] | None = None) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="python -m sample_class.chaos", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--submissions", type=int, default=100)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=float, default=30, help="seconds between two kills, on average")
    parser.add_argument("--kills", type=int, default=40, help="at most")
    parser.add_argument("--local", action="store_true", help="this machine's processes instead of Dask")
    parser.add_argument("--sqlite", action="store_true", help="instead of PostgreSQL")
    parser.add_argument("--cheap", action="store_true", help="only submissions that are graded in seconds")
    parser.add_argument("--silent", action="store_true")
    return parser.parse_args(words)


def main() -> int:
    """Run it in scratch/chaos and say what was found; 1 when anything differs."""
    start = time.monotonic()
    folder = ROOT / "scratch" / "chaos"
    folder.mkdir(parents=True, exist_ok=True)
    chosen = options()
    night, found = compare(folder, chosen)
    killed = ", ".join(f"{kind} {times}" for kind, times in sorted(night.killed.items())) or "nothing"
    print(f"{chosen.submissions} submissions; killed: {killed}; hw2 autograde was started {night.starts} times")
    print("\n".join(found) or "The same gradebook and the same records as undisturbed.")
    print(f"{time.monotonic() - start:.0f} s")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
