"""What the student calls each file of written answers, whose names in a submission are ours."""

import json
from pathlib import Path

from ..harmless.text import printable

CALLED = "names.json"  # beside the files
_LONGEST = 120


def write_called(folder: Path, names: dict[str, str]) -> None:
    """Note our name -> the student's, with its path in the upload."""
    (folder / CALLED).write_text(json.dumps(names, indent=1, ensure_ascii=False), encoding="utf-8")


def read_called(folder: Path) -> dict[str, str]:
    """Our name -> the student's as it can be shown; nothing for a folder that collecting has not written."""
    try:
        found = json.loads((folder / CALLED).read_bytes())
        return {str(ours): _short(str(theirs)) for ours, theirs in found.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def _short(name: str) -> str:
    """On one line, its end kept: there is the name, before it are folders."""
    text = " ".join(printable(name).split())
    return text if len(text) <= _LONGEST else f"...{text[-_LONGEST:]}"
