"""What a student's texts say about each other: which names are read and bound, which attributes are their own."""

import ast
from collections.abc import Iterable

from .dataflow import LONGEST, parse
from .engine import Surroundings


def surroundings_of(texts: Iterable[str]) -> Surroundings:
    """Names and attributes over all of a student's code; code that does not parse says nothing.

    A name is read by others only where it is not bound: a block that goes on with what an earlier block made.
    """
    reads: set[str] = set()
    binds: set[str] = set()
    attributes: set[str] = set()
    for text in texts:
        here: set[str] = set()
        bound: set[str] = set()
        for node in _nodes(text):
            if isinstance(node, ast.Name):
                (here if isinstance(node.ctx, ast.Load) else bound).add(node.id)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                attributes.add(node.attr)
            elif isinstance(node, ast.FunctionDef | ast.ClassDef):
                bound.add(node.name)
                attributes.add(node.name)
            elif isinstance(node, ast.arg):
                bound.add(node.arg)
        reads |= here - bound
        binds |= bound
    return Surroundings(frozenset(reads), frozenset(binds), frozenset(attributes))


def _nodes(text: str) -> Iterable[ast.AST]:
    try:
        tree = parse(text) if len(text) <= LONGEST else None
        return list(ast.walk(tree)) if tree else []
    except (RecursionError, MemoryError, ValueError):
        return []
