"""What a student changed outside the blocks and what was not taken along, in one remark."""

from ..source_lines import source_lines
from .blocks import blocks


def outside(base: str, laid: list[str], student: list[str]) -> list[str]:
    """A remark when the student's file differs from the hand-out outside the blocks, in what is not taken along."""
    ours, theirs, taken = _frame(source_lines(base)), _frame(student), set(_frame(laid))
    changed = [line for line in theirs if line not in taken]
    there = set(theirs)
    changed += [line for line in ours if line in taken and line not in there]
    if not changed:
        return []
    return [f"{len(changed)} lines outside the blocks were changed; they are not run (first: {changed[0]!r})"]


def _frame(lines: list[str]) -> list[str]:
    """The lines outside the blocks, without white space around them and without empty ones."""
    inside = {number for block in blocks("\n".join(lines)) for number in range(block.first, block.last)}
    return [line.strip() for number, line in enumerate(lines) if number not in inside and line.strip()]
