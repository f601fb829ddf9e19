"""Lines of a text replaced, all by their numbers in the text as it was."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Edit:
    """Lines first..last (not included) give way to others; an insertion where first is last."""

    first: int
    last: int
    lines: list[str]


def edited(lines: list[str], edits: Iterable[Edit]) -> list[str]:
    """The lines with all edits made; insertions at one place keep their order."""
    result = list(lines)
    for edit in sorted(edits, key=lambda edit: (edit.first, edit.last))[::-1]:
        result[edit.first : edit.last] = edit.lines
    return result
