"""What a student handed in, as texts to compare: blocks, answer cells, and whom they say they worked with."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .. import assignment
from ..answers.identity import literals
from ..answers.written import Written, read_cells
from .plan import CODE, PROSE, Plan, Text, block_texts

LARGEST = 20_000_000  # bytes of one file that is read; a notebook with its pictures stays below
MOST = 200  # texts of one past submission


@dataclass
class Work:
    """One submission: of this class (term is empty) or of a past term; remarks say what could not be compared."""

    student: str
    term: str = ""
    texts: list[Text] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    collaborators: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """How pages name it."""
        return f"{self.term}/{self.student}" if self.term else self.student


def read_submission(folder: Path, plan: Plan) -> Work:
    """The student's own texts below submitted/<student>/hw2; what cannot be read is a remark."""
    work = Work(folder.parent.name)
    data = _bytes(folder / assignment.MODULE, work)
    if data is not None:
        found = block_texts(plan, _decoded(data))
        if not found:
            work.remarks.append(f"{assignment.MODULE} has no block markers: nothing of it was compared")
        work.texts.extend(text for text in found if text.where in plan.blocks)
    for name in assignment.NOTEBOOKS:
        data = _bytes(folder / f"{name}.ipynb", work)
        cells = read_cells(data) if data is not None else []
        if cells is None:
            work.remarks.append(f"{name}.ipynb is not a notebook that can be read: nothing of it was compared")
        for cell in cells or ():
            _take(work, plan, name, cell)
    return work


def _take(work: Work, plan: Plan, notebook: str, cell: Written) -> None:
    """Add an answer cell's text, or what the identity cell says."""
    if cell.id == assignment.IDENTITY:
        _identify(work, _fields(cell.source))
    elif (notebook, str(cell.id)) in plan.cells and cell.source.strip():
        section, kind = plan.cells[notebook, str(cell.id)]
        work.texts.append(Text(section, str(cell.id), kind, _clean(cell.source)))


def _fields(source: str) -> dict[str, Any]:
    """The fields of an identity cell; {} for one that is too large or too deep to be one."""
    try:
        return literals(source) if len(source) < 20_000 else {}
    except (RecursionError, MemoryError):
        return {}


def _identify(work: Work, fields: dict[str, Any]) -> None:
    name, others = fields.get("NAME"), fields.get("COLLABORATORS")
    if isinstance(name, str) and name.strip() and name not in work.names:
        work.names.append(name[:200])
    if isinstance(others, str | int):
        others = [others]
    if isinstance(others, list | tuple | set):
        work.collaborators.extend(str(other)[:200] for other in list(others)[:50])


def read_past(folder: Path, term: str) -> Work:
    """All .py and .ipynb files below past/<term>/<student>, whatever their shape."""
    work = Work(folder.name, term)
    for path in sorted(folder.rglob("*")):
        if path.suffix not in (".py", ".ipynb") or len(work.texts) >= MOST:
            continue
        data = _bytes(path, work)
        where = path.relative_to(folder).as_posix()
        if data is not None and path.suffix == ".py":
            work.texts.append(Text("", where, CODE, _decoded(data)))
        elif data is not None:
            work.texts.extend(_past_cells(data, where, work))
    return work


def _past_cells(data: bytes, where: str, work: Work) -> list[Text]:
    cells = read_cells(data)
    if cells is None:
        work.remarks.append(f"{where} is not a notebook that can be read: nothing of it was compared")
    return [
        Text("", f"{where}, cell {number}", PROSE if cell.cell_type == "markdown" else CODE, _clean(cell.source))
        for number, cell in enumerate(cells or (), start=1)
        if cell.source.strip()
    ]


def _bytes(path: Path, work: Work) -> bytes | None:
    """The file's bytes; None, with a remark where one is due, for a file that is not there, a link, or too large."""
    try:
        if path.is_symlink():
            work.remarks.append(f"{path.name} is a link: it was not followed")
        elif not path.is_file():
            if not work.term:
                work.remarks.append(f"{path.name} is missing: nothing of it was compared")
        elif path.stat().st_size > LARGEST:
            work.remarks.append(f"{path.name} is larger than {LARGEST // 1_000_000} MB: nothing of it was compared")
        else:
            return path.read_bytes()
    except OSError as error:
        work.remarks.append(f"{path.name} cannot be read ({error.strerror}): nothing of it was compared")
    return None


def _decoded(data: bytes) -> str:
    try:
        return _clean(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _clean(data.decode("latin-1"))


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
