"""The functions, methods and classes of a module's text by qualified name, with the lines they stand on."""

import ast
from dataclasses import dataclass
from functools import lru_cache

from ..source_lines import source_lines
from .statement import names_bound

_DEFINED = ast.FunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Definition:
    """Lines first..last (not included) at an indentation; has_block: students write in it."""

    name: str
    first: int
    last: int
    column: int
    has_block: bool


@lru_cache(16)
def statements(text: str) -> list[ast.stmt]:
    """The top-level statements of a text; raises SyntaxError when it does not compile."""
    return ast.parse(text).body


@lru_cache(64)
def definitions(text: str) -> dict[str, Definition]:
    """Top-level functions, classes and their methods; raises SyntaxError when the text does not compile."""
    lines, found = source_lines(text), {}
    for node in statements(text):
        if isinstance(node, _DEFINED):
            found[node.name] = _definition(node, node.name, lines)
        if isinstance(node, ast.ClassDef):
            for method in node.body:
                if isinstance(method, ast.FunctionDef):
                    name = f"{node.name}.{method.name}"
                    found[name] = _definition(method, name, lines)
    return found


@lru_cache(16)
def bound(text: str) -> dict[str, Definition]:
    """The same, and for a name that another statement binds later, as `f = lambda: 0` and `if` do, that statement."""
    lines, found = source_lines(text), dict(definitions(text))
    for node in statements(text):
        if isinstance(node, _DEFINED | ast.Import | ast.ImportFrom):
            continue
        first, last = node.lineno - 1, node.end_lineno or node.lineno
        statement = "\n".join(lines[first:last])
        read = {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)}
        for name in names_bound(node, statement) - read:  # `f = timed(f)` needs what was there
            if name not in found or found[name].first < first:
                found[name] = Definition(name, first, last, 0, False)
    return found


def _definition(node: ast.FunctionDef | ast.ClassDef, name: str, lines: list[str]) -> Definition:
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)]) - 1
    last = node.end_lineno or node.lineno
    while last < len(lines) and lines[last].strip().startswith("# END OF BLOCK"):  # a comment belongs to no node
        last += 1
    is_function = isinstance(node, ast.FunctionDef)
    has_block = is_function and any("# BLOCK " in line for line in lines[first:last])
    return Definition(name, first, last, node.col_offset, has_block)
