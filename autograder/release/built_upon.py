"""Which parts of the student's making stand below what a test is about, derived from the solution."""

import ast
from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode

from .. import assignment
from ..examiner.given import names_in, parse
from ..examiner.ours import Ours
from ..examiner.parts import Parts

_KINDS = ast.FunctionDef | ast.ClassDef


class BuiltUpon:
    """Reads one notebook of source/ and its module: what its parts and its tests make use of."""

    def __init__(self, source: Path, name: str, notebook: NotebookNode) -> None:
        self._parts = Parts(notebook, source, name, Ours(source, name))
        self._own: dict[str, ast.stmt] = {}  # in the order of their definition
        self._helpers: dict[str, ast.stmt] = {}
        if self._parts.by_block:
            tops = {part.partition(".")[0] for part in self._parts.by_block.values()}
            module = ast.parse((source / assignment.MODULE).read_text(encoding="utf-8"))
            self._own.update((node.name, node) for node in _definitions(module) if node.name in tops)
        for cell in notebook.cells:
            if cell.cell_type == "code" and not assignment.is_test(cell):
                found = self._own if assignment.is_answer(cell) else self._helpers
                found.update((node.name, node) for node in _definitions(parse(cell.source)))

    def of(self, cell: NotebookNode) -> list[str]:
        """The parts below a test, lowest first."""
        about = self._parts.about[str(assignment.grade_id(cell))]
        tops = {part.partition(".")[0] for part in about}
        code = [_as_graded(cell.source), *self._helpers_of(_as_graded(cell.source))]
        used = {part.attr for node in code for part in ast.walk(node) if isinstance(part, ast.Attribute)}
        below: set[str] = set()
        for name in {name for node in code for name in names_in(node)} - tops:
            below |= {name} & self._own.keys() | self._closure(name)
        siblings: list[str] = []
        for part in about:
            top, _, method = part.partition(".")
            for member in self._members(top) if method else ():
                if member.name in used | {method, "__init__"}:
                    below |= self._closure_of(member)
                    siblings += self._siblings(top, member.name, method)
            below |= set() if method else self._closure(top)
        return [name for name in self._own if name in below - tops and not self._closure(name) & tops] + siblings

    def _siblings(self, top: str, member: str, method: str) -> Iterator[str]:
        """Another method of the same class, where students write it."""
        name = f"{top}.{member}"
        if member != method and name in self._parts.by_block.values():
            yield name

    def _members(self, name: str) -> list[ast.FunctionDef]:
        body = getattr(self._own.get(name), "body", [])
        return [part for part in body if isinstance(part, ast.FunctionDef)]

    def _helpers_of(self, node: ast.AST) -> list[ast.stmt]:
        """The given functions that a piece of code uses, and those that these use."""
        found: dict[str, ast.stmt] = {}
        waiting = [node]
        while waiting:
            for name in names_in(waiting.pop()) & self._helpers.keys() - found.keys():
                found[name] = self._helpers[name]
                waiting.append(found[name])
        return list(found.values())

    def _closure(self, name: str) -> set[str]:
        return self._closure_of(self._own[name]) if name in self._own else set()

    def _closure_of(self, node: ast.AST) -> set[str]:
        """The parts that a piece of code reads, and those that these read."""
        found: set[str] = set()
        waiting = [node]
        while waiting:
            for name in (names_in(waiting.pop()) & self._own.keys()) - found:
                found.add(name)
                waiting.append(self._own[name])
        return found


def _definitions(module: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    return (node for node in module.body if isinstance(node, _KINDS))


def _as_graded(source: str) -> ast.Module:
    """A test without what only the student's own run of it takes part in."""
    module = parse(source)
    for node in ast.walk(module):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            body[:] = [part for part in body if not _is_for_students(part)]
    return module


def _is_for_students(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "in_your_notebook()"
