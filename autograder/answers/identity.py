"""Who a student says they are and whom they worked with: the first code cell of each notebook, read, never run."""

import ast
from typing import Any

from nbformat import NotebookNode

from .. import assignment

FIELDS = ("STUDENT_NUMBER", "NAME", "COLLABORATORS", "SOURCES")


def read_identity(notebook: NotebookNode) -> dict[str, Any]:
    """The fields of the identity cell that are plain literals; {} when the cell does not parse."""
    for cell in notebook.cells:
        if assignment.grade_id(cell) == assignment.IDENTITY:
            return literals(cell.source)
    return {}


def literals(source: str) -> dict[str, Any]:
    """NAME = literal lines of a piece of code, for the names in FIELDS."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    found = {}
    for node in body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if name in FIELDS:
                try:
                    found[name] = ast.literal_eval(node.value)
                except (ValueError, SyntaxError):
                    continue
    return found
