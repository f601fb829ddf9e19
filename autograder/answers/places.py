"""Where the answers stand in a notebook that has lost its ids: between the given cells, known by what they say.

Some editors write ids anew, drop the metadata, or cut a text into a cell for each of its paragraphs.
"""

import difflib
import functools
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from .written import Written

_LINK = re.compile(r"!?\[([^\]\n]{0,300})\]\([^)\n]{0,300}\)")
_ALIKE = 0.6  # of the words of a given text, and of a cell that is taken for it though it was changed
_LONGEST, _MOST = 3000, 200  # words that are compared one by one, and cells of a gap

Words = tuple[str, ...]


@dataclass(frozen=True)
class Ours:
    """A cell of the hand-out, by the ids that it is known by. is_answer: students write in it."""

    ids: frozenset[str]
    cell_type: str
    text: str
    is_answer: bool


@dataclass(frozen=True)
class Gap:
    """Cells of the student's that are none of the hand-out's, and the cells of the hand-out that stand there."""

    theirs: list[int]
    ours: range


def recognised(ours: Sequence[Ours], theirs: Sequence[Written]) -> dict[int, int]:
    """The student's cells that are the hand-out's, by their ids or by what they say: their places there."""
    known = _recognised(ours, theirs)
    for gap in gaps(ours, theirs, known) if len(known) < len(theirs) else []:
        known |= _changed(gap, ours, theirs)
    return known


def in_our_order(ours: Sequence[Ours], theirs: list[Written]) -> tuple[list[Written], dict[int, int]]:
    """The student's cells and which of them are the hand-out's; turned round where they stand from last to first."""
    known = recognised(ours, theirs)
    steps = [after - before for before, after in itertools.pairwise(known[at] for at in sorted(known))]
    if sum(step < 0 for step in steps) <= sum(step > 0 for step in steps):
        return theirs, known
    return theirs[::-1], recognised(ours, theirs[::-1])


def say_the_same(ours: Ours, theirs: Written) -> bool:
    """Whether a given cell is as it was, but for what editors change."""
    return words_of(ours.text, ours.cell_type) == words_of(theirs.source, theirs.cell_type)


def text_in(gap: Gap, answer: int, ours: Sequence[Ours], theirs: Sequence[Written], missing: set[int]) -> list[int]:
    """The cells of a gap that are the text of this answer: all, where it is the first of the missing ones there."""
    written = [i for i in gap.theirs if theirs[i].cell_type == ours[answer].cell_type]
    wanted = [i for i in gap.ours if i in missing and ours[i].cell_type == ours[answer].cell_type]
    if answer not in wanted:  # it should stand in another gap, or nothing of the student's stands where it should
        return []
    if len(wanted) == len(written):
        return [written[wanted.index(answer)]]
    return written if answer == wanted[0] else []


def _recognised(ours: Sequence[Ours], theirs: Sequence[Written]) -> dict[int, int]:
    """Those that were not changed, one or several for each of the hand-out's."""
    by_id = {id: place for place, cell in enumerate(ours) for id in cell.ids}
    words = [words_of(cell.text, cell.cell_type) for cell in ours]
    free = [place for place, cell in enumerate(ours) if not cell.is_answer and words[place]]
    said = [words_of(cell.source, cell.cell_type) for cell in theirs]
    found, at, last = dict[int, int](), 0, -1
    while at < len(theirs):
        place, count = by_id.get(theirs[at].id or "", by_id.get(theirs[at].cell_id or "", -1)), 1
        if place < 0:
            fitting = ((p, _cut(words[p], said, at)) for p in free if ours[p].cell_type == theirs[at].cell_type)
            matches = [match for match in fitting if match[1]]
            place, count = min(matches, key=lambda match: (match[0] < last, match[0]), default=(-1, 1))
        if place >= 0:
            found.update(dict.fromkeys(range(at, at + count), place))
            free, last = [p for p in free if p != place], place
        at += count
    return found


def _cut(text: Words, said: Sequence[Words], at: int) -> int:
    """How many of the cells from here on say together what the text says; 0 when they do not."""
    length, end = 0, at
    while end < len(said) and length < len(text) and said[end] == text[length : length + len(said[end])]:
        length, end = length + len(said[end]), end + 1
    return end - at if length == len(text) and said[at] else 0


def gaps(ours: Sequence[Ours], theirs: Sequence[Written], known: dict[int, int]) -> list[Gap]:
    """What stands between the cells that are recognised; where they were moved, what stands below one belongs to it."""
    found, run, before = [], list[int](), -1
    for at in range(len(theirs) + 1):
        if at < len(theirs) and at not in known:
            run += [at] if theirs[at].source.strip() else []
            continue
        after = known.get(at, len(ours))
        if after < before:
            after = next((p for p in range(before + 1, len(ours)) if not ours[p].is_answer), len(ours))
        if run:
            found.append(Gap(run, range(before + 1, after)))
        run, before = [], known.get(at, -1)
    return found


def _changed(gap: Gap, ours: Sequence[Ours], theirs: Sequence[Written]) -> dict[int, int]:
    """Cells of the gap that are given ones which were changed, and the answers between them not."""
    found, first = dict[int, int](), gap.ours.start
    for at in gap.theirs[:_MOST]:
        said = words_of(theirs[at].source, theirs[at].cell_type)
        for place in range(first, gap.ours.stop):
            cell = ours[place]
            if cell.is_answer or cell.cell_type != theirs[at].cell_type:
                continue
            if _alike(said, words_of(cell.text, cell.cell_type)):
                found[at], first = place, place + 1
                break
    return found


def _alike(said: Words, given: Words) -> bool:
    if not said or not given or len(said) + len(given) > _LONGEST:
        return False
    matcher = difflib.SequenceMatcher(None, said, given, autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


@functools.lru_cache(2048)  # most cells are the hand-out's, student after student
def words_of(text: str, cell_type: str) -> Words:
    """What is said, without what editors change: marks of Markdown, addresses of links, white space."""
    return tuple(re.findall(r"\w+", _LINK.sub(r"\1", text)) if cell_type == "markdown" else text.split())
