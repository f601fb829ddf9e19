"""What a notebook's marks rest on: the submitted bytes, so that an unchanged submission is not graded again."""

import hashlib
from pathlib import Path

from .. import assignment


def digest(submitted: Path, notebook: str) -> str:
    """The SHA-256 of the submitted notebook, with the module for the notebook that tests it."""
    names = [f"{notebook}.ipynb"] + ([assignment.MODULE] if notebook == assignment.MODULE_NOTEBOOK else [])
    found = hashlib.sha256()
    for path in (submitted / name for name in names):
        data = path.read_bytes() if path.is_file() else b""
        found.update(len(data).to_bytes(8, "big") + data)
    return found.hexdigest()
