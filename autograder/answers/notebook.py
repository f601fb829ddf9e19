"""A student's answer cells laid into the instructor's notebook; nothing else of the student's notebook is kept."""

import ast
import copy
import functools
import json
import re
from dataclasses import dataclass, field
from typing import Any

import nbformat
from nbformat import NotebookNode

from .. import assignment
from ..stubs import is_stub, strip_cell
from .carried import names_made, names_needed, needed, pieces

_PRIVATE = re.compile(
    r"^### BEGIN HIDDEN TESTS$.*?^### END HIDDEN TESTS$|^=== BEGIN MARK SCHEME ===$.*?^=== END MARK SCHEME ===$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Written:
    """One cell of a submitted notebook, whatever its metadata says. id: nbgrader's, else the notebook's own."""

    id: str | None
    cell_type: str
    source: str
    attachments: dict[str, Any] = field(default_factory=dict)
    cell_id: str | None = None
    is_marked: bool = True  # nbgrader's data are there


def lay_notebook(instructor: NotebookNode, data: bytes | None, name: str) -> tuple[NotebookNode, list[str]]:
    """The instructor's notebook holding the student's answers, and remarks; answers that are missing stay stubs.

    data: the submitted file as it came, None when there was none. name: for the remarks.
    """
    result = copy.copy(instructor)  # given cells are the instructor's own, only what changes is copied
    result.metadata = copy.deepcopy(instructor.metadata)
    result.cells = [copy.deepcopy(cell) if assignment.is_answer(cell) else cell for cell in instructor.cells]
    for cell in result.cells:
        if assignment.is_answer(cell) and not is_stub(cell):
            strip_cell(cell)
    cells = None if data is None else read_cells(data)
    if cells is None:
        what = "is missing" if data is None else "is not a notebook that can be read"
        return result, [f"{name} {what}: its cells count as unanswered; ask for the file and collect it again"]
    remarks = [f"{name}: {remark}" for remark in _fill(result, cells)]
    return result, remarks


@functools.lru_cache(16)  # one submission is read, laid and compared
def read_cells(data: bytes) -> list[Written] | None:
    """The cells of a notebook file of any version, however damaged its metadata; None when it is no notebook."""
    try:
        raw = json.loads(data.decode("utf-8-sig"))
        if not isinstance(raw, dict):
            return None
        if isinstance(raw.get("worksheets"), list):
            raw = nbformat.convert(nbformat.from_dict(raw), 4)
        return [_written(cell) for cell in raw["cells"] if isinstance(cell, dict)]
    except Exception:  # whatever is wrong with the bytes, the answer is the same: this is no notebook
        return None


def shown(source: str) -> str:
    """A given cell's text as the hand-out has it, without hidden tests and marking schemes."""
    return _PRIVATE.sub("", source)


def _written(cell: Any) -> Written:
    source = cell.get("source", "")
    text = "".join(map(str, source)) if isinstance(source, list) else str(source)
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    found = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    text = text.encode("utf-8", "replace").decode()  # a lone surrogate could not be written again
    own = str(cell.get("id") or "") or None
    return Written(str(found or "") or own, str(cell.get("cell_type")), text, _pictures(cell), own, bool(found))


def _pictures(cell: Any) -> dict[str, Any]:
    """The pictures pasted into a cell; they are looked at before they are shown."""
    found = cell.get("attachments")
    return found if isinstance(found, dict) and cell.get("cell_type") == "markdown" else {}


def _fill(result: NotebookNode, cells: list[Written]) -> list[str]:
    """Put the student's answers into the result's answer cells, in place; return remarks."""
    remarks, used = [], set()
    known = {assignment.grade_id(cell) or cell.get("id") for cell in result.cells}
    for index, cell in enumerate(result.cells):
        if not assignment.is_answer(cell):
            continue
        wanted = assignment.grade_id(cell)
        found = [i for i, written in enumerate(cells) if written.id == wanted]
        if not found:
            own = [i for i, written in enumerate(cells) if written.cell_id == wanted and written.id not in known]
            found = own or _by_content(result, index, cells, known)
            remarks.append(_without_id(wanted, bool(found)))
        used.update(found)
        changed = [cells[i].source for i in found if cells[i].source.strip() not in ("", cell.source.strip())]
        if len(found) > 1:
            remarks.append(f"cell {wanted} is there {len(found)} times: joined in their order")
        if changed:
            cell.source = "\n\n".join(changed)
            pictures = {name: picture for i in found for name, picture in cells[i].attachments.items()}
            if pictures:
                cell["attachments"] = pictures
    return remarks + _carry(result, [w for i, w in enumerate(cells) if i not in used]) + _outside(result, cells, used)


def _carry(result: NotebookNode, outside: list[Written]) -> list[str]:
    """Put definitions from other cells of the student's above the first answer that needs them; return remarks."""
    known = set[str]().union(*(names_made(cell.source) for cell in result.cells if cell.cell_type == "code"))
    own = [piece for written in outside if written.cell_type == "code" for piece in pieces(written.source)]
    remarks = []
    for cell in result.cells:
        if not (assignment.is_answer(cell) and cell.cell_type == "code"):
            continue
        if taken := needed(own, names_needed(cell.source), known):
            made = set[str]().union(*(piece.makes for piece in taken))
            known |= made
            cell.source = "\n\n".join([*(piece.text for piece in taken), cell.source])
            names = ", ".join(sorted(made))
            remarks.append(f"cell {assignment.grade_id(cell)} needs {names} from outside the answer cells: taken along")
    return remarks


def _without_id(wanted: str | None, recognised: bool) -> str:
    if recognised:
        return f"cell {wanted} has lost its id and was recognised by its content"
    return f"cell {wanted} is not there: it counts as unanswered"


def _by_content(result: NotebookNode, index: int, cells: list[Written], known: set[Any]) -> list[int]:
    """Cells without a known id that must be this answer: code by the names it defines, text by the cell above."""
    cell = result.cells[index]
    strays = [i for i, written in enumerate(cells) if written.id not in known and written.cell_type == cell.cell_type]
    if cell.cell_type == "code":
        wanted = _defines(cell.source)
        return [i for i in strays if wanted and wanted <= _defines(cells[i].source)]
    above = " ".join(shown(result.cells[index - 1].source).split())
    return [i for i in strays if i and " ".join(cells[i - 1].source.split()) == above][:1]


def _defines(source: str) -> set[str]:
    """Names that a piece of code defines or assigns at its top level."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return set()
    names: set[str] = set()
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names.update(target.id for target in node.targets if isinstance(target, ast.Name))
    return names


def _outside(result: NotebookNode, cells: list[Written], used: set[int]) -> list[str]:
    """Remarks on what the student changed, added or removed outside the answer cells."""
    given = {
        assignment.grade_id(cell) or cell.get("id"): cell
        for cell in result.cells
        if not assignment.is_answer(cell) and assignment.grade_id(cell)
    }
    there = {written.id: written for written in cells}
    known = {assignment.grade_id(cell) or cell.get("id") for cell in result.cells}
    by_text = {_words(cell.source): name for name, cell in given.items()}
    for written in cells:  # a cell without its id is known by its text
        there.setdefault(by_text.get(_words(written.source)) if written.id not in known else written.id, written)
    remarks = _removed([str(name) for name in given if name not in there])
    changed = [str(name) for name, cell in given.items() if name in there and _differs(cell, there[name])]
    unmarked = sum(not written.is_marked for written in cells if written.id in given)
    if unmarked:
        remarks.append(f"{unmarked} cells have lost nbgrader's data and were recognised by their ids")
    if changed:
        remarks.append(f"given cells were changed, and are not run as changed: {', '.join(changed)}")
    every = {_words(cell.source) for cell in result.cells}
    strays = [w for i, w in enumerate(cells) if i not in used and w.id not in known and w.source.strip()]
    added = [w for w in strays if _words(w.source) not in every]
    if added:
        remarks.append(f"{len(added)} cells were added: they are not run and not marked")
    return remarks


def _differs(given: NotebookNode, theirs: Written) -> bool:
    """Whether a given cell's text was changed; hidden tests and marking schemes are not in the student's."""
    return _words(given.source) != _words(theirs.source)


@functools.lru_cache(2048)  # most cells are the hand-out's, student after student
def _words(source: str) -> tuple[str, ...]:
    """What a cell's text says, without hidden tests, marking schemes and white space."""
    return tuple(shown(source).split())


def _removed(names: list[str]) -> list[str]:
    """One remark for all cells that were put back, naming the first few."""
    if len(names) <= 1:
        return [f"cell {name} was removed: put back" for name in names]
    more = ", ..." if len(names) > 3 else ""
    return [f"{len(names)} cells were removed: put back ({', '.join(names[:3])}{more})"]
