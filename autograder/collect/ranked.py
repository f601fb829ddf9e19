"""Remarks in the order of what they cost the student, and many about one file as a few."""

from collections.abc import Iterable

from .contents import NOT_READ
from .recognise import FILES

MOST_ALIKE = 3
_COSTS = (
    "is missing", "as unanswered", "not marked", "not run", "does not compile", "cannot be read", "could not be read",
    "does not count", "are empty in it", "waits for a person",
)  # fmt: skip
_WHOSE = ("STUDENT_NUMBER", "NAME", "byte for byte", "every answer in it")


def ranked(remarks: Iterable[str]) -> list[str]:
    """Each remark once: first what costs something, then what is not read, then whose it is, then the rest."""
    return sorted(dict.fromkeys(remarks), key=_rank)


def weighs(remark: str) -> bool:
    """True for a remark on what costs the student something, or may."""
    return _rank(remark) < 2


def _rank(remark: str) -> int:
    if any(words in remark for words in _COSTS) and not remark.startswith(NOT_READ):
        return 0
    if remark.startswith(NOT_READ):
        return 1
    return 2 if any(words in remark for words in _WHOSE) else 3


def condensed(remarks: Iterable[str]) -> list[str]:
    """The remarks ranked; of one rank and file the first few, then how many more there are."""
    groups: dict[tuple[int, str], list[str]] = {}
    for remark in ranked(remarks):
        file = next((name for name in FILES if remark.startswith(f"{name}: ")), "")
        groups.setdefault((_rank(remark), file or remark), []).append(remark)
    return [line for (_, file), several in groups.items() for line in _few(several, file)]


def _few(remarks: list[str], file: str) -> list[str]:
    if len(remarks) <= MOST_ALIKE:
        return remarks
    return [*remarks[: MOST_ALIKE - 1], f"{remarks[MOST_ALIKE - 1]} ... and {len(remarks) - MOST_ALIKE} more of {file}"]
