"""The engine for explanations: runs of two and three words, in Persian and English."""

import re

from .engine import Piece, Surroundings
from .folding import words
from .graph import digest
from .tokens import LONGEST

_SENTENCE = re.compile(r"[^\n]+?(?:[.!?؟۔]+(?=\s)|(?=\n)|$)")  # the point of a number ends none
RUNS = (2, 3)


class ProseEngine:
    """Pieces are sentences; a run does not go on into the next one."""

    def pieces(self, text: str, around: Surroundings) -> list[Piece]:
        """The fingerprints of the runs of words in each sentence."""
        done: set[int] = set()
        found = []
        for match in _SENTENCE.finditer(text[:LONGEST]):
            there = words(match[0])
            prints = []
            for size in RUNS:
                for at in range(len(there) - size + 1):
                    made = digest("words " + " ".join(there[at : at + size]))
                    if made not in done:
                        done.add(made)
                        prints.append(made)
            if prints:
                start = match.start() + len(match[0]) - len(match[0].lstrip())
                found.append(Piece(start, match.start() + len(match[0].rstrip()), tuple(prints)))
        return found
