"""What a student wrote outside the blocks and answer cells, for the block that needs it.

The homework asks to write nothing there, and nothing there is run. But a block that calls its author's own helper
function would fail without it, and then the repair would cost marks, not the mistake. So the statements that make a
name which a block reads, and which the hand-out does not define, go along into this block, with those that change it.
"""

import ast
import builtins
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from ..source_lines import moved, source_lines
from .cell_code import as_python, parsed
from .statement import functions_called, is_star, names_bound, names_changed, tables

_THERE = frozenset((*dir(builtins), "get_ipython", "display", "__file__"))  # in every kernel
EVERY = "*"
_QUIET = ("Exception", "BaseException", "ImportError", "ModuleNotFoundError")


@dataclass(frozen=True)
class Piece:
    """A top-level statement: the names that it makes, those that it needs, its text, and names that it only changes.

    It makes EVERY where running it would tell which ones.
    """

    makes: frozenset[str]
    needs: frozenset[str]
    text: str
    changes: frozenset[str] = frozenset()

    @property
    def names(self) -> frozenset[str]:
        """What it is carried along for."""
        return self.makes | self.changes


@lru_cache(512)
def pieces(source: str) -> list[Piece]:
    """The statements at the top level of a text that make or change something; none when it is no code."""
    tree = parsed(source)
    lines = [line.encode() for line in source_lines(as_python(source))]
    found, setters = [], dict[str, frozenset[str]]()
    for node in tree.body if tree else []:
        if isinstance(node, ast.Delete):  # whoever needs a name does not need it deleted
            continue
        text = _text(node, lines)
        makes, changes = names_bound(node, text) | ({EVERY} if is_star(node) else set()), names_changed(node)
        if isinstance(node, ast.FunctionDef) and len(makes) > 1:
            setters[node.name] = makes - {node.name}
        changes = changes.union(*(setters.get(name, ()) for name in functions_called(node)))
        if makes or changes:
            needs = frozenset(names_needed(text) | changes) - makes
            found.append(Piece(makes, needs, _guarded(node, text), changes - makes))
    return found


def needed(found: list[Piece], wanted: Collection[str], known: Collection[str]) -> list[Piece]:
    """The pieces that make the wanted names, and what these need, in their order; `known` names are there already."""
    names, taken = set(wanted) - set(known), set[int]()
    while True:
        more = {i for i, piece in enumerate(found) if i not in taken and piece.names & names}
        if not more and names - _THERE - set[str]().union(*(found[i].makes for i in taken)):
            more = {i for i, piece in enumerate(found) if EVERY in piece.makes} - taken
        if not more:
            return _of_use([found[i] for i in sorted(taken)])
        taken |= more
        names |= set[str]().union(*(found[i].needs for i in more)) - set(known)


def _of_use(taken: list[Piece]) -> list[Piece]:
    """Without statements that change what nothing makes."""
    made = set[str]().union(*(piece.makes for piece in taken))
    return [piece for piece in taken if piece.makes or EVERY in made or piece.changes & made]


@lru_cache(512)
def names_made(source: str) -> set[str]:
    """The names that a text binds at its top level."""
    return set[str]().union(*(piece.makes for piece in pieces(source)))


@lru_cache(512)
def names_needed(source: str, function: str = "") -> set[str]:
    """The global names that a text reads, or one function of it such as Linear.forward; none when it is no code."""
    every = list(tables(as_python(source)))
    table = every[0] if every else None
    for part in function.split(".") if function else []:
        table = next((child for child in table.get_children() if child.get_name() == part), None) if table else None
    if table is None:
        return set()
    waiting, names = [table], set[str]()
    while waiting:
        table = waiting.pop()
        found = (symbol for symbol in table.get_symbols() if symbol.is_global())
        names |= {symbol.get_name() for symbol in found if symbol.is_referenced() or symbol.is_assigned()}
        waiting += table.get_children()
    return names


def _text(node: ast.stmt, lines: list[bytes]) -> str:
    """The statement as it was written, without those that share its lines."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    first, last = (
        min([node.lineno, *(decorator.lineno for decorator in decorators)]) - 1,
        node.end_lineno or node.lineno,
    )
    text = lines[first:last]
    behind = text[-1][node.end_col_offset :]
    if behind.strip() and not behind.strip().startswith(b"#"):
        text[-1] = text[-1][: node.end_col_offset]
    text[0] = text[0][0 if decorators else node.col_offset :]
    return b"\n".join(text).decode()


def _guarded(node: ast.stmt, text: str) -> str:
    """The statement so that it cannot stop the block: an import or a value may not be to be had here.

    One that is guarded stays as it is: what was laid in once may be laid in again.
    """
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or _is_guarded(node):
        return text
    return "\n".join(["try:", *moved(source_lines(text), "    "), "except (Exception, SystemExit):", "    pass"])


def _is_guarded(node: ast.stmt) -> bool:
    return isinstance(node, ast.Try) and all(
        isinstance(handler.body[0], ast.Pass)
        and (handler.type is None or any(getattr(part, "id", "") in _QUIET for part in ast.walk(handler.type)))
        for handler in node.handlers
    )
