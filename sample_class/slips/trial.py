"""One submission with its slips: looked at before packing, packed, collected and graded."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from autograder import assignment, grading
from autograder.release.pack import pack
from autograder.report.class_marks import records_of, remarks_of
from autograder.result import PASSED

from ..course import ROOT, make_course
from ..pack import files_of
from ..students import Student
from .catalogue import SUBMISSIONS, start

# Runs the look as `python -m libs.check` does, and keeps what it found of each test and section.
_LOOK = """
import json, sys
from pathlib import Path
from libs.check import checking
found = {"tests": {}, "raised": {}}
class Judge(checking.Judge):
    def judge(self, ran):
        judged, name = super().judge(ran), self._matched.file.removesuffix(".ipynb")
        ids = dict.fromkeys(each.entry.id for each in ran if each.entry and each.entry.role == "test")
        states = {f"{name}/{id}": check.state for id, check in zip(ids, judged.checks, strict=True)}
        found["tests"].update(states)
        found["raised"][name] = list(judged.raised)
        return judged
checking.Judge = Judge
print(checking.check(Path.cwd()).outcome)
Path(sys.argv[1]).write_text(json.dumps(found))
"""
_KEPT = "tried.json"
_PACK = "import sys; from libs.packing import pack; pack(sys.argv[1], sys.argv[2], run=False)"


@dataclass(frozen=True)
class Tried:
    """said: the report before packing; before: test -> its state then; raised: notebook -> sections, likewise.

    remarks: of the grader; lost: test -> (points, section, message).
    """

    said: str
    before: dict[str, str]
    raised: dict[str, list[str]]
    remarks: list[str] = field(default_factory=list)
    lost: dict[str, tuple[float, str, str]] = field(default_factory=dict)


def tried(scratch: Path, place: int) -> Tried:
    """What became of a submission of SUBMISSIONS, kept in the folder for `kept`."""
    shutil.rmtree(scratch, ignore_errors=True)
    edits = (start, *(edit for slip in SUBMISSIONS[place] for edit in slip.edits))
    student = Student(f"40210019{place}", "Sara Ahmadi", "slips", f"HW2-Sara Ahmadi-40210019{place}.zip", edits)
    folder = _folder(scratch, pack(ROOT), student)
    looked = _look(folder)
    course = make_course(scratch / "course", [replace(student, sent_as=_packed(folder, student))])
    grading.collect(course)
    grading.autograde(course)
    found = _graded(course, student, looked)
    (scratch / _KEPT).write_text(json.dumps(asdict(found), indent=1), encoding="utf-8")
    return found


def kept(scratch: Path) -> Tried | None:
    """What was found when the submission was tried last; None when it never was."""
    path = scratch / _KEPT
    return Tried(**json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None


def _folder(place: Path, packed: Path, student: Student) -> Path:
    """The hand-out, unpacked, with what the student wrote."""
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(place)
    for name, data in files_of(ROOT, student).items():
        (place / "HW2" / name).write_bytes(data)
    return place / "HW2"


def _look(folder: Path) -> Tried:
    kept = folder.parent / "found.json"
    said = _python(folder, _LOOK, str(kept))
    found = json.loads(kept.read_text(encoding="utf-8"))
    return Tried(said, found["tests"], found["raised"])


def _packed(folder: Path, student: Student) -> bytes:
    _python(folder, _PACK, student.name, student.number)
    return (folder / student.upload).read_bytes()


def _python(folder: Path, code: str, *words: str) -> str:
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "HW2_DATA")}
    command = [sys.executable, "-c", code, *words]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise RuntimeError(f"the look before packing failed in {folder}: {done.stderr[-2000:]}")
    return done.stdout


def _graded(course: Path, student: Student, looked: Tried) -> Tried:
    submitted, autograded = (course / step / student.number / assignment.NAME for step in ("submitted", "autograded"))
    lost = {
        f"{record.notebook}/{result.id}": (result.max_points, result.section, result.message)
        for record in records_of(autograded)
        for result in record.results
        if result.state != PASSED
    }
    return Tried(looked.said, looked.before, looked.raised, remarks_of(submitted, autograded), lost)
