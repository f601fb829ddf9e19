"""A mistake in one answer cell of the supervised notebook."""

from ..edits import in_cell
from .mistake import SUPERVISED, Mistake


def wrong(name: str, cell: str, loses: str, hint: str, *pairs: tuple[str, str], may_lose: str = "") -> Mistake:
    """The mistake that replaces old by new for each pair (old, new) in the cell; tests are set apart by spaces."""
    edits = tuple(in_cell(SUPERVISED, cell, old, new) for old, new in pairs)
    return Mistake(name, SUPERVISED, edits, tuple(loses.split()), tuple(may_lose.split()), hint)
