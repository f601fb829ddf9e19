"""What a top-level statement makes and what it changes, whatever kind of statement it is."""

import ast
import builtins
import symtable
from collections.abc import Iterator

from .compiles import NOT_CODE

_BY_ARGUMENT = ("setattr", "delattr", "next")  # the built-in functions that change what they are given
_DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def is_star(node: ast.stmt) -> bool:
    """True for an import that makes names which only running it would tell."""
    return any(isinstance(part, ast.ImportFrom) and part.names[0].name == "*" for part in ast.walk(node))


def tables(source: str) -> Iterator[symtable.SymbolTable]:
    """The table of a text, then those of all scopes inside it; none when it is no code."""
    try:
        waiting = [symtable.symtable(source, "block", "exec")]
    except NOT_CODE:
        return
    while waiting:
        table = waiting.pop()
        yield table
        waiting += table.get_children()


def names_bound(node: ast.stmt, text: str) -> frozenset[str]:
    """The global names that the statement binds, at once or in the functions that it defines."""
    found = set[str]()
    for table in tables(text):
        top = table.get_type() == "module"
        for symbol in table.get_symbols():
            if (symbol.is_assigned() or symbol.is_imported()) and (top or symbol.is_declared_global()):
                found.add(symbol.get_name())
    return frozenset(found - (_added_to(node) - _stored(node)))


def names_changed(node: ast.stmt) -> frozenset[str]:
    """The names whose objects the statement may change: parts stored, methods called, first arguments of functions."""
    found = _added_to(node)
    for part in [] if isinstance(node, _DEFINITIONS) else ast.walk(node):
        if isinstance(part, ast.Attribute | ast.Subscript) and not isinstance(part.ctx, ast.Load):
            found.add(_root(part))
        elif isinstance(part, ast.Expr) and isinstance(part.value, ast.Call):
            found |= _changed_by(part.value)
    return frozenset(found - {"", "get_ipython"})


def functions_called(node: ast.stmt) -> set[str]:
    """The functions that a statement calls by their names, for what they do."""
    calls = (part.value for part in ast.walk(node) if isinstance(part, ast.Expr) and isinstance(part.value, ast.Call))
    return {call.func.id for call in calls if isinstance(call.func, ast.Name)}


def _changed_by(call: ast.Call) -> set[str]:
    if isinstance(call.func, ast.Attribute):
        return {_root(call.func)}
    by_argument = isinstance(call.func, ast.Name) and (
        call.func.id in _BY_ARGUMENT or not hasattr(builtins, call.func.id)
    )
    return {_root(call.args[0])} if by_argument and call.args else set()


def _root(node: ast.expr) -> str:
    """The name at the beginning of `name.part[0].method(...)`; empty for none."""
    while True:
        if isinstance(node, ast.Name):
            return node.id
        if isinstance(node, ast.Attribute | ast.Subscript | ast.Starred):
            node = node.value
        elif isinstance(node, ast.Call):
            node = node.func
        else:
            return ""


def _added_to(node: ast.stmt) -> set[str]:
    targets = (part.target for part in ast.walk(node) if isinstance(part, ast.AugAssign))
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _stored(node: ast.stmt) -> set[str]:
    """Names that are bound otherwise than by adding to them."""
    added = {id(part.target) for part in ast.walk(node) if isinstance(part, ast.AugAssign)}
    names = (part for part in ast.walk(node) if isinstance(part, ast.Name) and id(part) not in added)
    return {name.id for name in names if isinstance(name.ctx, ast.Store)}
