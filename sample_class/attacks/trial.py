"""A round of attacks through the real grader, beside two honest students, held against what each deserves."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from autograder import assignment
from autograder.batch.run import LOGS, autograde
from autograder.report.class_marks import records_of
from autograder.stages import run
from autograder.visible import visible

from ..course import collected_course
from ..hostile.evidence import Marks, marks, scripts
from ..hostile.innocents import INNOCENTS
from .attack import Attack


@dataclass
class Outcome:
    """What an attack got. seconds: from the moment that a worker was free for it to its end; faults: [] when all is
    as it should be."""

    attack: Attack
    got: float
    held: int
    seconds: float
    remarks: list[str]
    faults: list[str] = field(default_factory=list)


def tried(course: Path, attacks: Sequence[Attack], workers: int) -> tuple[list[Outcome], list[str]]:
    """The outcomes, and what went wrong with the honest ones. A course that is there is graded on from where it was."""
    students = [innocent.as_student() for innocent in INNOCENTS]
    if not (course / "submitted").exists():
        collected_course(course, [*students, *(attack.as_student() for attack in attacks)])
    begin = (course / "submitted").stat().st_mtime
    problems = autograde(course, workers=workers)
    for attack in attacks:
        if attack.also.get("unseen"):  # a page takes seconds
            run(course, "generate_feedback", "--force", f"--student={attack.number}", silent=True)
    entered, took = marks(course), _seconds(course, begin, workers)
    outcomes = [_outcome(course, attack, entered, took.get(attack.number, 0.0)) for attack in attacks]
    return outcomes, [f"{number}: {why}" for number, why in problems.items()] + _honest(course)


def _outcome(course: Path, attack: Attack, entered: Marks, seconds: float) -> Outcome:
    records = records_of(course / "autograded" / attack.number / assignment.NAME)
    record = next((record for record in records if record.notebook == attack.notebook), None)
    if record is None:
        return Outcome(attack, 0.0, 0, seconds, [], ["it was not graded"])
    got = sum(result.points or 0.0 for result in record.results)
    held = [result for result in record.results if entered[attack.number, attack.notebook, result.id][2]]
    outcome = Outcome(attack, got, len(held), seconds, record.remarks)
    if not attack.least <= got <= attack.most:
        outcome.faults.append(f"got {got:g}")
    outcome.faults += [
        f"{result.id} could not run: {result.message}" for result in record.results if result.points is None
    ]
    if bool(held) != bool(attack.also.get("held", False)):
        outcome.faults.append(f"{len(held)} tests wait for a person")
    if seconds > attack.also.get("seconds", 1800):
        outcome.faults.append(f"it took {seconds:.0f} s")
    return _shown(course, attack, outcome)


def _shown(course: Path, attack: Attack, outcome: Outcome) -> Outcome:
    """What a browser and a terminal are shown of it."""
    folder = course / "feedback" / attack.number / assignment.NAME
    pages = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.html"))}
    unseen = attack.also.get("unseen", ())
    outcome.faults += [f"{name} shows {text!r}" for name, page in pages.items() for text in unseen if text in page]
    outcome.faults += ["it has no feedback"] if unseen and not pages else []
    outcome.faults += scripts(course, attack.number, attack.notebook)
    outcome.faults += [f"a remark acts: {remark!r}" for remark in outcome.remarks if visible(remark) != remark]
    return outcome


def _seconds(course: Path, begin: float, workers: int) -> dict[str, float]:
    """How long each took: graded in the order of their numbers, each as soon as a worker is free."""
    ended = {path.stem: path.stat().st_mtime for path in (course / LOGS).glob("*.log")}
    ends = sorted(ended.values())
    starts = [begin] * workers + ends
    return {number: ended[number] - start for number, start in zip(sorted(ended), starts, strict=False)}


def _honest(course: Path) -> list[str]:
    """What is not as it must be of the honest students."""
    faults = []
    for innocent in INNOCENTS:
        results = {
            f"{record.notebook}/{result.id}": result
            for record in records_of(course / "autograded" / innocent.number / assignment.NAME)
            for result in record.results
        }
        earned = {name for name, result in results.items() if result.points}
        deserved = {name for name in results if any(fnmatch(name, pattern) for pattern in innocent.earns)}
        faults += [f"honest {innocent.number}: {name}" for name in sorted(earned ^ deserved)]
        faults += [] if results else [f"honest {innocent.number} was not graded"]
    return faults
