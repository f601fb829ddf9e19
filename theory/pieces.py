"""A question's files, cut into the pieces of its parts; `\\ask{a}` and `\\answer{a}` open a piece."""

import re
from dataclasses import dataclass

from .rubric import folder

_FORMULA = re.compile(r"\\formula\{(\w+)\}\{(.*)\}\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Pieces:
    """What stands before the first part, and the text of each part."""

    intro: str
    parts: dict[str, str]


def statement(question: int, language: str) -> Pieces:
    """The statement of a question."""
    return _pieces(question, f"statement.{language}.tex", "ask")


def solution(question: int, language: str) -> Pieces:
    """The solution of a question."""
    return _pieces(question, f"solution.{language}.tex", "answer")


def formulas(question: int) -> dict[str, str]:
    """The checked formulas of a question: name -> LaTeX. Raises ValueError for a name given twice."""
    found: dict[str, str] = {}
    for name, latex in _FORMULA.findall((folder(question) / "formulas.tex").read_text(encoding="utf-8")):
        if name in found:
            raise ValueError(f"question{question}/formulas.tex: {name} is there twice")
        found[name] = latex
    return found


def _pieces(question: int, name: str, mark: str) -> Pieces:
    text = (folder(question) / name).read_text(encoding="utf-8")
    intro, *rest = re.split(rf"^\\{mark}\{{(\w)\}}[ \t]*\n", text, flags=re.MULTILINE)
    return Pieces(intro.strip(), dict(zip(rest[::2], (piece.strip() for piece in rest[1::2]), strict=True)))
