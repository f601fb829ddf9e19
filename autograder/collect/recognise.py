"""Which file of an upload is which file of the homework: by its content first, by its name where that says nothing."""

import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from .. import assignment
from ..answers.decoding import as_utf8, encoding_of
from ..answers.identity import FIELDS, literals, only_fields
from ..answers.written import Written, behind_end, read_cells
from .bare import looks_like_module, looks_like_notebook
from .contents import Member
from .handout import HandOut, is_written, module_marks, notebook_marks
from .spelling import folded
from .within import text_of_cells, written_modules

FILES = (*(f"{name}.ipynb" for name in assignment.NOTEBOOKS), assignment.MODULE)
PRACTICAL_FILES = (*(f"{name}.ipynb" for name in assignment.PRACTICALS), assignment.MODULE)
FEWEST_MARKS = 3
_COPY = re.compile(r"\(\d+\)|copy[ _-]*of|کپی|رونوشت|نسخه|[ _-]copy\b|-checkpoint\b")


@dataclass(frozen=True)
class Copy:
    """A file of the upload that can be the wanted file of the homework. how: what is odd about it, for a remark.

    member: as it is read; came: as it was in the upload, where two files of the homework may be in one.
    """

    wanted: str
    member: Member
    by_content: bool
    readable: bool
    written: bool
    cells: tuple[Written, ...] = ()
    how: str = ""
    came: Member | None = None

    @property
    def is_named_so(self) -> bool:
        """True when it has the very name, in any case and with any strokes between the words."""
        return _strokes(self.member.path.name) == _strokes(self.wanted)

    def rank(self) -> tuple[bool, bool, bool, bool, int, bool, str]:
        """The first counts: what can be read, was written in, is sure, is named so, and lies nearest to the top."""
        path = self.member.path
        order = (not self.readable, not self.written, not self.by_content, not self.is_named_so)
        return (*order, len(path.parts), path.name != self.wanted, str(path))


def _strokes(name: str) -> str:
    return re.sub(r"[-_ ]+", "_", name.casefold())


def copies(members: list[Member], given: HandOut) -> dict[str, list[Copy]]:
    """For each file of the homework the files of the upload that can be it, the one that counts first."""
    found: dict[str, list[Copy]] = {}
    for member in reversed(members):  # of two entries with the same path the later one counts, as when unpacking
        for copy in [] if member.kind else _looked_at(member, given):  # a page, whatever it is called
            found.setdefault(copy.wanted, []).append(replace(copy, came=member))
    return {wanted: sorted(found[wanted], key=Copy.rank) for wanted in FILES if wanted in found}


def _looked_at(member: Member, given: HandOut) -> list[Copy]:
    """What a file can be; one that brings an exception about is what its name says, and cannot be read."""
    try:
        return _readings(member, given)
    except Exception as error:  # it costs this file only
        how = f"it could not be read ({type(error).__name__}: {error}); look at it by hand"
        named = _by_name(member.path, tuple(file for file in FILES if file.endswith(member.path.suffix.lower() or "/")))
        return [Copy(named, member, False, False, False, how=how)] if named else []


def _readings(member: Member, given: HandOut) -> list[Copy]:
    """What a file can be: a notebook, the module, a notebook that holds the module."""
    encoding, member = encoding_of(member.data), replace(member, data=as_utf8(member.data))
    notebook, module = _as_notebook(member, given), _as_module(member, given)
    cells = read_cells(member.data) if looks_like_notebook(member.data) else None
    if cells and not module:
        module = _within(member, cells, given, notebook is not None and notebook.by_content)
        notebook = notebook if notebook and (notebook.by_content or not module) else None
    if notebook and cells and member.path.suffix.lower() == ".py":
        notebook = replace(notebook, how="that file holds a notebook, not Python: it was read as the notebook")
    found = [copy for copy in (notebook, module) if copy]
    if cells and (behind := behind_end(member.data)):
        notes = f"{behind:,} characters behind the end of that notebook were left out"
        found = [replace(copy, how="; ".join([copy.how, notes] if copy.how else [notes])) for copy in found]
    if encoding.startswith("utf-8"):
        return found
    said = f"it was saved as {encoding.upper()}, not UTF-8, and read all the same"
    return [replace(copy, how="; ".join([said, copy.how] if copy.how else [said])) for copy in found]


