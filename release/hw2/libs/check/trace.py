"""Where the error that the last cell stopped with arose; runs in the kernel."""

import ast
import json
import linecache
import sys
import traceback
from pathlib import Path

_MOST = 50


def frames() -> str:
    """JSON: (kind, definition, line) of each frame, the innermost last; kind: cell, or the file's name."""
    steps = list(traceback.walk_tb(getattr(sys, "last_traceback", None)))[-_MOST:]
    return json.dumps([_step(frame.f_code.co_filename, line) for frame, line in steps])


def _step(file: str, line: int) -> tuple[str, str, int]:
    kind = "cell" if "ipykernel_" in file or file.startswith("<ipython-input") else Path(file).name
    return kind, _definition(file, line), line


def _definition(file: str, line: int) -> str:
    """The function or method that a line stands in, such as Linear.forward; empty at the top level."""
    try:
        body = ast.parse("".join(linecache.getlines(file))).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    names: list[str] = []
    while body:
        around = [node for node in body if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and _holds(node, line)]
        names += [node.name for node in around]
        body = around[0].body if around and isinstance(around[0], ast.ClassDef) else []
    return ".".join(names)


def _holds(node: ast.stmt, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or node.lineno)
