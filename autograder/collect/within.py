"""The module that came inside a notebook: as a cell that writes it, or as cells that are its text."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from ..answers.written import Written

_WRITES = re.compile(r"\s*%%(?:writefile|file)[ \t]+(?:(?P<more>-a|--append)[ \t]+)?[\"']?(?P<path>[^\"'\r\n]+\.py)\b")


def written_modules(cells: Sequence[Written]) -> dict[str, str]:
    """Path -> text of the .py files that cells write, as running them would leave them; what is written last, last."""
    found: dict[str, str] = {}
    for cell in cells:
        writes = _WRITES.match(cell.source) if cell.cell_type == "code" else None
        if writes:
            text, path = cell.source[writes.end() :].partition("\n")[2] + "\n", str(PurePosixPath(writes["path"]))
            before = found.pop(path, "")
            found[path] = before + text if writes["more"] else text
    return found


def text_of_cells(cells: Sequence[Written]) -> str:
    """The code of all cells, one below the other."""
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "code") + "\n"
