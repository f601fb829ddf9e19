"""What the answers use and the grader does not have: packages, and a newer Python's way of writing."""

import json
from pathlib import Path

from ..ready.grader import imports_of
from .blocks import block_at
from .cells import Matched
from .newer import line_of_newer
from .said import FAILS, LOST, Said, several

TOLD = Path("libs", "grader.json")  # the grader's Python and packages, as the release notes them


def say_packages(folder: Path, notebooks: list[Matched], module: tuple[str, str | None]) -> list[Said]:
    """A sentence on packages, one on newer code. module: name and text of the .py."""
    if not (folder / TOLD).is_file():
        return []
    told = json.loads((folder / TOLD).read_text(encoding="utf-8"))
    python = tuple(map(int, told["python"].split(".")[:2]))
    texts = [(matched.file, cell.label, cell.source) for matched, cell in _answers(notebooks)]
    texts += [(module[0], "", module[1])] if module[1] else []
    return [*_missing(folder, texts, set(told["imports"])), *_newer(texts, (python[0], python[1]))]


def _answers(notebooks: list[Matched]):
    for matched in notebooks:
        for cell, entry in matched.laid:
            if cell.type == "code" and (entry is None or entry.is_answer):
                yield matched, cell


def _missing(folder: Path, texts: list[tuple[str, str, str]], known: set[str]) -> list[Said]:
    where: dict[str, list[str]] = {}
    for file, _, source in texts:
        for name in imports_of(source):
            beside = (folder / name).is_dir() or (folder / f"{name}.py").is_file()
            if name not in known and not (beside and name in ("libs", *(Path(f).stem for f, _, _ in texts))):
                where.setdefault(name, []).append(file)
    said = []
    for name, files in where.items():
        text = f"{name} is imported in {several(sorted(set(files)), 4)} and is not there when you are graded"
        said.append(Said(FAILS, f"{text}: code that needs it fails. Do without it, and take the import out."))
    return said


def _newer(texts: list[tuple[str, str, str]], python: tuple[int, int]) -> list[Said]:
    places = []
    for file, label, source in texts:
        line = line_of_newer(source, python)
        if line:
            name = block_at(source, line)
            places.append(
                f"{file}, {f'cell {label}, line' if label else 'line'} {line}{f' (block {name})' if name else ''}"
            )
    if not places:
        return []
    text = f"you are graded with Python {python[0]}.{python[1]}, which cannot read {several(places)}"
    return [
        Said(LOST, f"{text}: newer Pythons alone allow this, such as the same quotes inside the braces of an f-string.")
    ]
