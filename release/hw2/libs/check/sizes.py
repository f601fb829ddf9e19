"""How large the saved notebooks are, and whether they hold the figures that a marker wants to see."""

from pathlib import Path

from .cells import Matched
from .said import NOTE, OUTSIDE, Said, several

from ..lighter import LARGE

MB = 2**20


def say_size(folder: Path, matched: Matched) -> list[Said]:
    """A sentence on a large notebook."""
    size = (folder / matched.file).stat().st_size
    outputs = size - sum(cell.rest for cell in matched.cells)
    if size > LARGE and size - outputs > LARGE:
        text = f"{size / MB:.0f} MB, {outputs / MB:.0f} of them outputs: paste smaller pictures, for 50 are too many."
        return [Said(OUTSIDE, f"{matched.file}: {text}")]
    if size > LARGE:
        text = f"{size / MB:.0f} MB, {outputs / MB:.0f} of them outputs: the large ones are left out of the zip."
        return [Said(OUTSIDE, f"{matched.file}: {text} Did a loop print too much? Clear that output.")]
    return []


def say_bare(notebooks: list[Matched]) -> list[Said]:
    """A sentence on the practicals that were saved without any output."""
    bare = [each.file for each in notebooks if not any(cell.has_outputs for cell in each.cells)]
    text = "saved without outputs: run each in full and save it, so that a marker sees the figures you write about."
    return [Said(NOTE, f"{several(bare)}: {text}")] if bare else []
