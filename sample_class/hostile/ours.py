"""The hostile class through this grader: what each submission got, and everything that is not as it must be."""

import os
import shutil
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from autograder import assignment
from autograder.batch.run import autograde
from autograder.report.class_marks import records_of, remarks_of
from autograder.result import Result
from autograder.stages import run
from autograder.visible import visible

from ..course import ROOT, make_course
from ..pack import write_class
from . import evidence
from .innocents import GRADED_BEFORE, GRADED_BESIDE, mark_by_hand
from .names import CANARY, PORT
from .submission import Hostile
from .traces import left_behind, planted

_PROBES = ("B reads", "B writes", "B outlives", "B kernel")


@dataclass
class Outcome:
    """What a submission deserves and got, in points of the notebook it is about, and what is wrong with that."""

    deserved: float
    got: float
    at_stake: float
    faults: list[str] = field(default_factory=list)


@dataclass
class Graded:
    """Outcomes by student number; faults: of the class as a whole."""

    outcomes: dict[str, Outcome]
    faults: list[str]


def grade_class(folder: Path, hostile: Sequence[Hostile], workers: int, silent: bool = True) -> Graded:
    """Collect and autograde the hostile class beside two innocent students in `folder`/course, and look around."""
    course = _graded_before(folder / "course")
    marks = evidence.marks(course)
    class_ = [GRADED_BEFORE, GRADED_BESIDE, *hostile]
    _upload(course, class_)
    graded_now = {student.number for student in (*hostile, GRADED_BESIDE)}
    without = {"gradebook.db", "logs", ".grading", "__pycache__", ".nbgrader.log", *graded_now}
    files = evidence.hashes(course, without)
    with _reachable(folder) as connections:
        problems = autograde(course, workers=workers, silent=silent)
    faults = [f"{number} was not graded: {problem}" for number, problem in problems.items()]
    faults += left_behind() + planted(folder, course, course / "autograded") + connections
    faults += evidence.changed_files(files, evidence.hashes(course, without))
    after = evidence.marks(course)
    faults += [f"{key} was {marks[key]} and is {after.get(key)}" for key in marks if after.get(key) != marks[key]]
    return Graded({student.number: judge(course, student, after) for student in class_}, faults)


def _graded_before(course: Path) -> Path:
    """A course in which one innocent student has been graded, and marked by a person."""
    make_course(course, [GRADED_BEFORE.as_student()])
    if run(course, "zip_collect", silent=True) or autograde(course, workers=1, silent=True):
        raise RuntimeError(f"an innocent student could not be graded; see {course / 'logs'}")
    mark_by_hand(course, GRADED_BEFORE.number)
    return course


def _upload(course: Path, class_: Sequence[Hostile]) -> None:
    shutil.rmtree(course / "downloaded")
    write_class(ROOT, course, [student.as_student() for student in class_])
    if run(course, "zip_collect", silent=True):
        raise RuntimeError(f"the uploads could not be collected; see {course / 'logs' / 'zip_collect.log'}")


@contextmanager
def _reachable(folder: Path) -> Iterator[list[str]]:
    """What nobody may reach while the class is graded: a file, a variable, another kernel's key, a service."""
    runtime = folder / "runtime"
    runtime.mkdir(exist_ok=True)
    (runtime / "kernel-of-another.json").write_text('{"key": "secret"}')
    canaries = (folder / CANARY, Path("/tmp") / CANARY)
    for canary in canaries:
        canary.write_text("secret")
    secret = {CANARY.replace("-", "_"): CANARY, "JUPYTER_RUNTIME_DIR": str(runtime)}
    before = {name: os.environ.get(name) for name in secret}
    os.environ.update(secret)
    connections: list[str] = []
    with socket.create_server(("127.0.0.1", PORT)) as server:
        threading.Thread(target=_accept, args=(server, connections), daemon=True).start()
        try:
            yield connections
        finally:
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})
            canaries[1].unlink(missing_ok=True)
            server.shutdown(socket.SHUT_RDWR)


def _accept(server: socket.socket, connections: list[str]) -> None:
    while True:
        try:
            server.accept()[0].close()
        except OSError:
            return
        connections.append("reached a service on this machine")


def judge(course: Path, student: Hostile, marks: evidence.Marks) -> Outcome:
    """Hold what a student got against what the work deserves."""
    folder = course / "autograded" / student.number / assignment.NAME
    results = {f"{r.notebook}/{result.id}": result for r in records_of(folder) for result in r.results}
    earned = {name for name, result in results.items() if result.points}
    deserved = {name for name in results if any(fnmatch(name, pattern) for pattern in student.earns)}
    faults = [f"{name} {_said(results[name])}, and deserves its points" for name in sorted(deserved - earned)]
    faults += [f"{name} passed, and deserves nothing" for name in sorted(earned - deserved)]
    faults += [f"{name} {_said(result)}" for name, result in results.items() if result.points is None]
    faults += _of_the_record(course, student, results, marks)
    faults += [f"it {what}" for what in evidence.told(course, student.number)]
    if student.threat == "B scripts":
        faults += [f"it {what}" for what in evidence.scripts(course, student.number, student.alone)]
    about = {name: result for name, result in results.items() if name.startswith(f"{student.alone}/")}
    points = {name: result.max_points for name, result in about.items()}
    return Outcome(
        sum(points[name] for name in deserved & set(points)),
        sum(result.points or 0 for result in about.values()),
        sum(points.values()),
        faults,
    )


def _of_the_record(course: Path, student: Hostile, results: dict[str, Result], marks: evidence.Marks) -> list[str]:
    """Faults in what is kept of the grading: checks, remarks, gradebook, and whether the attack was made at all."""
    remarks = remarks_of(*(course / step / student.number / assignment.NAME for step in ("submitted", "autograded")))
    faults = [f"{name} is not in the records" for name in sorted(_planned() - results.keys())]
    if not any(student.remark in remark for remark in remarks or [""]):
        faults.append(f"no remark says {student.remark!r}: {remarks}")
    said = [*remarks, *(result.message for result in results.values())]
    faults += [f"it says {text[:80]!r}, which acts on what shows it" for text in said if visible(text) != text]
    for name, result in results.items():
        entered, _, waits = marks.get((student.number, *name.split("/")), ("nothing", None, False))
        if entered != result.points:
            faults.append(f"{name} has {entered} in the gradebook and {result.points} in its record")
        if waits != any(fnmatch(name, pattern) for pattern in student.held) and student.threat != "innocent":
            faults.append(f"{name} {'waits' if waits else 'does not wait'} for a person: {result.held}")
    if student.threat in _PROBES and not student.remark and not evidence.probed(course, student.number):
        faults.append("its attack did not come to its end, so that this shows nothing")
    return faults


def _planned() -> set[str]:
    return {
        f"{name}/{check.id}"
        for name in assignment.NOTEBOOKS
        for check in assignment.checks(assignment.read(assignment.source_folder(ROOT) / f"{name}.ipynb"))
        if not check.by_hand
    }


def _said(result: Result) -> str:
    return f"{result.state} ({result.message[:160]})" if result.message else result.state
