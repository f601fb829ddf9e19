"""Code that this Python reads and the grader's older one does not."""

import ast
import io
import sys
import tokenize

_QUOTES = ("'''", '"""', "'", '"')


def line_of_newer(source: str, python: tuple[int, int]) -> int:
    """The first line, from 1, that a Python of this version cannot read; 0 for none that can be told here."""
    if sys.version_info[:2] <= python:
        return 0
    source = "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in source.split("\n"))
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return 0  # no code here either, which is told elsewhere
    try:
        ast.parse(source, feature_version=python)
    except SyntaxError as error:
        return error.lineno or 1
    return _free_f_string(source) if python < (3, 12) <= sys.version_info[:2] else 0


def _free_f_string(source: str) -> int:
    """The line of the first f-string whose braces hold its own quotes, a backslash, a comment or a new line."""
    waiting: list[str] = []  # the quotes of the f-strings that are open
    first = 0  # the line on which the outermost of them began
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        kind = tokenize.tok_name[token.type]
        if kind == "FSTRING_START":
            quote = _quote(token.string)
            if quote in waiting or (waiting and "\\" in token.string):
                return token.start[0]
            first = first if waiting else token.start[0]
            waiting.append(quote)
        elif kind == "FSTRING_END":
            waiting.pop()
        elif waiting and kind != "FSTRING_MIDDLE":
            if kind == "STRING" and ("\\" in token.string or _quote(token.string) in waiting):
                return token.start[0]
            if kind == "COMMENT" or (len(waiting[0]) == 1 and token.start[0] != first):
                return token.start[0]
    return 0


def _quote(text: str) -> str:
    """The quotes that a string or the start of an f-string has, without its letters."""
    bare = text.lstrip("rRbBuUfFtT")
    return next(quote for quote in _QUOTES if bare.startswith(quote))
