"""A mistake in the module."""

from ..edits import Edit
from .mistake import NETWORKS, Mistake


def mistaken(name: str, loses: str, hint: str, *edits: Edit, may_lose: str = "") -> Mistake:
    """The mistake that these edits make; tests are set apart by spaces."""
    return Mistake(name, NETWORKS, edits, tuple(loses.split()), tuple(may_lose.split()), hint)