def _within(member: Member, cells: list[Written], given: HandOut, is_known: bool) -> Copy | None:
    """The module that a notebook writes to a file; where it is no notebook of the homework's, that its cells are."""
    texts = [] if is_known else [("its code cells", text_of_cells(cells))]
    texts += [(f"a cell that writes {path}", text) for path, text in written_modules(cells).items()]
    found = list[Copy]()
    for where, text in reversed(texts):
        if len(module_marks(text) & given.marks[assignment.MODULE]) >= FEWEST_MARKS:
            inside = replace(member, data=text.encode("utf-8", "replace"))
            is_written = text.split() != given.module.split()
            how = f"it was read from {where} of the notebook {str(member.path)!r}"
            found.append(Copy(assignment.MODULE, inside, True, True, is_written, how=how))
    return next((copy for copy in found if copy.written), found[0] if found else None)


def remarks_on(found: dict[str, list[Copy]]) -> list[str]:
    """What is to be said: files under another name, and which of several counts."""
    remarks = []
    for wanted, (first, *others) in found.items():
        if first.how:
            remarks.append(f"{wanted}: {first.how}")
        if not first.is_named_so:
            how = "recognised by its content" if first.by_content else "recognised by its name"
            remarks.append(f"{wanted}: taken from {str(first.member.path)!r}, {how}")
        differ = [str(copy.member.path) for copy in others if copy.member.data != first.member.data]
        if differ:
            more = f" and {len(differ) - 3} more" if len(differ) > 3 else ""
            shown = ", ".join(repr(path) for path in differ[:3])
            remarks.append(f"{wanted} is in it several times: {str(first.member.path)!r} counts, not {shown}{more}")
    return remarks


def identities(found: dict[str, list[Copy]]) -> dict[str, dict[str, object]]:
    """Notebook -> what its identity cell says, for those that count and have one; they are read, never run."""
    every = {wanted: _identity(first.cells) for wanted, (first, *_) in found.items()}
    return {wanted: identity for wanted, identity in every.items() if identity is not None}


def is_identity(cell: Written) -> bool:
    """True for the cell that says who the student is: by its id or, where an editor took that away, by its code."""
    return cell.id == assignment.IDENTITY or (cell.cell_type == "code" and only_fields(cell.source))


def _identity(cells: tuple[Written, ...]) -> dict[str, object] | None:
    for cell in cells:
        if cell.id == assignment.IDENTITY or (cell.cell_type == "code" and f"{FIELDS[0]} =" in cell.source):
            try:
                return literals(cell.source[:20_000])
            except (RecursionError, MemoryError):  # brackets without end
                return {}
    return None


def _as_notebook(member: Member, given: HandOut) -> Copy | None:
    if member.path.suffix.lower() != ".ipynb" and not looks_like_notebook(member.data):
        return None
    cells = read_cells(member.data)
    marks = notebook_marks(cells or [])
    files = FILES[: len(assignment.NOTEBOOKS)]
    common = {file: len(marks & given.marks[file]) for file in files}
    best = max(files, key=lambda file: common[file])
    by_content = common[best] >= FEWEST_MARKS
    wanted = best if by_content else _by_name(member.path, files)
    if wanted is None:
        return None
    written = any(is_written(cell.source, given) for cell in cells or [] if not is_identity(cell))
    return Copy(wanted, member, by_content, cells is not None, written, tuple(cells or ()))


def _as_module(member: Member, given: HandOut) -> Copy | None:
    suffix = member.path.suffix.lower()
    if looks_like_notebook(member.data):
        return None
    by_name = _by_name(member.path, (assignment.MODULE,)) if suffix == ".py" else None
    if not by_name and not looks_like_module(member.data, suffix):
        return None
    text = member.data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    by_content = len(module_marks(text) & given.marks[assignment.MODULE]) >= FEWEST_MARKS
    if not by_content and not by_name:
        return None
    readable = bool(text.strip()) and "\0" not in text[:4096]
    return Copy(assignment.MODULE, member, by_content, readable, text.split() != given.module.split())


def _by_name(path: PurePosixPath, files: tuple[str, ...]) -> str | None:
    """The file of the homework whose letters the name has, without what copying adds to names."""
    plain = _letters(_COPY.sub(" ", folded(path.name)))
    return next((file for file in files if plain.startswith(_letters(file.rpartition(".")[0]))), None)


def _letters(name: str) -> str:
    return "".join(char for char in name if char.isalpha())
