"""The right answers: whole solutions in other hands, and small variants of the reference."""

from dataclasses import dataclass

from autograder import assignment

from .. import other_style
from ..edits import Edit
from ..independent import NAMES, solution
from ..right.catalogue import RIGHT


@dataclass(frozen=True)
class Answer:
    """One notebook of a right answer."""

    name: str
    notebook: str
    edits: tuple[Edit, ...]


def answers() -> list[Answer]:
    """All of them; a whole solution counts once for each notebook."""
    whole: dict[str, tuple[Edit, ...]] = {
        "the reference": (),
        **{f"{name} solution": solution(name).edits() for name in NAMES},
    }
    found = [Answer(name, notebook, edits) for name, edits in whole.items() for notebook in assignment.PRACTICALS]
    found += [Answer("another hand", notebook, other_style.EVERYTHING) for notebook in assignment.PRACTICALS]
    return found + [Answer(right.name, right.notebook, right.edits) for right in RIGHT]
