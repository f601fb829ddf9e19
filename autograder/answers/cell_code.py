"""The code of a notebook's cell as Python sees it: without magics and shell lines, as IPython reads them."""

import ast
import re
from functools import lru_cache
from typing import Any

from .compiles import NOT_CODE

_RUN_THEIR_CODE = frozenset(("time", "capture", "prun"))  # magics below and behind which stands ordinary code
_PASSES, _LONGEST = 2, 20_000  # a longer cell with magics counts as no code
_CELL_MAGIC = re.compile(r"\s*%%(?P<name>\w+)[^\n]*\n?")
_LINE_MAGIC = re.compile(r"^(?P<indent>[ \t]*)%(?:time|prun)[ \t]+(?:-\w[ \t]+)*", re.MULTILINE)


def parsed(source: str) -> ast.Module | None:
    """The syntax tree of a cell; None when it is no code, or code too deep to be read."""
    try:
        return ast.parse(as_python(source))
    except NOT_CODE:
        return None


@lru_cache(512)
def as_python(source: str) -> str:
    """The cell in plain Python; the text itself where it is that, or cannot be made that."""
    if _compiles(source) or len(source) > _LONGEST:
        return source
    magic = _CELL_MAGIC.match(source)
    if magic:  # of another language, or run for its time only, as %%timeit is: it makes no names
        return as_python(source[magic.end() :]) if magic["name"] in _RUN_THEIR_CODE else ""
    try:
        return _transformed(_LINE_MAGIC.sub(r"\g<indent>", source))
    except Exception:  # whatever IPython makes of it, the kernel says so when the cell is run
        return source


def below_magic(text: str, source: str) -> str:
    """The cell with a text put above its code: below `%%time`, which must stay on top, and imports from __future__."""
    if not text:
        return source
    magic = _CELL_MAGIC.match(source)
    head = magic.end() if magic and magic["name"] in _RUN_THEIR_CODE else 0
    body = source[head:]
    for node in tree.body if (tree := parsed(body)) else []:
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            head = len("\n".join(source.split("\n")[: source[:head].count("\n") + (node.end_lineno or 0)])) + 1
    return f"{source[:head]}{text}\n\n{source[head:]}"


def joined(sources: list[str]) -> str:
    """Several cells as one that does what they did one after another; a cell magic must stand on top."""
    if len(sources) < 2:
        return "".join(sources)
    return "\n\n".join(_without_cell_magic(source) for source in sources)


def _without_cell_magic(source: str) -> str:
    magic = _CELL_MAGIC.match(source)
    if not magic:
        return source
    if magic["name"] in _RUN_THEIR_CODE:
        return source[magic.end() :]
    return "\n".join(f"# {line}" for line in source.split("\n"))


def _compiles(source: str) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    except (ValueError, RecursionError, MemoryError):
        return True  # magics do not mend it
    return True


def _transformed(source: str) -> str:
    """What IPython makes of a cell; its own way reads the whole cell anew for each magic."""
    from IPython.core.inputtransformer2 import TransformerManager, make_tokens_by_line  # slow to load, needed by few

    manager: Any = TransformerManager()  # type: ignore[no-untyped-call]
    lines = re.findall(r"[^\n]*\n|[^\n]+", source)
    for transform in (*manager.cleanup_transforms, *manager.line_transforms):
        lines = transform(lines)
    for _ in range(_PASSES):
        statements = make_tokens_by_line(lines)
        found = [_first(manager.token_transformers, [statement]) for statement in statements]
        for magic in reversed([magic for magic in found if magic is not None]):
            lines = magic.transform(lines)
    return "".join(lines)


def _first(kinds: list[Any], statement: list[Any]) -> Any:
    """The magic that a statement begins with or holds, of several the one that IPython would take first."""
    found = [magic for kind in kinds if (magic := kind.find(statement)) is not None]
    return min(found, key=lambda magic: magic.sortby(), default=None)
