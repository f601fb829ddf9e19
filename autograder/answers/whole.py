"""A function taken whole, with marker lines around it: in files of past terms, and where marker lines were lost.

Who reads the result finds the block in it, and laying it in again takes it whole again.
"""

import ast

from ..source_lines import moved
from .blocks import is_marker
from .compiles import NOT_CODE


def whole(names: list[str], ours: list[str], theirs: list[str], indent: str) -> list[str]:
    """The student's function at our indentation. names: its blocks; ours, theirs: its lines, decorators first.

    Of several blocks the first ones end below the student's `if` that stands between ours.
    """
    lines = moved([line for line in theirs if not is_marker(line)], indent)
    ends = [*(_ends(ours, lines)[: len(names) - 1] if len(names) > 1 else []), len(lines)]
    found, first = list[str](), 0
    for name, last in zip(names, ends, strict=False):
        begin = f"{indent}# BLOCK {name}: the function is taken whole, as it was handed in."
        found += [begin, *lines[first:last], f"{indent}# END OF BLOCK {name}"]
        first = last
    return found


def _ends(ours: list[str], theirs: list[str]) -> list[int]:
    """The lines below the statements of theirs that ask what an `if` of ours asks."""
    try:
        asked = {ast.dump(node.test) for node in _body(ours) if isinstance(node, ast.If)}
        found = [node for node in _body(theirs) if isinstance(node, ast.If) and ast.dump(node.test) in asked]
    except NOT_CODE:
        return []
    return [node.end_lineno or 0 for node in found]


def _body(lines: list[str]) -> list[ast.stmt]:
    (function,) = ast.parse("\n".join(moved(lines, ""))).body
    return function.body if isinstance(function, ast.FunctionDef) else []
