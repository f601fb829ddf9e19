"""What tells one file of the hand-out from another: cell ids, names and texts that only this file has."""

import hashlib
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from nbformat import NotebookNode

from .. import assignment
from ..answers.blank import lines_seen
from ..answers.module import blocks
from ..answers.written import Written
from .links import links_in
from .own import own_digests, own_links

_DEFINED = re.compile(r"^(?:def|class) +(\w+)|^([A-Za-z_]\w*) *= ", re.MULTILINE)
_TOP = re.compile(r"^(?:def|class) +(\w+)", re.MULTILINE)


@dataclass(frozen=True)
class HandOut:
    """The released notebooks and module. marks: by file, what only this file holds; given: every text in it.

    own: the digests of its other files; links: the repositories that it names; answers: by notebook, their stubs by id.
    """

    notebooks: dict[str, NotebookNode]
    module: str
    marks: dict[str, frozenset[str]]
    given: frozenset[str]
    links: frozenset[str]
    own: frozenset[str]
    answers: dict[str, dict[str, str]]


@cache
def hand_out(release: Path) -> HandOut:
    """Read release/hw2, once a process; raises ValueError that names the file that cannot be read."""
    notebooks = {name: assignment.read(release / f"{name}.ipynb") for name in assignment.NOTEBOOKS}
    module = (release / assignment.MODULE).read_text(encoding="utf-8")
    sources = {name: [str(cell.source) for cell in notebook.cells] for name, notebook in notebooks.items()}
    every = {
        f"{name}.ipynb": {str(assignment.grade_id(cell)) for cell in notebook.cells if assignment.grade_id(cell)}
        | text_marks(sources[name])
        for name, notebook in notebooks.items()
    } | {assignment.MODULE: module_marks(module)}
    marks = {
        file: frozenset(found.difference(*(other for key, other in every.items() if key != file)))
        for file, found in every.items()
    }
    given = frozenset(in_words(text) for texts in sources.values() for text in ("", *texts))
    links = {link.url for texts in sources.values() for text in texts for link in links_in(text)}
    links |= own_links(release)
    stubs = {f"{name}.ipynb": _stubs(notebook) for name, notebook in notebooks.items()}
    return HandOut(notebooks, module, marks, given, frozenset(links), own_digests(release), stubs)


def _stubs(notebook: NotebookNode) -> dict[str, str]:
    answers = [cell for cell in notebook.cells if assignment.is_answer(cell)]
    stubs = {str(assignment.grade_id(cell)): str(cell.source) for cell in answers}
    return {id: stub for id, stub in stubs.items() if id != assignment.IDENTITY}


def is_written(source: str, given: HandOut) -> bool:
    """Whether a cell shows something that is no cell of the hand-out, whatever stands around it."""
    return in_words(source) not in given.given and _seen(source) not in given.given


@lru_cache(4096)
def _seen(source: str) -> str:
    return " ".join(" ".join(lines_seen(source)).split())


def notebook_marks(cells: list[Written]) -> set[str]:
    """What a submitted notebook can be recognised by: its cells' ids, the names it defines, its texts."""
    return {cell.id for cell in cells if cell.id} | text_marks([cell.source for cell in cells])


def text_marks(sources: list[str]) -> set[str]:
    """Names that cells define, and cells word for word."""
    names = set[str]().union(*map(_names_defined, sources))
    return names | {in_words(source) for source in sources if len(source) > 40}


@lru_cache(4096)  # most cells are the hand-out's, student after student
def in_words(source: str) -> str:
    """A cell's text with one space for all white space."""
    return " ".join(source.split())


@lru_cache(4096)
def _names_defined(source: str) -> frozenset[str]:
    return frozenset(a or b for a, b in _DEFINED.findall(source[:100_000]))


def module_marks(text: str) -> set[str]:
    """What a module can be recognised by: its blocks, its functions and classes."""
    return {f"block {block.name}" for block in blocks(text)} | set(_TOP.findall(text))


def recipe(release: Path) -> str:
    """A hash of everything but the uploads that a collected submission depends on: this package and the hand-out."""
    package = Path(__file__).resolve().parent.parent
    paths = [path for folder in ("collect", "answers") for path in (package / folder).glob("*.py")]
    paths += [package / name for name in ("assignment.py", "stubs.py", "theory/called.py")]
    paths += [*release.glob("*.ipynb"), release / assignment.MODULE]
    whole = hashlib.sha256("\n".join(sorted(own_digests(release))).encode())
    for path in sorted(paths):
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()
