"""The blocks of the students' module, by its lines."""

import re


def blocks_by_line(text: str) -> list[str]:
    """For each line of a module's text the block that it lies in, empty for none."""
    block, found = "", []
    for line in text.split("\n"):
        if re.match(r"\s*# END OF BLOCK ", line):
            block = ""
        found.append(block)
        begin = re.match(r"\s*# BLOCK (\w+)", line)
        block = begin[1] if begin else block
    return found
