"""What the examiner takes from the given cells: imports, functions, and values that need nothing of the student's."""

import ast
import builtins
import functools
from collections.abc import Set
from typing import Any

from .. import assignment

_BUILTINS = frozenset(dir(builtins))


class Given:
    """The names that test cells find: those of the given cells so far."""

    def __init__(self) -> None:
        self.namespace: dict[str, Any] = {"__name__": "examiner", "__builtins__": builtins}
        self.used: set[str] = set()  # names that the functions taken over look up when they are called
        self._leaning: set[str] = set()  # functions taken over that call the student's code

    def take(self, source: str, name: str) -> None:
        """Run those statements of a given cell that the examiner can run; name: of the cell, for error messages."""
        for node in parse(source).body:
            if not self._can_run(node):
                self._forget(node)
                continue
            exec(compile(ast.Module([node], []), f"<{name}>", "exec"), self.namespace)
            self.used |= names_in(node)
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not names_in(node) <= self._free_standing():
                self._leaning.add(node.name)

    def _forget(self, node: ast.stmt) -> None:
        """Names that a statement changes which only the student's process runs: what they were is no longer so."""
        for part in ast.walk(node):
            while isinstance(part, ast.Subscript | ast.Attribute | ast.Starred) and not isinstance(part.ctx, ast.Load):
                part = part.value
                if isinstance(part, ast.Name):
                    self.namespace.pop(part.id, None)
            if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load):
                self.namespace.pop(part.id, None)

    def _can_run(self, node: ast.stmt) -> bool:
        if isinstance(node, ast.Import | ast.ImportFrom):
            return not _imports_module(node)
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            return all(names_in(part) <= self._free_standing() for part in node.decorator_list)
        if isinstance(node, ast.Assign):
            return all(names_in(part) <= self._free_standing() for part in (node.value, *node.targets))
        return False  # what is shown, printed or trained is the student's to run

    def _known(self) -> Set[str]:
        return _BUILTINS | self.namespace.keys()

    def _free_standing(self) -> Set[str]:
        return self._known() - self._leaning

    def wanted(self, source: str) -> list[str]:
        """The names that a test cell needs and that only the student's process can have."""
        return sorted((names_read(source) | self.used) - self._known())


@functools.cache  # a test cell is the same for the whole class
def names_read(source: str) -> frozenset[str]:
    """Names that a cell reads and does not make itself."""
    return frozenset(names_in(parse(source)))


@functools.cache
def names_made(source: str) -> frozenset[str]:
    """Names that a given cell makes."""
    return frozenset(made_in(parse(source)))


def parse(source: str) -> ast.Module:
    """A cell's code without its IPython magics."""
    lines = ["" if line.lstrip().startswith(("%", "!")) else line for line in source.splitlines()]
    return ast.parse("\n".join(lines))


def names_in(node: ast.AST) -> set[str]:
    """Names that a piece of code reads and does not make itself."""
    names = (part for part in ast.walk(node) if isinstance(part, ast.Name))
    read = {name.id for name in names if isinstance(name.ctx, ast.Load)}
    return read - made_in(node)


def made_in(node: ast.AST) -> set[str]:
    """Names that a piece of code defines, assigns, imports or takes as arguments."""
    made: set[str] = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load):
            made.add(part.id)
        elif isinstance(part, ast.arg):
            made.add(part.arg)
        elif isinstance(part, ast.FunctionDef | ast.ClassDef):
            made.add(part.name)
        elif isinstance(part, ast.Import | ast.ImportFrom):
            made |= {(alias.asname or alias.name).split(".")[0] for alias in part.names}
    return made


def _imports_module(node: ast.Import | ast.ImportFrom) -> bool:
    """True for an import of the students' own module."""
    stem = assignment.MODULE.removesuffix(".py")
    if isinstance(node, ast.ImportFrom):
        return node.module == stem
    return any(alias.name == stem for alias in node.names)
