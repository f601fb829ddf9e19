"""Which block of the students' module a line or a function belongs to, also where a past term's file has no markers."""

from ..answers.module import blocks
from ..answers.module_names import definitions
from ..inside.blocks import blocks_by_line


class Blocks:
    """instructor: the module in source/; laid: the module that holds the student's blocks."""

    def __init__(self, instructor: str, laid: str) -> None:
        self._by_line = blocks_by_line(laid)
        self._lines = laid.split("\n")
        self._by_function: dict[str, str] = {}
        self._names = {block.name for block in blocks(instructor)}
        for name, definition in definitions(instructor).items():
            for block in blocks(instructor):
                if definition.has_block and definition.first <= block.first <= definition.last:
                    self._by_function[name] = block.name  # the last one: of scores and loss, the loss

    def at(self, line: int) -> str:
        """The block that a line of the laid module lies in; empty for none."""
        return self._by_line[line - 1] if 0 < line <= len(self._by_line) else ""

    def text(self, block: str) -> str:
        """A block as it was handed in; empty where the file has no such markers."""
        return "\n".join(line for line, of in zip(self._lines, self._by_line, strict=True) if block and of == block)

    def of_frames(self, frames: tuple[tuple[str, str], ...]) -> str:
        """The block that (qualified name, block) frames lead to, the innermost first; empty for none."""
        for name, block in frames:
            found = block if block in self._names else self._by_function.get(name, "")
            if found:
                return found
        return ""
