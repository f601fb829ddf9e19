"""The engine for code that does not parse: winnowed runs of tokens, names and strings that are one's own made alike."""

import keyword
import re
from bisect import bisect_right

from .engine import Piece, Surroundings
from .graph import digest
from .vocabulary import LIBRARIES, Vocabulary

RUN, WINDOW = 6, 4
LONGEST = 200_000  # characters of one text that are read
_TOKEN = re.compile(r"#[^\n]*|[rbfu]*(?:\"\"\".*?\"\"\"|'''.*?'''|\"[^\"\n]*\"|'[^'\n]*')|\w+|[^\w\s]", re.DOTALL)


class TokenEngine:
    """Pieces are lines."""

    def __init__(self, vocabulary: Vocabulary):
        self.known = vocabulary.names | LIBRARIES | set(keyword.kwlist)

    def pieces(self, text: str, around: Surroundings) -> list[Piece]:
        """The least fingerprint of each window of runs, in the line where its run begins."""
        text = text[:LONGEST]
        tokens = [(self._plain(m[0]), m.start()) for m in _TOKEN.finditer(text) if m[0][0] != "#"]
        runs = [
            (digest("run " + " ".join(word for word, _ in tokens[at : at + RUN])), tokens[at][1])
            for at in range(len(tokens) - RUN + 1)
        ]
        starts = [0, *(match.end() for match in re.finditer("\n", text))]
        by_line: dict[int, list[int]] = {}
        done: set[int] = set()
        for at in range(max(len(runs) - WINDOW + 1, 0)):
            least, place = min(runs[at : at + WINDOW])
            if least not in done:
                done.add(least)
                by_line.setdefault(starts[bisect_right(starts, place) - 1], []).append(least)
        return [Piece(start, _line_end(text, start), tuple(prints)) for start, prints in sorted(by_line.items())]

    def _plain(self, token: str) -> str:
        if token in self.known or not (token[0].isalpha() or token[0] in "_\"'"):
            return token
        return "s" if token[-1] in "\"'" else "v"


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end
