"""The passages that two submissions share: pieces paired by their rare fingerprints, neighbours joined."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .engine import Piece
from .plan import Text

LEAST_EVIDENCE, LEAST_SHARE = 1.5, 0.4


@dataclass(frozen=True)
class Mark:
    """Characters start..end of text number `text` belong to shared passage `number`."""

    text: int
    start: int
    end: int
    number: int


@dataclass(frozen=True)
class _Spot:
    text: int
    at: int
    piece: Piece


def shared_passages(
    left: Sequence[tuple[Text, list[Piece]]],
    right: Sequence[tuple[Text, list[Piece]]],
    weights: Mapping[int, float],
    first: int = 1,
) -> tuple[list[Mark], list[Mark], int]:
    """Marks on the left, marks on the right, and the next free number; a passage has one number on both sides."""
    ours, theirs = _spots(left), _spots(right)
    partner = _paired(ours, theirs, weights)
    marks: tuple[list[Mark], list[Mark]] = ([], [])
    number, before = first - 1, (-2, -2)
    for mine, other in sorted(partner.items()):
        if not (_follows(ours, before[0], mine) and _follows(theirs, before[1], other)):
            number += 1
        before = (mine, other)
        for side, spot in zip(marks, (ours[mine], theirs[other]), strict=True):
            side.append(Mark(spot.text, spot.piece.start, spot.piece.end, number))
    return marks[0], marks[1], number + 1


def _spots(texts: Sequence[tuple[Text, list[Piece]]]) -> list[_Spot]:
    return [_Spot(n, at, piece) for n, (_, pieces) in enumerate(texts) for at, piece in enumerate(pieces)]


def _follows(spots: Sequence[_Spot], before: int, after: int) -> bool:
    """True when a spot is the one below another in the same text."""
    return before >= 0 and after - before == 1 and spots[before].text == spots[after].text


def _paired(ours: Sequence[_Spot], theirs: Sequence[_Spot], weights: Mapping[int, float]) -> dict[int, int]:
    """The best partner of each spot: most evidence first, each spot once."""
    where: dict[int, int] = {}
    for number, spot in enumerate(theirs):
        for made in spot.piece.prints:
            where.setdefault(made, number)
    shared: dict[tuple[int, int], float] = {}
    for number, spot in enumerate(ours):
        for made in spot.piece.prints:
            if made in where and made in weights:
                key = (number, where[made])
                shared[key] = shared.get(key, 0.0) + weights[made]
    worth = [[sum(weights.get(made, 0.0) for made in spot.piece.prints) for spot in side] for side in (ours, theirs)]
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for (mine, other), evidence in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        enough = evidence >= max(LEAST_EVIDENCE, LEAST_SHARE * min(worth[0][mine], worth[1][other]))
        if enough and mine not in partner and other not in taken:
            partner[mine] = other
            taken.add(other)
    return partner
