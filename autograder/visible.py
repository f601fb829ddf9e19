"""Text that others wrote, as a terminal, a table or a page may show it: what acts on it or is unseen is spelled out.

This is the one place for all that leaves the grader: records, logs, tables, pages, standard output.
"""

import html
import re
import unicodedata
from typing import Any

_COLOURS = re.compile(r"\x1b\[[0-9;:]*m")
_JOINERS = "\u200c\u200d\u200e\u200f"  # Persian and emoji need them; none moves what stands around it


def visible(text: str) -> str:
    """The text without colours; control characters and marks that turn its direction are written as in `\\x1b`."""
    if text.isprintable():
        return text
    text = _COLOURS.sub("", text)
    return "".join(char if _is_shown(char) else char.encode("unicode_escape").decode() for char in text)


def visible_in(value: Any) -> Any:
    """The same for every text in lists and dicts."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, list | tuple):
        return [visible_in(item) for item in value]
    if isinstance(value, dict):
        return {visible_in(key): visible_in(item) for key, item in value.items()}
    return value


def escape(text: str) -> str:
    """The same for a page: visible, and without markup."""
    return html.escape(visible(text))


def say(text: object) -> None:
    """Print a line, made visible."""
    print(visible(str(text)))


def _is_shown(char: str) -> bool:
    return char.isprintable() or char in "\n\t" or char in _JOINERS or unicodedata.category(char) == "Zs"
