"""What an engine is: it turns a text into pieces, each with the fingerprints that another text may share."""

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Piece:
    """A statement, a line or a sentence: text[start:end], and the fingerprints (64 bits each) found first in it."""

    start: int
    end: int
    prints: tuple[int, ...]


@dataclass(frozen=True)
class Surroundings:
    """What all of a student's texts together say about one: names they read, names they bind, attributes they set."""

    reads: frozenset[str] = field(default_factory=frozenset)
    binds: frozenset[str] = field(default_factory=frozenset)
    attributes: frozenset[str] = field(default_factory=frozenset)


class Engine(Protocol):
    """Anything that finds fingerprints; two texts are alike as far as they share fingerprints that few others have."""

    def pieces(self, text: str, around: Surroundings) -> list[Piece]:
        """The pieces of a text in order; a fingerprint stands in one piece only. Never raises, whatever the text."""
        ...
