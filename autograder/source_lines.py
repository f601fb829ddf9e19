"""Lines of Python source as Python counts them, and source moved to another indentation.

str.splitlines() also ends a line at form feeds, U+0085, U+2028 and their like, which may stand in comments and strings.
"""

import re

_END = re.compile(r"\r\n|\n|\r")
_STRING = re.compile(  # a string of several lines is the one that matters; comments and the others hide their quotes
    r"#[^\n]*|(?P<quotes>'{3}|\"{3})(?:\\.|.)*?(?P=quotes)|'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"", re.DOTALL
)


def source_lines(text: str) -> list[str]:
    """The lines of a Python source, without their ends."""
    lines = _END.split(text)
    return lines if lines[-1] else lines[:-1]


def moved(lines: list[str], indent: str) -> list[str]:
    """Lines of code with their first statement at this indentation; the inside of a string stays as it is.

    Tabs before a line become spaces, lines of white space empty; what stands left of the first statement stays left.
    """
    inside = lines_inside_strings(lines)
    lines = [line if number in inside else _without_tabs(line) for number, line in enumerate(lines)]
    code = [line for line in lines if line and not line.lstrip().startswith("#")] or [line for line in lines if line]
    shift = len(indent) - _column(code[0]) if code else 0
    return [line if number in inside or not line else _shifted(line, shift) for number, line in enumerate(lines)]


def lines_inside_strings(lines: list[str]) -> set[int]:
    """The numbers of the lines that begin within a string."""
    text, inside = "\n".join(lines), set[int]()
    for found in _STRING.finditer(text):
        if found["quotes"]:
            first = text.count("\n", 0, found.start())
            inside.update(range(first + 1, first + 1 + found[0].count("\n")))
    return inside


def _without_tabs(line: str) -> str:
    rest = line.lstrip(" \t\f")
    return line[: len(line) - len(rest)].replace("\f", "").expandtabs(4) + rest if rest else ""


def _column(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _shifted(line: str, shift: int) -> str:
    return " " * max(_column(line) + shift, 0) + line.lstrip(" ")
