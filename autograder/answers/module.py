"""A student's blocks laid into the instructor's fully_connected_networks.py.

A block is what stands between the marker lines `# BLOCK name: ...` and `# END OF BLOCK name`. In a file without our
markers (hand-outs of past terms) functions and methods are taken by their names, with the file's own extra functions.
"""

import ast
import re
import textwrap
from dataclasses import dataclass

from ..stubs import strip_module

_BEGIN = re.compile(r"^(?P<indent>[ \t]*)# BLOCK (?P<name>\w+)\b")
_END = re.compile(r"^[ \t]*# END OF BLOCK (?P<name>\w+)\b")


@dataclass(frozen=True)
class Block:
    """Where a block stands in a text: the lines from first up to but not including last, without the markers."""

    name: str
    indent: str
    first: int
    last: int


def lay_module(instructor: str, data: bytes | None, name: str) -> tuple[str, list[str]]:
    """The instructor's module without solutions, holding the student's blocks, and remarks.

    data: the submitted .py as it came, None when there was none. name: for the remarks.
    """
    base = strip_module(instructor)
    if data is None:
        return base, [f"{name} is missing: its blocks count as unanswered; ask for the file and collect it again"]
    student, remarks = _decode(data)
    found = {block.name: block for block in blocks(student)}
    if found:
        text, more = _lay_blocks(base, student, found)
    else:
        from .past_module import lay_by_name  # the rare case: a file from a past term

        text, more = lay_by_name(base, student)
    return text, [f"{name}: {remark}" for remark in remarks + more]


def blocks(text: str) -> list[Block]:
    """The blocks of a module's text in order; a block without its end marker ends where the next one begins."""
    lines, found, open_block = text.splitlines(), [], None
    for number, line in enumerate(lines):
        begin, end = _BEGIN.match(line), _END.match(line)
        if (begin or end) and open_block is not None:
            found.append(Block(open_block[0], open_block[1], open_block[2], number))
            open_block = None
        if begin:
            open_block = (begin["name"], begin["indent"], number + 1)
    return found


def _decode(data: bytes) -> tuple[str, list[str]]:
    """The file as text with \\n line ends and spaces for tabs, and remarks on what had to be guessed."""
    try:
        text, remarks = data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        text, remarks = data.decode("latin-1"), ["is not UTF-8: read as latin-1"]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\0", ""), remarks


def _lay_blocks(base: str, student: str, found: dict[str, Block]) -> tuple[str, list[str]]:
    lines, remarks = base.splitlines(), []
    written = student.splitlines()
    for block in reversed(blocks(base)):  # from the end, so that earlier line numbers stay right
        if block.name not in found:
            remarks.append(f"block {block.name} is not there: it counts as unanswered")
            continue
        theirs = found[block.name]
        body = _reindent(written[theirs.first : theirs.last], block.indent)
        fault = _fault(lines, block, body)
        if fault:
            remarks.append(f"block {block.name} does not compile ({fault}): the tests that need it cannot pass")
            body = [f"{block.indent}raise SyntaxError({f'block {block.name}: {fault}'!r})"]
        lines[block.first : block.last] = body
    text = "\n".join(lines) + "\n"
    return text, remarks[::-1] + _outside(base, student)


def _reindent(body: list[str], indent: str) -> list[str]:
    """The block's lines moved to the instructor's indentation; tabs become spaces."""
    text = textwrap.dedent("\n".join(line.expandtabs(4).rstrip() for line in body))
    return textwrap.indent(text, indent).splitlines()


def _fault(lines: list[str], block: Block, body: list[str]) -> str:
    """What keeps the instructor's module with this one block from compiling; empty when nothing does."""
    trial = lines[: block.first] + body + lines[block.last :]
    try:
        ast.parse("\n".join(trial))
    except (SyntaxError, ValueError) as error:
        detail = error.msg if isinstance(error, SyntaxError) else str(error)
        place = (error.lineno or 0) - block.first if isinstance(error, SyntaxError) else 0
        return f"{detail}, line {place} of the block" if 0 < place <= len(body) else str(detail)
    return "" if any(line.strip() and not line.strip().startswith("#") for line in body) else "it is empty"


def _outside(base: str, student: str) -> list[str]:
    """A remark when the student's file differs from the hand-out outside the blocks."""
    ours, theirs = _frame(base), _frame(student)
    changed = [line for line in theirs if line not in set(ours)] + [line for line in ours if line not in set(theirs)]
    if not changed:
        return []
    return [f"{len(changed)} lines outside the blocks were changed; they are not run (first: {changed[0].strip()!r})"]


def _frame(text: str) -> list[str]:
    """The lines outside the blocks, without white space at the ends and without empty lines."""
    inside = {number for block in blocks(text) for number in range(block.first, block.last)}
    return [line.rstrip() for number, line in enumerate(text.splitlines()) if number not in inside and line.strip()]
