"""Who a student says they are and whom they worked with: the first code cell of each notebook, read, never run."""

import ast
from collections.abc import Iterator
from typing import Any

from nbformat import NotebookNode

from .. import assignment
from ..harmless.text import printable

FIELDS = ("STUDENT_NUMBER", "NAME", "COLLABORATORS", "SOURCES")
_LARGEST = 200_000  # characters of a cell that is read
_LONGEST, _MOST = 300, 100  # characters of a text, texts of a field
_READ_IT = "look at it yourself"


def read_identity(notebook: NotebookNode) -> tuple[dict[str, Any], list[str]]:
    """The fields of the identity cell, plain enough for any file, and a remark for each that could not be read."""
    for cell in notebook.cells:
        if assignment.grade_id(cell) == assignment.IDENTITY:
            return _fields(cell.source)
    return {}, []


def literals(source: str) -> dict[str, Any]:
    """NAME = literal lines of a piece of code, for the names in FIELDS: a text, a number, or a list of texts."""
    return _fields(source)[0]


def only_fields(source: str) -> bool:
    """True for code that does nothing but set these fields."""
    if not any(field in source for field in FIELDS):  # nearly all cells: to read each as Python would take long
        return False
    try:
        body = ast.parse(source.encode("utf-8", "replace")).body if len(source) <= _LARGEST else []
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return bool(body) and all(any(_assigned([node])) for node in body)


def _fields(source: str) -> tuple[dict[str, Any], list[str]]:
    if len(source) > _LARGEST:
        return {}, [f"the identity cell has {len(source):,} characters and was not read: {_READ_IT}"]
    try:
        body = ast.parse(source.encode("utf-8", "replace")).body
    except (SyntaxError, ValueError) as error:
        return {}, [f"the identity cell is no Python that can be read ({str(error)[:100]}): {_READ_IT}"]
    except (RecursionError, MemoryError):
        return {}, [f"the identity cell is nested too deeply to be read: {_READ_IT}"]
    found, unread = {}, []
    for name, value in _assigned(body):
        try:
            found[name] = _plain(name, ast.literal_eval(value))
        except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
            unread.append(f"{name} in the identity cell is neither a text nor a list of texts: {_READ_IT}")
    return found, unread


def _assigned(body: list[ast.stmt]) -> Iterator[tuple[str, ast.expr]]:
    for node in body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        for target in targets:
            if isinstance(target, ast.Name) and target.id in FIELDS and value is not None:
                yield target.id, value


def _plain(name: str, value: Any) -> str | int | list[str]:
    """What was meant by it: one text, or the number itself; of whom and what one worked with each text, once."""
    if name == "STUDENT_NUMBER" and type(value) is int and abs(value) < 10**18:
        return value
    texts = list(dict.fromkeys(_texts(value)))[:_MOST]
    if name in ("STUDENT_NUMBER", "NAME"):
        return " ".join(texts)[:_LONGEST]
    return texts if isinstance(value, list | tuple | set | dict) else "".join(texts)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = [part for pair in value.items() for part in pair]
    if isinstance(value, set | frozenset):
        value = sorted(value, key=repr)  # the same submission gives the same record
    if isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, bytes):
        yield printable(value[: 4 * _LONGEST].decode("utf-8", "replace"))[:_LONGEST]
    elif value is not None and value is not Ellipsis and not isinstance(value, bool):
        yield printable(value if isinstance(value, str) else repr(value))[:_LONGEST]
