"""Code of a newer Python than this one, told from code with a mistake: said in newer words, it could be read here.

Nobody may have a newer Python at hand, so what is known to be new is put in older words, and then read.
"""

import ast
import platform
import re
import sys
from collections.abc import Callable

from .f_strings import without_f_strings

Version = tuple[int, int]
_DEFINITION = re.compile(r"^([ \t]*(?:async[ \t]+def|def|class)[ \t]+\w+)[ \t]*(?=\[)", re.MULTILINE)
_TYPE = re.compile(r"^([ \t]*)type[ \t]+(\w+)[ \t]*(?=[\[=])", re.MULTILINE)
_EXCEPT = re.compile(r"^([ \t]*except\*?)[ \t]+((?:[\w.]+[ \t]*,[ \t]*)+[\w.]+)[ \t]*:", re.MULTILINE)
_LAZY = re.compile(r"^([ \t]*)lazy[ \t]+(?=import\b|from\b)", re.MULTILINE)
_LONGEST, _MOST_PARAMETERS = 50_000, 1_000  # characters of a text that is looked at, and of brackets in it
_ONCE_WRONG = ("unpacking cannot be used in comprehension", "unpacking cannot be used in dict comprehension")


def with_python(message: str, source: str) -> str:
    """What Python says about a text that it cannot read, with both versions where a newer Python could read it."""
    here = f"graded with Python {platform.python_version()}"
    version, is_sure = newer_than_here(source)
    if is_sure:
        return f"written for Python {version[0]}.{version[1]} or newer; it is {here}: {message}"
    if version > sys.version_info[:2] or any(once in message for once in _ONCE_WRONG):
        return f"it may be written for a newer Python; it is {here}: {message}"
    return message


def newer_than_here(source: str) -> tuple[Version, bool]:
    """The Python that the newest words of a text need, and whether the rest of it can be read here; (0, 0) for none."""
    newest: Version = (0, 0)
    if len(source) > _LONGEST:
        return newest, False
    for lower in (_f_strings, _type_parameters, _except_without_brackets, _lazy_imports):
        version, source = lower(source)
        newest = max(newest, version)
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return newest, False
    return newest, newest > sys.version_info[:2]


def _f_strings(source: str) -> tuple[Version, str]:
    """f"{info["mean"]}" is 3.12's, t"..." 3.14's."""
    has_t, has_free, text = without_f_strings(source)
    return ((3, 14) if has_t else (3, 12) if has_free else (0, 0)), text


def _type_parameters(source: str) -> tuple[Version, str]:
    """`def f[T](x)`, `class A[T]` and `type X = ...` are 3.12's; with defaults 3.13's."""
    newest, text = (0, 0), source
    for pattern, to in ((_TYPE, r"\1\2 "), (_DEFINITION, r"\1")):
        for found in reversed(list(pattern.finditer(text))):
            end = _closing(text, found.end())
            newest = max(newest, (3, 13) if _has_default(text[found.end() : end]) else (3, 12))
            text = text[: found.start()] + found.expand(to) + text[end:]
    return newest, text


def _closing(text: str, start: int) -> int:
    """Where the bracket that opens at start has closed; start itself when none opens there."""
    depth = 0
    for end in range(start, min(len(text), start + _MOST_PARAMETERS)):
        depth += (text[end] in "[({") - (text[end] in "])}")
        if depth <= 0:
            return end + (text[end] in "])}")
    return start


def _has_default(brackets: str) -> bool:
    return re.search(r"[^=!<>]=[^=]", brackets) is not None


def _except_without_brackets(source: str) -> tuple[Version, str]:
    """`except ValueError, TypeError:` is 3.14's."""
    return _replaced(_EXCEPT, r"\1 (\2):", source, (3, 14), _are_classes)


def _are_classes(found: re.Match[str]) -> bool:
    """Not so `except ValueError, error:`, which is of Python 2."""
    return all(name.strip().rpartition(".")[2][:1].isupper() for name in found[2].split(","))


def _lazy_imports(source: str) -> tuple[Version, str]:
    """`lazy import torch` is 3.15's."""
    return _replaced(_LAZY, r"\1", source, (3, 15), lambda found: True)


def _replaced(
    pattern: re.Pattern[str], to: str, source: str, version: Version, holds: Callable[[re.Match[str]], bool]
) -> tuple[Version, str]:
    is_there = any(map(holds, pattern.finditer(source)))
    text = pattern.sub(lambda found: found.expand(to) if holds(found) else found[0], source)
    return (version, text) if is_there else ((0, 0), source)
