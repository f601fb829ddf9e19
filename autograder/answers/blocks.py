"""The blocks of a module's text: what stands between `# BLOCK name: ...` and `# END OF BLOCK name`."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ..source_lines import source_lines

_BEGIN = re.compile(r"^(?P<indent>[ \t]*)# BLOCK (?P<name>\w+)\b")
_END = re.compile(r"^[ \t]*# END OF BLOCK (?P<name>\w+)\b")


@dataclass(frozen=True)
class Block:
    """Where a block stands in a text: the lines from first up to but not including last, without the markers."""

    name: str
    indent: str
    first: int
    last: int
    closed: bool = True


@lru_cache(64)
def blocks(text: str) -> list[Block]:
    """The blocks of a module's text in order; a block without its end marker ends where the next one begins."""
    lines, found, open_block = source_lines(text), [], None
    for number, line in enumerate(lines):
        begin, end = _BEGIN.match(line), _END.match(line)
        if (begin or end) and open_block is not None:
            closed = end is not None and end["name"] == open_block[0]
            found.append(Block(*open_block, number, closed))
            open_block = None
        if begin:
            open_block = (begin["name"], begin["indent"], number + 1)
    return found


def is_marker(line: str) -> bool:
    """True for a line that begins or ends a block."""
    return bool(_BEGIN.match(line) or _END.match(line))
