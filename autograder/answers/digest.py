"""What a notebook's marks rest on: the submitted bytes, so that an unchanged submission is not graded again."""

import hashlib
from pathlib import Path

from .. import assignment


def digest(submitted: Path, notebook: str) -> str:
    """The SHA-256 of the submitted notebook, with the module or the written pages that belong to it."""
    paths = [submitted / f"{notebook}.ipynb"]
    if notebook == assignment.MODULE_NOTEBOOK:
        paths.append(submitted / assignment.MODULE)
    if notebook == assignment.WRITTEN:
        paths += sorted((submitted / assignment.WRITTEN_PAGES).glob("*"))
    found = hashlib.sha256()
    for path in paths:
        data = path.read_bytes() if path.is_file() else b""
        found.update(len(data).to_bytes(8, "big") + data)
    return found.hexdigest()
