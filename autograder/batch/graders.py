"""The grading processes of one machine: a submission whose process dies is graded again by another one."""

import os
import subprocess
import sys
from multiprocessing import Pipe
from threading import Lock

from ..sandbox.own_folder import sweep
from ..sandbox.provisioner import KEEP_FREED
from .bundle import Course, Graded, Submission
from .last_words import LastWords

REPEATS = 3  # of one submission, after its process has died


class Died(RuntimeError):
    """The grading process is no more."""


class Grader:
    """One process, which grades one submission at a time; it ends with ours."""

    def __init__(self) -> None:
        self._channel, theirs = Pipe()
        argv = [sys.executable, "-m", f"{__package__}.worker", str(theirs.fileno())]
        self.process = subprocess.Popen(
            argv,
            env={**os.environ, **KEEP_FREED},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,  # goes on to our standard error; standard output is for what `hw2` itself says
            stderr=subprocess.STDOUT,
            pass_fds=[theirs.fileno()],
            process_group=0,  # Ctrl-C is for the run, which then ends its processes
        )
        theirs.close()
        self._said = LastWords(self.process)
        self._key = ""

    def grade(self, course: Course, submission: Submission) -> Graded:
        """The submission graded. Raises Died."""
        try:
            if self._key != course.key:
                self._channel.send(course)
                self._key = course.key
            self._channel.send(submission)
            graded = self._channel.recv()
        except (EOFError, OSError) as error:
            raise Died(self._said.how_it_ended()) from error
        assert isinstance(graded, Graded)
        return graded

    def end(self) -> None:
        """Kill the process, and remove what it has left."""
        self.process.kill()
        self.process.wait()
        sweep()


class Graders:
    """As many processes as are grading at once; made when they are needed, kept for the next submission."""

    def __init__(self) -> None:
        self._all: set[Grader] = set()
        self._idle: list[Grader] = []
        self._open, self._lock = True, Lock()

    def grade(self, course: Course, submission: Submission) -> Graded:
        """The submission graded, again if its process dies. May be called by many threads."""
        how = ""
        for _ in range(1 + REPEATS):
            grader = self._take()
            try:
                graded = grader.grade(course, submission)
            except Died as died:
                how = str(died)
                self._drop(grader)
                continue
            with self._lock:
                self._idle.append(grader)
            return graded
        return Graded(submission.student, f"its grading process died {1 + REPEATS} times: the last one {how}")

    def close(self) -> None:
        """End all processes, those that are grading too; nothing is started any more."""
        with self._lock:
            self._open = False
            for grader in self._all:
                grader.end()

    def _take(self) -> Grader:
        with self._lock:
            if not self._open:
                raise Died("the run is over")
            if self._idle:
                return self._idle.pop()
            grader = Grader()
            self._all.add(grader)
            return grader

    def _drop(self, grader: Grader) -> None:
        with self._lock:
            grader.end()
            self._all.discard(grader)
