"""One right answer: an edit of the reference that loses no point."""

from dataclasses import dataclass

from ..answer import Answer
from ..edits import in_cell, whole_block, whole_cell
from ..mistakes.mistake import NETWORKS, SUPERVISED, UNSUPERVISED


@dataclass(frozen=True)
class Right(Answer):
    """A way to write it by its name: another style, another choice, another reading that the interface allows."""


def module(name: str, **blocks: str) -> Right:
    """Blocks of the module written anew."""
    return Right(name, NETWORKS, tuple(whole_block(block, text) for block, text in blocks.items()))


def supervised(name: str, **cells: str) -> Right:
    """Answer cells of the supervised notebook written anew."""
    return Right(name, SUPERVISED, tuple(whole_cell(SUPERVISED, cell, text) for cell, text in cells.items()))


def unsupervised(name: str, **cells: str) -> Right:
    """Answer cells of the unsupervised notebook written anew."""
    return Right(name, UNSUPERVISED, tuple(whole_cell(UNSUPERVISED, cell, text) for cell, text in cells.items()))


def changed(notebook: str, name: str, cell: str, *pairs: tuple[str, str]) -> Right:
    """One answer cell in which each pair (old, new) is exchanged."""
    return Right(name, notebook, tuple(in_cell(notebook, cell, old, new) for old, new in pairs))
