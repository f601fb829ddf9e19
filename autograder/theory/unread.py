"""What of an upload was not read, for the marker beside the pages and for the student in the feedback."""

import json
from pathlib import Path

from .. import assignment
from ..collect.contents import NOT_READ
from ..collect.fates import read_fates
from ..collect.publish import REMARKS
from ..result import RECORDS, read_record
from ..visible import escape
from .draw import WRITTEN_ANSWERS

_NOT_COUNTED = ("as unanswered", "not marked")
_FOR_A_PERSON = "; ask for the file and collect it again"


def not_read(submitted: Path) -> list[str]:
    """The files that collecting did not read, each with the reason and what to do."""
    return [remark.removeprefix(NOT_READ) for remark in _collected(submitted) if remark.startswith(NOT_READ)]


def told(submitted: Path, graded: Path, notebook: str) -> list[str]:
    """All that a student has to know of it on the page of a notebook; nothing that is said of other students."""
    own = (f"{notebook}.ipynb", *([assignment.MODULE] if notebook == assignment.MODULE_NOTEBOOK else []))
    remarks = [remark for remark in _collected(submitted) if remark.startswith(own)]
    uncounted = [remark for remark in remarks if any(words in remark for words in _NOT_COUNTED)]
    record = graded / RECORDS / f"{notebook}.json"
    seen = read_record(record).remarks if record.is_file() else []
    pages = [remark for remark in seen if remark.startswith(WRITTEN_ANSWERS)]
    return [*not_read(submitted), *(remark.removesuffix(_FOR_A_PERSON) for remark in uncounted), *pages]


def became(submitted: Path) -> list[str]:
    """What became of each file that the student sent."""
    return [str(fate) for fate in read_fates(submitted)]


def listed(lines: list[str]) -> str:
    """The lines as HTML, in which names of files are nothing but text, and no empty line begins Markdown again."""
    items = "".join(f'<li dir="auto">{escape(" ".join(line.split()))}</li>' for line in lines)
    return f"<ul>{items}</ul>" if lines else ""


def _collected(submitted: Path) -> list[str]:
    """What collecting remarked; nothing when a person put the submission there."""
    path = submitted / REMARKS
    found = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    return [str(remark) for remark in found]
