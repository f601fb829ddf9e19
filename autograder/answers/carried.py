"""Definitions that a student wrote outside the blocks and answer cells, for the block that needs them.

The homework asks to write nothing there, and nothing there is run. But a block that calls its author's own helper
function would fail without it, and then the repair would cost marks, not the mistake. So imports, functions, classes
and plain values that a block reads, and that the hand-out does not define, go along into this block.
"""

import ast
import symtable
import textwrap
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from ..source_lines import source_lines

_NOT_CODE = (SyntaxError, ValueError, RecursionError, MemoryError)


@dataclass(frozen=True)
class Piece:
    """A top-level statement: the names that it makes, those that it needs, and its text."""

    makes: frozenset[str]
    needs: frozenset[str]
    text: str


@lru_cache(512)
def pieces(source: str) -> list[Piece]:
    """The definitions at the top level of a text; none when it does not compile."""
    try:
        body, lines = ast.parse(source).body, source_lines(source)
    except _NOT_CODE:
        return []
    found = []
    for node in body:
        if makes := _makes(node):
            text = _text(node, lines)
            found.append(Piece(makes, frozenset(names_needed(text) - makes), text))
    return found


def needed(found: list[Piece], wanted: Collection[str], known: Collection[str]) -> list[Piece]:
    """The pieces that make the wanted names, and what these need, in their order; `known` names are there already."""
    names, taken = set(wanted), set[Piece]()
    while True:
        more = {piece for piece in found if piece.makes & names - set(known)} - taken
        if not more:
            return [piece for piece in found if piece in taken]
        taken |= more
        names = names.union(*(piece.needs for piece in more))


@lru_cache(512)
def names_made(source: str) -> set[str]:
    """The names that the definitions of a text make."""
    return set[str]().union(*(piece.makes for piece in pieces(source)))


@lru_cache(512)
def names_needed(source: str, function: str = "") -> set[str]:
    """The global names that a text reads, or one function of it such as Linear.forward; none when it is no code."""
    try:
        table = symtable.symtable(source, "block", "exec")
        for part in function.split(".") if function else []:
            table = next(child for child in table.get_children() if child.get_name() == part)
    except (*_NOT_CODE, StopIteration):
        return set()
    tables, names = [table], set()
    while tables:
        table = tables.pop()
        names |= {symbol.get_name() for symbol in table.get_symbols() if symbol.is_referenced() and symbol.is_global()}
        tables += table.get_children()
    return names


def _makes(node: ast.stmt) -> frozenset[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return frozenset([node.name])
    if isinstance(node, ast.Import | ast.ImportFrom):
        return frozenset(name for alias in node.names if (name := (alias.asname or alias.name).split(".")[0]) != "*")
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return frozenset(target.id for target in targets if isinstance(target, ast.Name))
    if isinstance(node, ast.Try):
        parts = (*node.body, *(part for handler in node.handlers for part in handler.body), *node.orelse)
        return frozenset[str]().union(*map(_makes, parts))
    return frozenset()


def _text(node: ast.stmt, lines: list[str]) -> str:
    """The statement; an import or a value that is not to be had here must not stop the block.

    One in `try:` stays as it is: what was laid in once may be laid in again.
    """
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)]) - 1
    text = "\n".join(lines[first : node.end_lineno])
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Try):
        return text
    return f"try:\n{textwrap.indent(text, '    ')}\nexcept Exception:\n    pass"
