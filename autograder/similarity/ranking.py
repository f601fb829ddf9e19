"""The pairs that a person should look at: above a cut, and the next few."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from .cut import Cut, cut_of
from .declared import declared
from .fingerprints import Printed
from .plan import CODE, PROSE
from .score import Pair, Scores

NEXT = 10  # pairs below the cut that are shown, too
MOST = 200  # pairs with a page
CLASS, PAST = "this class", "with past terms"


@dataclass
class Population:
    """The pairs of one kind of text, within the class or with past terms: their scores and the cut."""

    kind: str
    group: str
    scores: np.ndarray
    cut: Cut


@dataclass
class Listed:
    """A pair on the page: what it has by kind of text, and how far out it is (1 is the cut)."""

    first: int
    second: int
    standing: float
    said: str
    kinds: dict[str, Pair] = field(default_factory=dict)

    @property
    def is_above(self) -> bool:
        """True when one kind of text is above its cut."""
        return self.standing > 1


def populations(matrices: Mapping[str, np.ndarray], size: int) -> list[Population]:
    """The populations that hold any pair; size: how many submissions are of this class."""
    found = []
    upper = np.triu_indices(size, k=1)
    for kind, matrix in matrices.items():
        for group, scores in ((CLASS, matrix[:, :size][upper]), (PAST, matrix[:, size:].ravel())):
            if len(scores):
                found.append(Population(kind, group, scores, cut_of(scores)))
    return found


def ranked(
    matrices: Mapping[str, np.ndarray],
    scores: Mapping[str, Scores],
    everyone: Sequence[Printed],
    parts: list[Population],
) -> list[Listed]:
    """The pairs to be listed, the farthest out first."""
    size = scores[CODE].size
    standing = _standings(matrices, parts, size)
    rows, columns = np.nonzero(np.triu(np.ones(standing.shape, dtype=bool), k=1) & (standing > 0))
    order = np.lexsort((columns, rows, -standing[rows, columns]))
    above = int((standing[rows, columns] > 1).sum())
    found = []
    for at in order[: min(above + NEXT, MOST)]:
        first, second = int(rows[at]), int(columns[at])
        said = declared(everyone[first].work, everyone[second].work)
        listed = Listed(first, second, float(standing[first, second]), said)
        for kind in (CODE, PROSE):
            listed.kinds[kind] = scores[kind].pair(first, second, float(matrices[kind][first, second]))
        found.append(listed)
    return found


def _standings(matrices: Mapping[str, np.ndarray], parts: list[Population], size: int) -> np.ndarray:
    """For each pair how far out it is in the kind of text in which it is farthest."""
    found = np.zeros_like(next(iter(matrices.values())))
    for part in parts:
        where = slice(0, size) if part.group == CLASS else slice(size, None)
        span = max(part.cut.at - part.cut.middle, 1e-9)
        found[:, where] = np.maximum(found[:, where], (matrices[part.kind][:, where] - part.cut.middle) / span)
    return found
