"""What a person should look at before the points of blocks that are written by hand are believed."""

from collections.abc import Iterable, Iterator

from nbformat import NotebookNode

from .. import assignment
from ..answers.cell_code import as_python
from ..policy.second_look import look_at
from .blocks import Blocks
from .findings import SILENT, Offences

LONGEST_LINE = 120  # characters that are shown

Seen = tuple[str, frozenset[str]]  # (what stands out, the blocks that it concerns)


def stands_out(blocks: Blocks, cells: Iterable[NotebookNode], offences: Offences) -> list[Seen]:
    """Each with its line: where the guard was silent, what the module says, what the answer cells say."""
    return [*_silent(blocks, offences), *_in_module(blocks), *_in_cells(blocks, cells)]


def _silent(blocks: Blocks, offences: Offences) -> Iterator[Seen]:
    paths = [frames for what, frames in offences if what == SILENT]
    found = {blocks.of_frames(frames) for frames in paths}
    if found:
        called = ", ".join(sorted({frames[0][0] for frames in paths})[:3])
        what = f"what watches for autograd did not answer while {called} was called; look for what has changed it"
        yield what, frozenset(found) if "" not in found else blocks.of_all()


def _in_module(blocks: Blocks) -> Iterator[Seen]:
    for line, what in look_at(blocks.laid):
        if said := blocks.own(line):
            yield f"{assignment.MODULE} {what}, in {said[:LONGEST_LINE]!r}", blocks.concerned(line)


def _in_cells(blocks: Blocks, cells: Iterable[NotebookNode]) -> Iterator[Seen]:
    for cell in cells:
        if cell.cell_type == "code" and assignment.is_answer(cell):
            lines = (source := as_python(cell.source)).split("\n")
            for line, what in look_at(source, imports=False):
                said = lines[line - 1].strip()[:LONGEST_LINE]
                yield f"answer cell {assignment.grade_id(cell)} {what}, in {said!r}", blocks.of_all()
