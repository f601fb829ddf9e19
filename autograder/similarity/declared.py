"""Whether two students say that they worked together: by number or name, in Persian or English, however typed."""

import re

from .folding import fold, words
from .work import Work

NOBODY, ONE, BOTH, SELF = "", "declared by one", "declared by both", "the same student in another term"


def declared(first: Work, second: Work) -> str:
    """NOBODY, ONE, BOTH or, for a student who repeats the course, SELF."""
    if first.term != second.term and first.student == second.student:
        return SELF
    said = names(first, second) + names(second, first)
    return (NOBODY, ONE, BOTH)[said]


def names(one: Work, other: Work) -> bool:
    """True when one of the collaborators of `one` is the other student."""
    return any(_is(entry, other) for entry in one.collaborators)


def _is(entry: str, student: Work) -> bool:
    if student.student in re.findall(r"\w+", fold(entry)):
        return True
    said = set(words(entry))
    return any(set(words(name)) <= said for name in student.names if words(name))
