"""The blocks of the module's text, between `# BLOCK name: ...` and `# END OF BLOCK name`."""

import re
import textwrap
from dataclasses import dataclass

_BEGIN = re.compile(r"^[ \t]*# BLOCK (?P<name>\w+)\b")
_END = re.compile(r"^[ \t]*# END OF BLOCK (?P<name>\w+)\b")


@dataclass(frozen=True)
class Block:
    """The lines from first up to but not including last, without the markers; closed: its end marker is there."""

    name: str
    first: int
    last: int
    closed: bool = True


def lines_of(text: str) -> list[str]:
    """The lines as Python counts them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def blocks(text: str) -> list[Block]:
    """The blocks in order; one without its end marker ends where the next one begins."""
    lines, found, open_block = lines_of(text), [], None
    for number, line in enumerate([*lines, "# BLOCK end"]):
        begin, end = _BEGIN.match(line), _END.match(line)
        if (begin or end) and open_block is not None:
            closed = end is not None and end["name"] == open_block[0]
            found.append(Block(*open_block, min(number, len(lines)), closed))
            open_block = None
        if begin:
            open_block = (begin["name"], number + 1)
    return found


def body(text: str, block: Block) -> str:
    """What stands in the block, moved to the left."""
    lines = [line.expandtabs(4).rstrip() for line in lines_of(text)[block.first : block.last]]
    return textwrap.dedent("\n".join(lines))


def block_at(text: str, line: int) -> str:
    """The block that a line, counted from 1, lies in; empty outside of all."""
    return next((block.name for block in blocks(text) if block.first < line <= block.last), "")
