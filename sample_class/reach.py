"""The tests that a change of an answer can reach: those that read a changed name themselves or through other names.

Names are followed through the notebook from top to bottom; a function reads its names where it is used.
"""

import ast
import functools
import symtable
from collections.abc import Iterator
from dataclasses import dataclass

from nbformat import NotebookNode

from autograder import assignment
from autograder.examiner.given import parse

from .course import ROOT
from .solved import Work


@dataclass(frozen=True)
class _Piece:
    """A statement: the global names it makes, those whose values it may change, and those it reads."""

    kind: type[ast.stmt]
    makes: frozenset[str]
    changes: frozenset[str]
    reads: frozenset[str]


@dataclass
class _Flow:
    """What is touched so far, and what the functions and classes so far read when they are used."""

    touched: set[str]
    inner: dict[str, frozenset[str]]

    def takes(self, piece: _Piece, changed: bool) -> None:
        """Go on by one statement."""
        if piece.kind in (ast.FunctionDef, ast.ClassDef):
            self.inner |= dict.fromkeys(piece.makes, piece.reads)
            self.touched = self.touched | piece.makes if changed else self.touched - piece.makes
        elif changed or self.reaches(piece.reads):
            self.touched |= piece.makes | piece.changes
        elif piece.kind is ast.Assign:
            self.touched -= piece.makes

    def reaches(self, reads: frozenset[str]) -> bool:
        """Whether one of these names is touched, or one that they read in turn."""
        seen, new = set[str](), set(reads)
        while new:
            seen |= new
            new = {name for known in new for name in self.inner.get(known, ())} - seen
        return bool(seen & self.touched)


def reached(work: Work, notebook: str) -> set[str]:
    """The tests of the notebook whose outcome may differ from the reference's."""
    before, after = list(_cells(_reference(), notebook)), list(_cells(work, notebook))
    if len(before) != len(after):  # another build altogether
        return set(_source(notebook))
    flow, found = _Flow(set(), {}), set()
    for (test, old), (_, new) in zip(before, after, strict=True):
        if test and flow.reaches(_free(old)):
            found.add(test)
        elif not test:
            for piece in dict.fromkeys([*_pieces(old), *_pieces(new)]):
                flow.takes(piece, changed=old != new)
    return found


@functools.cache
def _reference() -> Work:
    return Work(ROOT)


def _cells(work: Work, notebook: str) -> Iterator[tuple[str, str]]:
    """Test ("" for other code) and text: first each statement of the module, where it belongs here, then each cell."""
    if notebook == assignment.MODULE_NOTEBOOK:
        yield from (("", ast.unparse(node)) for node in ast.parse(str(work.module)).body)
    for cell in work.notebooks[notebook].cells:
        if cell.cell_type == "code":
            yield _test(cell), cell.source if not _test(cell) else _source(notebook)[_test(cell)]


def _test(cell: NotebookNode) -> str:
    return str(assignment.grade_id(cell)) if assignment.is_test(cell) else ""


@functools.cache
def _source(notebook: str) -> dict[str, str]:
    """The texts of the tests, hidden parts and all."""
    source = assignment.read(assignment.source_folder(ROOT) / f"{notebook}.ipynb")
    return {_test(cell): cell.source for cell in source.cells if _test(cell)}


@functools.cache
def _free(test: str) -> frozenset[str]:
    makes, reads = _names(ast.unparse(parse(test)))
    return frozenset(reads - makes)


@functools.lru_cache(10_000)  # all but one of an answer's are the reference's
def _pieces(text: str) -> tuple[_Piece, ...]:
    return tuple(map(_piece, parse(text).body))


def _piece(node: ast.stmt) -> _Piece:
    makes, reads = _names(ast.unparse(node))
    return _Piece(type(node), frozenset(makes), frozenset(_changed(node)), frozenset(reads))


def _names(text: str) -> tuple[set[str], set[str]]:
    """The global names that a piece of code makes, and those that it or a function in it reads."""
    table = symtable.symtable(text, "<piece>", "exec")
    makes = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    reads = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_referenced()}
    scopes = table.get_children()
    while scopes:
        reads |= {symbol.get_name() for scope in scopes for symbol in scope.get_symbols() if symbol.is_global()}
        scopes = [inner for scope in scopes for inner in scope.get_children()]
    return makes, reads


def _changed(node: ast.stmt) -> set[str]:
    """Names whose values a statement may change: by a method, by assigning to a part, or by handing them over."""
    changed = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Call):
            method = [] if isinstance(part.func, ast.Name) else [part.func]
            changed |= {_root(value) for value in (*method, *part.args, *(word.value for word in part.keywords))}
        elif isinstance(part, ast.Attribute | ast.Subscript) and isinstance(part.ctx, ast.Store):
            changed.add(_root(part))
    return changed - {"", "torch"}


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Starred):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
