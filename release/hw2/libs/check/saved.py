"""A notebook as it was last saved, read whatever its metadata says."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Cell:
    """One cell. id: nbgrader's, else the notebook's own; is_marked: it is nbgrader's. rest: bytes without outputs."""

    id: str
    type: str
    source: str
    own_id: str = ""
    is_marked: bool = True
    has_outputs: bool = False
    rest: int = 0
    attachments: dict[str, Any] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The first line of the cell, by which a student finds it."""
        first = next((line.strip() for line in self.source.splitlines() if line.strip()), "")
        return f'"{first[:60]}{"..." if len(first) > 60 else ""}"'


def read_cells(path: Path) -> list[Cell] | None:
    """The cells of a notebook file; None when it is no notebook."""
    try:
        raw = json.loads(path.read_bytes().decode("utf-8-sig"))
        if isinstance(raw.get("worksheets"), list):
            import nbformat

            raw = nbformat.convert(nbformat.from_dict(raw), 4)
        return [_cell(cell) for cell in raw["cells"]]
    except Exception:  # whatever is wrong with the bytes, the answer is the same: this is no notebook
        return None


def _cell(raw: dict[str, Any]) -> Cell:
    source, own = raw.get("source", ""), str(raw.get("id") or "")
    found = ((raw.get("metadata") or {}).get("nbgrader") or {}).get("grade_id")
    return Cell(
        id=str(found or own),
        type=str(raw.get("cell_type")),
        source="".join(source) if isinstance(source, list) else str(source),
        own_id=own,
        is_marked=bool(found),
        has_outputs=bool(raw.get("outputs")),
        rest=len(json.dumps({key: value for key, value in raw.items() if key != "outputs"})),
        attachments=raw.get("attachments") or {},
    )
