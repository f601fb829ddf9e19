"""A graph of values: what a piece of code computes, without names, order of statements or dead code."""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

LIMIT = 20_000
DEPTHS = 3
_MASK = (1 << 64) - 1


class TooLarge(ValueError):
    """The code makes more values than are looked at."""


@lru_cache(maxsize=100_000)
def digest(label: str) -> int:
    """64 bits of a string, the same in every process."""
    return int.from_bytes(blake2b(label.encode("utf-8", "replace"), digest_size=8).digest(), "big")


class Graph:
    """Nodes are numbers; the same label over the same operands is the same node."""

    def __init__(self) -> None:
        self.labels: list[str] = []
        self.kids: list[tuple[int, ...]] = []
        self.places: list[int] = []
        self.place = 0
        self.numbers: dict[int, float] = {}
        self._known: dict[tuple[str, tuple[int, ...]], int] = {}

    def node(self, label: str, *kids: int) -> int:
        """The node of this label and these operands."""
        key = (label, kids)
        if key not in self._known:
            self._known[key] = self.fresh(label, *kids)
        return self._known[key]

    def fresh(self, label: str, *kids: int) -> int:
        """A node of its own, for a thing that has an identity; raises TooLarge."""
        if len(self.labels) >= LIMIT:
            raise TooLarge(f"more than {LIMIT} values")
        self.labels.append(label)
        self.kids.append(kids)
        self.places.append(self.place)
        return len(self.labels) - 1

    def constant(self, value: object) -> int:
        """The node of a literal; 1, 1.0 and True are one."""
        if isinstance(value, int | float) and abs(value) < 1e300:
            made = self.node(f"number {float(value):.6g}")
            self.numbers[made] = float(value)
            return made
        return self.node(f"literal {value!r:.200}")

    def reach(self, roots: Iterable[int], seen: set[int]) -> None:
        """Add to `seen` the roots and all that they are computed from."""
        stack = list(roots)
        while stack:
            node = stack.pop()
            if node not in seen:
                seen.add(node)
                stack.extend(self.kids[node])

    def prints(self, live: set[int]) -> dict[int, list[int]]:
        """For each place the fingerprints of the live values made there: each value seen to several depths."""
        level = [digest(label) for label in self.labels]
        found: dict[int, list[int]] = {}
        done: set[int] = set()
        for _ in range(DEPTHS):
            level = [self._mixed(node, level) for node in range(len(self.labels))]
            for node in sorted(live):
                if self.kids[node] and level[node] not in done:
                    done.add(level[node])
                    found.setdefault(self.places[node], []).append(level[node])
        return found

    def _mixed(self, node: int, level: list[int]) -> int:
        """One level deeper: the label with the operands as seen so far, sorted where their order means nothing."""
        kids, mixed = [level[kid] for kid in self.kids[node]], digest(self.labels[node])
        if self.labels[node] in ("add", "mult", "equal", "and", "or"):
            kids.sort()
        for kid in kids:
            mixed = ((mixed ^ kid) * 0x9E3779B97F4A7C15 + 0x7F4A7C15) & _MASK
            mixed ^= mixed >> 29
        return mixed
