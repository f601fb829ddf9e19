"""Which block of the students' module a line or a function belongs to, also where a past term's file has no markers."""

import re

from ..answers.module import blocks
from ..answers.module_names import definitions
from ..inside.blocks import blocks_by_line
from ..stubs import strip_module


class Blocks:
    """instructor: the module in source/; laid: the module that holds the student's blocks."""

    def __init__(self, instructor: str, laid: str) -> None:
        self._by_line = blocks_by_line(laid)
        self.laid, self._lines = laid, laid.split("\n")
        self._handed_out = set(strip_module(instructor).split("\n"))
        self._by_function: dict[str, str] = {}
        self._names = frozenset(block.name for block in blocks(instructor))
        self._definitions = definitions(laid)
        self._helpers = {
            name.split(".")[-1]: "\n".join(self._lines[found.first : found.last])
            for name, found in self._definitions.items()
            if not any(self._by_line[found.first : found.last])
        }  # what holds no block
        for name, definition in definitions(instructor).items():
            for block in blocks(instructor):
                if definition.has_block and definition.first <= block.first <= definition.last:
                    self._by_function[name] = block.name  # the last one: of scores and loss, the loss

    def at(self, line: int) -> str:
        """The block that a line of the laid module lies in; empty for none."""
        return self._by_line[line - 1] if 0 < line <= len(self._by_line) else ""

    def own(self, line: int) -> str:
        """A line of the laid module that the student wrote; empty for one that was handed out."""
        text = self._lines[line - 1] if 0 < line <= len(self._lines) else ""
        return text.strip() if self.at(line) or text not in self._handed_out else ""

    def concerned(self, line: int) -> frozenset[str]:
        """The blocks that a line takes part in: its own, those that use the function around it, or all of them."""
        if self.at(line):
            return frozenset([self.at(line)])
        around = [name for name, found in self._definitions.items() if found.first < line <= found.last]
        names = {around[-1].split(".")[-1]} if around else set()
        while names and (more := {n for n in self._helpers if n not in names and self._reads(self._helpers[n], names)}):
            names |= more
        return frozenset(b for b in self._names if names and self._reads(self.text(b), names)) or self._names

    def of_all(self) -> frozenset[str]:
        """All blocks of the module."""
        return self._names

    def _reads(self, text: str, names: set[str]) -> bool:
        return not names.isdisjoint(re.findall(r"\w+", text))

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
