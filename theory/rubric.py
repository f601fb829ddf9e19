"""The rubric as data: what each part of a question is worth, for what, and what common wrong answers are worth.

question<n>/rubric.toml holds the question's points and a table for each part; its texts are Markdown and LaTeX at once:
plain words, formulas between dollars, checked formulas as \\use{name}.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
QUESTIONS = (1, 2, 3, 4, 5, 6)
LANGUAGES = ("fa", "en")

Text = dict[str, str]  # language -> text


@dataclass(frozen=True)
class Line:
    """A criterion and its points, or a mistake and what the part is then worth."""

    points: int
    text: Text


@dataclass(frozen=True)
class Part:
    """One part of a question, such as 1 (a)."""

    question: int
    letter: str
    points: int
    answer: Text
    criteria: tuple[Line, ...]
    mistakes: tuple[Line, ...]

    @property
    def id(self) -> str:
        """As in the grade ids of theory.ipynb: 1a."""
        return f"{self.question}{self.letter}"


@dataclass(frozen=True)
class Rubric:
    """One question's rubric. Raises ValueError where its points do not add up."""

    question: int
    points: int
    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        """The parts add up to the question, the criteria of each part to the part; no mistake is worth the whole."""
        _agree(f"question {self.question}", self.points, sum(part.points for part in self.parts), "parts")
        for part in self.parts:
            _agree(f"part {part.id}", part.points, sum(line.points for line in part.criteria), "criteria")
            for line in part.mistakes:
                if not 0 <= line.points < part.points:
                    raise ValueError(f"rubric of part {part.id}: a mistake cannot be worth {line.points}: {line.text}")


def rubric(question: int) -> Rubric:
    """The rubric of a question, read from its folder. Raises ValueError that names the part and what is missing."""
    data = tomllib.loads((folder(question) / "rubric.toml").read_text(encoding="utf-8"))
    parts = [_part(question, letter, table) for letter, table in data.items() if isinstance(table, dict)]
    return Rubric(question, data["points"], tuple(parts))


def folder(question: int) -> Path:
    """Where a question lies."""
    return HERE / f"question{question}"


def _part(question: int, letter: str, table: dict[str, Any]) -> Part:
    where = f"rubric of part {question}{letter}"
    criteria = tuple(_line(where, row, "points") for row in table["criterion"])
    mistakes = tuple(_line(where, row, "worth") for row in table.get("mistake", []))
    return Part(question, letter, table["points"], _text(where, table["answer"]), criteria, mistakes)


def _line(where: str, row: dict[str, Any], key: str) -> Line:
    return Line(row[key], _text(where, row))


def _text(where: str, table: dict[str, Any]) -> Text:
    missing = [language for language in LANGUAGES if not table.get(language)]
    if missing:
        raise ValueError(f"{where}: no text in {', '.join(missing)}: {table}")
    return {language: " ".join(table[language].split()) for language in LANGUAGES}


def _agree(what: str, stated: int, added: int, of: str) -> None:
    if stated != added:
        raise ValueError(f"rubric of {what}: its {of} add up to {added}, not {stated}")
