"""Where coincidence ends: a cut that comes from the class's own pairs, not a fixed number."""

from dataclasses import dataclass
from math import log

import numpy as np

ALARMS = 0.1  # pairs above the cut that chance alone is expected to bring in one class
FEW = 10  # submissions; in a smaller class the bulk says too little
SPANS = ((0.5, 0.9), (0.9, 0.95), (0.95, 0.99))  # parts of the distribution that the tail is read from
_NARROWEST, _HIGHEST = 0.01, 0.9


@dataclass(frozen=True)
class Cut:
    """Of `pairs` scores the median, the scale of the upper tail, and the score above which pairs stand out."""

    pairs: int
    middle: float
    scale: float
    at: float

    def standing(self, score: float) -> float:
        """How far out a score is: 0 at the median, 1 at the cut."""
        return (score - self.middle) / max(self.at - self.middle, 1e-9)


def cut_of(scores: np.ndarray) -> Cut:
    """The cut of a population of pairs.

    The tail of unrelated pairs is taken to fall off exponentially: beyond a quantile q there are (1 - q) * pairs *
    exp(-distance / scale) of them, and the cut is where that is ALARMS. The scale is read from each of SPANS that holds
    pairs enough, and the lowest cut is taken: copies move the upper spans only, and make them longer; a middle that
    falls off slowly moves the first only.
    """
    if not len(scores):
        return Cut(0, 0.0, _NARROWEST, _HIGHEST)
    found: list[tuple[float, float]] = []
    for low, high in SPANS:
        if found and (1 - high) * len(scores) < 10:
            break
        start, end = (float(value) for value in np.quantile(scores, [low, high]))
        scale = max((end - start) / log((1 - low) / (1 - high)), _NARROWEST)
        found.append((start + scale * log(max((1 - low) * len(scores) / ALARMS, 1.0)), scale))
    at, scale = min(found)
    middle = float(np.median(scores))
    return Cut(len(scores), middle, scale, min(at, max(_HIGHEST, middle)))
