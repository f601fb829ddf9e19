"""The hostile class through plain nbgrader, nothing of ours in force, each in a sandbox around the whole grader."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry

from autograder import assignment

from ..course import ROOT
from ..pack import files_of
from . import evidence
from .innocents import INNOCENTS, enter_graded
from .names import CANARY
from .outer_sandbox import run_inside
from .submission import Hostile

SECONDS = 90.0
CONFIG = """
import os
c = get_config()
c.CourseDirectory.course_id = "plain"
c.CourseDirectory.root = os.path.dirname(os.path.abspath(__file__))
c.Autograde.exclude_overwriting = {"hw2": ["fully_connected_networks.py"]}
c.Execute.timeout = 15
"""


@dataclass
class Plain:
    """What plain nbgrader made of a submission. points: None when there is no score."""

    points: float | None
    why: str = ""
    evidence: list[str] = field(default_factory=list)


def base_course(folder: Path) -> Path:
    """A course folder for plain nbgrader with two students who were graded some time ago."""
    plain_course(folder, CONFIG)
    for innocent in INNOCENTS:
        for step in ("submitted", "autograded"):
            _lay(innocent, folder / step, assignment.PRACTICALS)
    enter_graded(folder)
    return folder


def plain_course(folder: Path, config: str) -> None:
    """A course folder for plain nbgrader with nobody in it, made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copytree(ROOT / "source", folder / "source", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "nbgrader_config.py").write_text(config)
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", assignment.NAME]
    environment = {**os.environ, "PATH": f"{sys.prefix}/bin:{os.environ['PATH']}"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"plain nbgrader cannot make the assignment:\n{done.stdout}{done.stderr}")


def grade_plainly(hostile: Hostile, base: Path, course: Path) -> Plain:
    """What plain nbgrader gives the submission; `course` is made for it and removed again."""
    shutil.rmtree(course, ignore_errors=True)
    shutil.copytree(base, course)
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(hostile.plain + "\n")
    _lay(hostile, course / "submitted", (hostile.alone,))
    own = {hostile.number, "gradebook.db", "seen.json", ".nbgrader.log", "__pycache__"}
    before, files = evidence.marks(course), evidence.hashes(course, own)
    command = [sys.executable, "-m", "sample_class.hostile.plain_inside", hostile.number, hostile.alone]
    log = course.with_suffix(".log")
    seconds = 5 * SECONDS if hostile.plain else SECONDS  # a solution that is graded takes its time
    stopped = run_inside([*command, str(hostile.waits)], course, _environment(), seconds, log)
    try:
        return _result(hostile, course, stopped, before, files)
    finally:
        shutil.rmtree(course, ignore_errors=True)


def _lay(hostile: Hostile, step: Path, notebooks: tuple[str, ...]) -> None:
    """The student's files exactly as they wrote them: the notebooks named, and whatever is no notebook of ours."""
    for path, data in files_of(ROOT, hostile.as_student()).items():
        stem, ending = os.path.splitext(path)
        if ending != ".ipynb" or stem in notebooks:
            target = step / hostile.number / assignment.NAME / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)


def _environment() -> dict[str, str]:
    return {
        "PATH": f"{sys.prefix}/bin:/usr/local/bin:/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
        "HOME": "/tmp/home",
        "LANG": "C.UTF-8",
        "JUPYTER_RUNTIME_DIR": "/tmp/home/.local/share/jupyter/runtime",
        "HW2_DATA": str(ROOT / "data"),
        "OMP_NUM_THREADS": "1",
        CANARY.replace("-", "_"): CANARY,
    }


def _result(hostile: Hostile, course: Path, stopped: str, before: evidence.Marks, files: dict[str, str]) -> Plain:
    seen = json.loads((course / "seen.json").read_text()) if (course / "seen.json").exists() else None
    found = evidence.told(course, hostile.number) + (seen["seen"] if seen else [])
    if hostile.threat == "B scripts":
        found += evidence.scripts(course, hostile.number, hostile.alone)
    own = {hostile.number, "gradebook.db", "seen.json", ".nbgrader.log", "__pycache__"}
    found += evidence.changed_marks(before, evidence.marks(course), hostile.number)
    found += evidence.changed_files(files, evidence.hashes(course, own))
    found = sorted(set(found))
    if stopped:
        return Plain(None, stopped, found)
    if seen is None:
        return Plain(None, "the whole run was killed", found)
    if seen["exit"]:
        return Plain(None, "the run failed", found)
    return Plain(_points(course, hostile), "", found)


def _points(course: Path, hostile: Hostile) -> float | None:
    """The points of the notebook's tests, as the gradebook has them."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        try:
            entry = gradebook.find_submission_notebook(hostile.alone, assignment.NAME, hostile.number)
        except MissingEntry:
            return None
        grades = [grade for grade in entry.grades if grade.cell_type == "code"]
        return sum(g.auto_score or 0.0 if g.manual_score is None else g.manual_score for g in grades)
