"""How much two submissions share of what few others have: between 0 and 1, by section and over all."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log
from statistics import median

import numpy as np

from .fingerprints import Printed

LEAST = 0.35  # of the median evidence of the class: who wrote less is measured against this much


@dataclass(frozen=True)
class Pair:
    """Two submissions by their numbers; the second may be of a past term. sections: score and evidence of each."""

    first: int
    second: int
    score: float
    evidence: float
    sections: dict[str, tuple[float, float]] = field(default_factory=dict)


class Scores:
    """All pairs of one kind of text."""

    def __init__(self, kind: str, sections: Sequence[str], everyone: Sequence[Printed], given: set[int]):
        self.sections = list(sections)
        self.size = sum(not printed.work.term for printed in everyone)  # this class comes first
        self.everyone = everyone
        self._own = [
            {section: printed.prints.get((kind, section), set()) - given for section in (*sections, "")}
            for printed in everyone
        ]
        self._bags = [set().union(*own.values()) for own in self._own]
        self.weights = rarity(self._bags)
        self.shared, self.totals = self._measure()

    def _measure(self) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
        """For each section the evidence shared by class member and anybody, and each one's own."""
        shared, totals = {}, {}
        for section in self.sections:
            own = [self._own[at][section] for at in range(self.size)]
            others = [*own, *self._bags[self.size :]]
            shared[section] = _products(own, others, self.weights)
            totals[section] = np.array([sum(self.weights[made] for made in prints) for prints in own])
        return shared, totals

    def matrix(self) -> np.ndarray:
        """Score of class member (row) and anybody (column) over all sections; 0 on the diagonal."""
        shared = sum(self.shared.values(), np.zeros((self.size, len(self.everyone))))
        total = sum(self.totals.values(), np.zeros(self.size))
        past = [sum(self.weights[made] for made in bag) for bag in self._bags[self.size :]]
        found = _share(shared, total, np.concatenate([total, past]))
        np.fill_diagonal(found, 0)
        return found

    def pair(self, first: int, second: int, score: float) -> Pair:
        """A pair with the score of each section."""
        found = {}
        for section in self.sections:
            shared, own = self.shared[section], self.totals[section]
            other = own[second] if second < self.size else own[first]
            least = max(min(own[first], other), LEAST * _middle(own), 1e-9)
            found[section] = (min(1.0, float(shared[first, second] / least)), float(shared[first, second]))
        return Pair(first, second, score, sum(evidence for _, evidence in found.values()), found)


def rarity(bags: Sequence[set[int]]) -> dict[int, float]:
    """What a fingerprint is worth: the logarithm of how few have it; what all have is worth next to nothing."""
    counts = Counter(made for bag in bags for made in bag)
    return {made: log((len(bags) + 2) / count) for made, count in counts.items()}


def _products(own: list[set[int]], others: list[set[int]], weights: dict[int, float]) -> np.ndarray:
    """The weight of what each of own shares with each of others."""
    counts = Counter(made for prints in own for made in prints)
    elsewhere = set().union(*others[len(own) :])
    columns = {made: at for at, made in enumerate(m for m, n in counts.items() if n > 1 or m in elsewhere)}
    worth = np.array([weights[made] for made in columns], dtype=np.float32)
    right = _incidence(others, columns)
    found: np.ndarray = (right[: len(own)] * worth) @ right.T
    return found


def _incidence(rows: list[set[int]], columns: dict[int, int]) -> np.ndarray:
    found = np.zeros((len(rows), len(columns)), dtype=np.float32)
    for row, prints in enumerate(rows):
        found[row, [columns[made] for made in prints if made in columns]] = 1
    return found


def _share(shared: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Shared evidence as a part of what the one with less has."""
    least = np.maximum(np.minimum(rows[:, None], columns[None, :]), max(LEAST * _middle(rows), 1e-9))
    found: np.ndarray = np.minimum(shared / least, 1.0)
    return found


def _middle(totals: np.ndarray) -> float:
    """The median of those who wrote something."""
    written = [float(total) for total in totals if total > 0]
    return median(written) if written else 0.0
