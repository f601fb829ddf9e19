"""The engine for explanations: runs of two and three words, in Persian and English."""

import re
from collections.abc import Iterator

from .engine import Piece, Surroundings
from .folding import words
from .graph import digest
from .tokens import LONGEST

_END = re.compile(r"[.!?؟۔](?=\s)|\n")  # the point of a number ends no sentence
RUNS = (2, 3)


class ProseEngine:
    """Pieces are sentences; a run does not go on into the next one."""

    def pieces(self, text: str, around: Surroundings) -> list[Piece]:
        """The fingerprints of the runs of words in each sentence."""
        text = text[:LONGEST]
        done: set[int] = set()
        found = []
        for start, end in _sentences(text):
            there = words(text[start:end])
            prints = []
            for size in RUNS:
                for at in range(len(there) - size + 1):
                    made = digest("words " + " ".join(there[at : at + size]))
                    if made not in done:
                        done.add(made)
                        prints.append(made)
            if prints:
                found.append(Piece(start, end, tuple(prints)))
        return found


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends, without the white space around it."""
    ends = [match.end() for match in _END.finditer(text)]
    for start, end in zip([0, *ends], [*ends, len(text)], strict=True):
        whole = text[start:end]
        if whole.strip():
            yield start + len(whole) - len(whole.lstrip()), start + len(whole.rstrip())
