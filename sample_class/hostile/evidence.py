"""What a hostile submission got at, read from a course folder after grading, ours or plain nbgrader's."""

import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import HTMLExporter
from nbgrader.api import Gradebook

from autograder import assignment

from .names import EVIDENCE

_TOLD = re.compile(EVIDENCE + r"\[([a-z][^\]\n]*)\]")
Marks = dict[tuple[str, str, str], tuple[Any, ...]]


def told(course: Path, student: str) -> list[str]:
    """What the submission could reach, as it printed it, or wrote it into a file below the course folder."""
    folder = course / "autograded" / student / assignment.NAME
    texts = [_outputs(path) for path in sorted(folder.glob("*.ipynb")) if not path.is_symlink()]
    texts += [path.read_text(errors="replace") for path in course.rglob("evidence.txt") if student in path.parts]
    return sorted({what for text in texts for what in _TOLD.findall(text)})


def _outputs(path: Path) -> str:
    try:
        cells = nbformat.read(path, 4).cells
    except Exception:  # a notebook that was spoilt tells nothing
        return ""
    return "\n".join(str(output).replace("\\n", "\n") for cell in cells for output in cell.get("outputs", []))


def probed(course: Path, student: str) -> bool:
    """True when the attack came to its end in the graded run."""
    folder = course / "autograded" / student / assignment.NAME
    return any("PROBED" in _outputs(path) for path in folder.glob("*.ipynb"))


def scripts(course: Path, student: str, notebook: str) -> list[str]:
    """A sentence when code of the student's would run in the browser of whoever reads the graded notebook."""
    path = course / "autograded" / student / assignment.NAME / f"{notebook}.ipynb"
    if not path.exists():
        return []
    page = _Page()
    page.feed(HTMLExporter().from_filename(str(path))[0])
    return ["runs a script in the browser of the TA"] if page.runs else []


class _Page(HTMLParser):
    """Looks for the marker of our scripts in places where a browser runs it."""

    def __init__(self) -> None:
        super().__init__()
        self.runs, self._in_script = False, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_script = tag == "script"
        self.runs |= any(
            "hw2Evidence" in (value or "")
            and (name.startswith("on") or (value or "").strip().startswith("javascript:"))
            for name, value in attrs
        )

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def handle_data(self, data: str) -> None:
        self.runs |= self._in_script and "hw2Evidence" in data


def marks(course: Path) -> Marks:
    """(student, notebook, cell) -> all that the gradebook says of it."""
    found: Marks = {}
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        for submission in gradebook.assignment_submissions(assignment.NAME):
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    key = (submission.student_id, notebook.name, grade.name)
                    found[key] = (grade.auto_score, grade.manual_score, grade.needs_manual_grade)
                for comment in notebook.comments:
                    key = (submission.student_id, notebook.name, f"comment {comment.name}")
                    found[key] = (comment.auto_comment, comment.manual_comment)
    return found


def changed_marks(before: Marks, after: Marks, student: str) -> list[str]:
    """A sentence when marks of others are not what they were."""
    changed = {key for key in before if key[0] != student and after.get(key) != before[key]}
    others = len({key[0] for key in changed})
    return [f"changed {len(changed)} marks of {others} other students"] if changed else []


def hashes(course: Path, without: set[str]) -> dict[str, str]:
    """Path -> digest of every file below the course folder, but for paths that hold a name in `without`."""
    return {
        str(path.relative_to(course)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(course.rglob("*"))
        if path.is_file() and not path.is_symlink() and not without & set(path.relative_to(course).parts)
    }


def changed_files(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """A sentence when files that are not the submission's own are not what they were."""
    changed = [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)]
    return [f"changed {len(changed)} files of others, such as {min(changed)}"] if changed else []
