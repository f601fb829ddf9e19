"""Writes libs/given.json into the release: what `python -m libs.check` holds a student's files against.

Everything in it is made from the released files, which hold no solution, no hidden test and no marking scheme.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from .. import assignment
from ..answers.module import Block, blocks
from ..answers.module_names import definitions
from ..stubs import strip_module

GIVEN = Path("libs") / "given.json"
DIGITS = "data"  # a folder that packing adds to the release
_LONGEST = 200  # characters of a cell's first line


class WriteGiven(NbGraderPreprocessor):
    """Notes each notebook as it is released."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Add what this notebook brings to the file; the notebook passes unchanged."""
        names, coursedir = resources["nbgrader"], self.parent.parent.coursedir
        release = Path(coursedir.format_path("release", names["student"], names["assignment"]))
        _add(release, Path(coursedir.root), {names["notebook"]: nb})
        return nb, resources


def write_given(root: Path) -> Path:
    """Write the file for a course folder whose release is there; return its path."""
    release = root / "release" / assignment.NAME
    (release / GIVEN).unlink(missing_ok=True)
    _add(release, root, {name: assignment.read(release / f"{name}.ipynb") for name in assignment.NOTEBOOKS})
    return release / GIVEN


def _add(release: Path, root: Path, notebooks: dict[str, NotebookNode]) -> None:
    path = release / GIVEN
    known = json.loads(path.read_text(encoding="utf-8"))["notebooks"] if path.is_file() else {}
    known |= {name: notebook_entry(notebook) for name, notebook in notebooks.items()}
    whole = {
        "notebooks": {name: known[name] for name in assignment.NOTEBOOKS if name in known},
        "module": module_entry(strip_module((release / assignment.MODULE).read_text(encoding="utf-8"))),
        "libs": {
            path.relative_to(release / "libs").as_posix(): digest_of_words(path.read_text(encoding="utf-8"))
            for path in sorted((release / "libs").rglob("*.py"))
        },
        "files": {path.name: _sha256(path.read_bytes()) for path in sorted((root / "theory").glob("questions-*.pdf"))},
        "beside": sorted({DIGITS, *(path.name for path in release.iterdir() if path.suffix != ".ipynb")}),
    }
    path.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def notebook_entry(notebook: NotebookNode) -> list[dict[str, Any]]:
    """The cells of a released notebook in order: a given one by the digest of its words, an answer by its stub."""
    titles = assignment.sections(notebook)
    return [_cell(cell, title) for cell, title in zip(notebook.cells, titles, strict=True)]


def _cell(cell: NotebookNode, section: str) -> dict[str, Any]:
    id, role = assignment.grade_id(cell) or cell.id, _role(cell)
    entry = {"id": id, "type": cell.cell_type, "role": role, "section": section}
    if role in ("identity", "answer"):
        return {**entry, "stub": cell.source}
    first = next((line.strip() for line in cell.source.splitlines() if line.strip()), "")
    entry |= {"first": first[:_LONGEST], "digest": digest_of_words(cell.source)}
    points = {"points": cell.metadata.nbgrader.points} if role in ("test", "task") else {}
    block = {"block": assignment.block_of(cell)} if assignment.block_of(cell) else {}
    return {**entry, **points, **block}


def _role(cell: NotebookNode) -> str:
    """What a cell is for: who the student is, an answer, a test, a task that a person marks, or given."""
    if assignment.grade_id(cell) == assignment.IDENTITY:
        return "identity"
    roles = {"answer": assignment.is_answer, "test": assignment.is_test, "task": assignment.is_task}
    return next((role for role, holds in roles.items() if holds(cell)), "given")


def module_entry(text: str) -> dict[str, Any]:
    """The released module: the digest of each line outside its blocks, each block's stub, and where blocks stand."""
    lines, found = text.splitlines(), blocks(text)
    inside = {number for block in found for number in range(block.first, block.last)}
    outside = [line.rstrip() for number, line in enumerate(lines) if number not in inside and line.strip()]
    return {
        "name": assignment.MODULE,
        "outside": [_sha256(line.encode())[:12] for line in outside],
        "blocks": {block.name: _body(lines, block) for block in found},
        "functions": {
            name: block.name
            for name, function in definitions(text).items()
            for block in found
            if function.has_block and function.first < block.first < function.last
        },
    }


def _body(lines: list[str], block: Block) -> str:
    return "\n".join(line.strip() for line in lines[block.first : block.last])


def digest_of_words(source: str) -> str:
    """A digest of a text in which white space does not count."""
    return _sha256(" ".join(source.split()).encode())[:16]


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
