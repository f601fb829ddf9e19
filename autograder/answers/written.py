"""The cells of a submitted notebook as they were written, however damaged the file is."""

import functools
import json
from dataclasses import dataclass, field
from typing import Any

import nbformat


@dataclass(frozen=True)
class Written:
    """One cell of a submitted notebook, whatever its metadata says. id: nbgrader's, else the notebook's own."""

    id: str | None
    cell_type: str
    source: str
    attachments: dict[str, Any] = field(default_factory=dict)
    cell_id: str | None = None
    is_marked: bool = True  # nbgrader's data are there


def read_cells(data: bytes) -> list[Written] | None:
    """The cells of a notebook file of any version and encoding of JSON; None when it is no notebook."""
    return _read(data)[0]


def behind_end(data: bytes) -> int:
    """How many characters stand behind the end of a notebook, as a crash or a syncing program leaves them there."""
    return _read(data)[1]


@functools.lru_cache(16)  # one submission is read, laid and compared
def _read(data: bytes) -> tuple[list[Written] | None, int]:
    try:
        raw, behind = loaded(data)
        if not isinstance(raw, dict):
            return None, 0
        if isinstance(raw.get("worksheets"), list):
            raw = nbformat.convert(nbformat.from_dict(raw), 4)
        return [_written(cell) for cell in raw["cells"] if isinstance(cell, dict)], behind
    except Exception:  # whatever is wrong with the bytes, the answer is the same: this is no notebook
        return None, 0


def loaded(data: bytes) -> tuple[Any, int]:
    """The JSON that a file begins with, and how many characters stand behind it; raises what json.loads raises."""
    try:
        return json.loads(data), 0
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            raise
        return json.loads(error.doc[: error.pos]), len(error.doc) - error.pos


def _written(cell: Any) -> Written:
    source = cell.get("source", "")
    text = "".join(map(str, source)) if isinstance(source, list) else str(source)
    metadata = cell.get("metadata") if isinstance(cell.get("metadata"), dict) else {}
    nbgrader = metadata.get("nbgrader")
    found = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    text = text.encode("utf-8", "replace").decode()  # a lone surrogate could not be written again
    own = str(cell.get("id") or metadata.get("id") or "") or None  # where Colab keeps it
    return Written(str(found or "") or own, str(cell.get("cell_type")), text, _pictures(cell), own, bool(found))


def _pictures(cell: Any) -> dict[str, Any]:
    """The pictures pasted into a cell; they are looked at before they are shown."""
    found = cell.get("attachments")
    return found if isinstance(found, dict) and cell.get("cell_type") == "markdown" else {}
