"""Puts the four documents together from the questions' folders: each part's statement, solution and rubric in a row."""

import re
from collections.abc import Sequence

from .pieces import solution, statement
from .rubric import QUESTIONS, Line, Part, Rubric, folder, rubric

DOCUMENTS = tuple((kind, language) for kind in ("questions", "solutions") for language in ("fa", "en"))
_CLASS = {"fa": "persian", "en": "english"}


def document(kind: str, language: str, digest: str, questions: Sequence[int] = QUESTIONS) -> str:
    """The LaTeX source of one document. digest: of all the sources, which the PDF carries as its keywords."""
    options = _CLASS[language] + (",solutions" if kind == "solutions" else "")
    body = "\n".join(_question(rubric(number), kind, language) for number in questions)
    return "\n".join(
        [
            rf"\documentclass[{options}]{{homework}}",
            rf"\hypersetup{{pdfkeywords={{{digest}}}}}",
            r"\begin{document}",
            rf"\input{{title.{language}}}",
            *([r"\input{notation}"] if kind == "solutions" else []),
            body,
            r"\end{document}",
            "",
        ]
    )


def _question(marks: Rubric, kind: str, language: str) -> str:
    asked, solved = statement(marks.question, language), solution(marks.question, language)
    here = folder(marks.question).name
    words = [r"\par\begingroup", rf"\graphicspath{{{{{here}/}}}}"]
    words += [rf"\makeatletter\def\input@path{{{{{here}/}}}}\makeatother"]
    words += [rf"\input{{{here}/formulas}}", rf"\question{{{marks.question}}}{{{marks.points}}}", asked.intro]
    for part in marks.parts:
        words += [rf"\ask{{{letter(part, language)}}}{{{part.points}}}", asked.parts[part.letter]]
        if kind == "solutions":
            words += _solved(part, solved.parts[part.letter], language)
    return "\n".join([*words, r"\endgroup"])


def _solved(part: Part, text: str, language: str) -> list[str]:
    rows = [rf"\criterion{{{line.points}}}{{{latex(line.text[language])}}}" for line in part.criteria]
    if part.mistakes:
        rows += [r"\mistakes", *(_mistake(line, language) for line in part.mistakes)]
    return [
        rf"\begin{{short}}{latex(part.answer[language])}\end{{short}}",
        rf"\begin{{solution}}{text}\end{{solution}}",
        r"\begin{rubric}",
        *rows,
        r"\end{rubric}",
    ]


def _mistake(line: Line, language: str) -> str:
    return rf"\mistake{{{line.points}}}{{{latex(line.text[language])}}}"


def letter(part: Part, language: str) -> str:
    """a to e, or the letters that the homework uses in Persian."""
    return part.letter if language == "en" else dict(zip("abcde", "آبجده", strict=True))[part.letter]


def latex(text: str) -> str:
    """Text of the rubric in LaTeX: what stands outside formulas is taken literally."""
    pieces = re.split(r"(\$[^$]*\$)", text)
    return "".join(piece if piece.startswith("$") else re.sub(r"([%&#_])", r"\\\1", piece) for piece in pieces)
