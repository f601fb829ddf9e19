"""The right answers: whole solutions in other hands, and small variants of the reference."""

from autograder import assignment

from .. import other_style
from ..answer import Answer
from ..edits import Edit
from ..independent import NAMES, solution
from ..right.catalogue import RIGHT


def whole_solutions() -> list[Answer]:
    """Each counts once for each notebook."""
    whole: dict[str, tuple[Edit, ...]] = {
        "the reference": (),
        **{f"{name} solution": solution(name).edits() for name in NAMES},
    }
    found = [Answer(name, notebook, edits) for name, edits in whole.items() for notebook in assignment.PRACTICALS]
    return found + [Answer("another hand", notebook, other_style.EVERYTHING) for notebook in assignment.PRACTICALS]


def answers() -> list[Answer]:
    """All of them."""
    return [*whole_solutions(), *RIGHT]
