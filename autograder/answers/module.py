"""A student's blocks laid into the instructor's fully_connected_networks.py.

A block is what stands between the marker lines `# BLOCK name: ...` and `# END OF BLOCK name`. In a file without our
markers (hand-outs of past terms) functions and methods are taken by their names, with the file's own extra functions.
"""

import ast
import re
import textwrap
from dataclasses import dataclass

from ..stubs import strip_module
from .carried import Piece, names_made, names_needed, needed, pieces
from .lost_markers import body_without_markers
from .module_names import definitions

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


def lay_module(instructor: str, data: bytes | None, name: str) -> tuple[str, list[str]]:
    """The instructor's module without solutions, holding the student's blocks, and remarks.

    data: the submitted .py as it came, None when there was none. name: for the remarks.
    """
    base = strip_module(instructor)
    if data is None:
        return base, [f"{name} is missing: its blocks count as unanswered; ask for the file and collect it again"]
    student, remarks = decoded(data)
    found = blocks(student)
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
            closed = end is not None and end["name"] == open_block[0]
            found.append(Block(*open_block, number, closed))
            open_block = None
        if begin:
            open_block = (begin["name"], begin["indent"], number + 1)
    return found


def decoded(data: bytes) -> tuple[str, list[str]]:
    """The file as text with \\n line ends and spaces for tabs, and remarks on what had to be guessed."""
    try:
        text, remarks = data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        text, remarks = data.decode("latin-1"), ["is not UTF-8: read as latin-1"]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\0", ""), remarks


def _lay_blocks(base: str, student: str, found: list[Block]) -> tuple[str, list[str]]:
    written, remarks = student.splitlines(), []
    bodies, twice = _bodies(base, written, found)
    frame = _without_bodies(student, found)
    known = names_made(base)
    own = [piece for piece in pieces(frame) if not piece.makes <= known]
    lines = base.splitlines()
    for block in reversed(blocks(base)):  # from the end, so that earlier line numbers stay right
        if block.name not in bodies and (body := body_without_markers(base, frame, block.first, block.last)):
            remarks.append(f"block {block.name} has lost its marker lines and was taken from its function")
            bodies[block.name] = body
        if block.name not in bodies:
            remarks.append(f"block {block.name} is not there: it counts as unanswered")
            continue
        body = _reindent(bodies[block.name], block.indent)
        if own and (taken := needed(own, _needs(lines, block, body), known)):
            names = ", ".join(sorted(set[str]().union(*(piece.makes for piece in taken))))
            remarks.append(f"block {block.name} needs {names} from outside the blocks: taken along")
            body = [*_above(taken, block.indent), *body]
        fault = _fault(lines, block, body)
        if fault:
            remarks.append(f"block {block.name} does not compile ({fault}): the tests that need it cannot pass")
            body = [f"{block.indent}raise SyntaxError({f'block {block.name}: {fault}'!r})"]
        lines[block.first : block.last] = body
    text = "\n".join(lines) + "\n"
    return text, remarks[::-1] + twice + _outside(base, student)


def _bodies(base: str, written: list[str], found: list[Block]) -> tuple[dict[str, list[str]], list[str]]:
    """Block -> the student's lines between its markers; of copies the last one that was written in counts."""
    ours = base.splitlines()
    stubs = {b.name: [line.strip() for line in ours[b.first : b.last]] for b in blocks(base)}
    bodies: dict[str, list[str]] = {}
    remarks = []
    for block in found:
        body = written[block.first : block.last]
        if not block.closed or block.name not in stubs:
            continue
        if block.name in bodies:
            remarks.append(f"block {block.name} is there more than once: the last one that was written in counts")
            if [line.strip() for line in body] == stubs[block.name]:
                continue
        bodies[block.name] = body
    return bodies, remarks


def _without_bodies(student: str, found: list[Block]) -> str:
    """The student's file with nothing in its blocks, so that a typing error in one hides nothing around it."""
    lines = student.splitlines()
    for block in reversed(found):
        if block.closed:
            lines[block.first : block.last] = [block.indent + "pass"] + [""] * (block.last - block.first - 1)
    return "\n".join(line.expandtabs(4) for line in lines)


def _needs(lines: list[str], block: Block, body: list[str]) -> set[str]:
    """The global names that the block's function reads once the block stands in it."""
    text = "\n".join(lines[: block.first] + body + lines[block.last :])
    try:
        name = next(d.name for d in definitions(text).values() if d.has_block and d.first <= block.first < d.last)
    except (SyntaxError, ValueError, RecursionError, StopIteration):
        return set()
    return names_needed(text, name)


def _above(taken: list[Piece], indent: str) -> list[str]:
    return [line for piece in taken for line in textwrap.indent(piece.text, indent).splitlines()]


def _reindent(body: list[str], indent: str) -> list[str]:
    """The block's lines moved to the instructor's indentation; tabs become spaces."""
    text = textwrap.dedent("\n".join(line.expandtabs(4).rstrip() for line in body))
    return textwrap.indent(text, indent).splitlines()


def _fault(lines: list[str], block: Block, body: list[str]) -> str:
    """What keeps the instructor's module with this one block from compiling; empty when nothing does."""
    first, last = _around(lines, block)
    trial = [""] * first + lines[first : block.first] + body + lines[block.last : last]
    try:
        ast.parse("\n".join(trial))
    except (SyntaxError, ValueError) as error:
        detail = error.msg if isinstance(error, SyntaxError) else str(error)
        place = (error.lineno or 0) - block.first if isinstance(error, SyntaxError) else 0
        return f"{detail}, line {place} of the block" if 0 < place <= len(body) else str(detail)
    return "" if any(line.strip() and not line.strip().startswith("#") for line in body) else "it is empty"


def _around(lines: list[str], block: Block) -> tuple[int, int]:
    """The lines of the top-level statement that the block stands in; the rest of the module need not be compiled."""
    tops = [number for number, line in enumerate(lines) if line.startswith(("def ", "class ", "@"))]
    before, after = [n for n in tops if n <= block.first], [n for n in tops if n >= block.last]
    return max(before, default=0), min(after, default=len(lines))


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
