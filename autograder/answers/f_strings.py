"""f-strings and t-strings read by the rules of Python 3.12 and 3.14, by a Python that may know neither."""

import ast
import re
from dataclasses import dataclass

_START = re.compile(r"(?<!\w)(?P<letters>[rbuftRBUFT]{0,2})(?P<quote>'''|\"\"\"|'|\")")
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_DEEPEST = 20  # strings in strings


class _NoString(Exception):
    """What looked like a string has no end, or is none by any rule."""


def without_f_strings(source: str) -> tuple[bool, bool, str]:
    """Whether there are t-strings, and f-strings that older rules do not know; and the text with `""` for them."""
    reader = _Reader(source)
    parts, at, kept = [], 0, 0
    try:
        while at < len(source):
            end = reader.behind(at, 0)
            if reader.is_formatted(at):
                parts += [source[kept:at], '""']
                kept = end
            at = end
    except (_NoString, RecursionError):
        pass
    return reader.has_t, reader.has_free, "".join([*parts, source[kept:]])


@dataclass
class _Reader:
    source: str
    has_t: bool = False
    has_free: bool = False

    def is_formatted(self, at: int) -> bool:
        """True where an f-string or t-string begins."""
        start = _START.match(self.source, at)
        return bool(start and set(start["letters"].lower()) & set("ft"))

    def behind(self, at: int, depth: int) -> int:
        """The place behind the comment, string or character at this one."""
        if self.source[at] == "#":
            end = self.source.find("\n", at)
            return end if end >= 0 else len(self.source)
        start = _START.match(self.source, at)
        if start is None:
            return at + 1
        if depth > _DEEPEST:
            raise _NoString
        if not self.is_formatted(at):
            return self._plain(start)
        end = self._formatted(start, depth)
        self.has_t |= "t" in start["letters"].lower()
        if depth == 0 and "t" not in start["letters"].lower():
            try:
                ast.parse(self.source[at:end])
            except (SyntaxError, ValueError, MemoryError):
                self.has_free = True
        return end

    def _plain(self, start: re.Match[str]) -> int:
        at, quote = start.end(), start["quote"]
        while not self.source.startswith(quote, at):
            if at >= len(self.source) or (len(quote) == 1 and self.source[at] == "\n"):
                raise _NoString
            at += 2 if self.source[at] == "\\" else 1
        return at + len(quote)

    def _formatted(self, start: re.Match[str], depth: int) -> int:
        at, quote = start.end(), start["quote"]
        while not self.source.startswith(quote, at):
            char = self.source[at : at + 1]
            if not char or (len(quote) == 1 and char == "\n"):
                raise _NoString
            if char == "{" and not self.source.startswith("{{", at):
                at = self._field(at + 1, depth)
            elif char == "\\" and self.source.startswith("\\N{", at):
                at = self.source.find("}", at) + 1 or len(self.source)
            else:
                at += 2 if char == "\\" or self.source.startswith("{{", at) else 1
        return at + len(quote)

    def _field(self, at: int, depth: int) -> int:
        """The place behind the `}` of a field whose expression begins here."""
        first, waiting = at, list[str]()
        while True:
            char = self.source[at : at + 1]
            if not char:
                raise _NoString
            if not waiting and (char in "}:" or (char == "!" and not self.source.startswith("!=", at))):
                if depth == 0:  # strings in it are looked at there
                    _read(self.source[first:at])
                return self._format(at, depth)
            if char in _CLOSING:
                waiting.append(_CLOSING[char])
            elif waiting and char == waiting[-1]:
                waiting.pop()
            at = self.behind(at, depth + 1)

    def _format(self, at: int, depth: int) -> int:
        """The place behind the field, from its conversion or format on."""
        while not self.source.startswith("}", at):
            if at >= len(self.source) or self.source[at] in "\n'\"":
                raise _NoString
            at = self._field(at + 1, depth) if self.source[at] == "{" else at + 1
        return at + 1


def _read(text: str) -> None:
    """Raise _NoString for what is no expression, whatever strings stand in it; `=` behind it shows it."""
    bare = text.rstrip()
    bare = bare[:-1] if bare.endswith("=") and bare[-2:-1] not in tuple("=!<>") else text
    try:
        ast.parse(f"(\n{without_f_strings(bare)[2]}\n)", mode="eval")
    except (SyntaxError, ValueError, MemoryError) as error:
        raise _NoString from error
