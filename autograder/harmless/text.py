"""Text that a student's code put out, as plain text of bounded length."""

import re
from typing import Any

LONGEST = 20_000  # characters that are shown of one cell

_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]*(?:\x07|\x1b\\)?|[@-_])")
# control characters, and the marks that turn the direction of what follows (Persian text needs none of them)
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


def plain(text: Any) -> str:
    """Text without colours and control characters; of a line that a progress bar wrote over, the last state."""
    text = "".join(map(str, text)) if isinstance(text, list | tuple) else str(text)
    lines = _ESCAPES.sub("", text).split("\n")
    return printable("\n".join(line.rstrip("\r").rsplit("\r", 1)[-1] for line in lines))


def printable(text: str) -> str:
    """Text without control characters, and without halves of characters, which no file can hold."""
    return _UNSEEN.sub("", text).encode("utf-8", "replace").decode("utf-8")


def capped(text: str, longest: int = LONGEST) -> str:
    """Text of about `longest` characters: its beginning, its end, and how much was left out between."""
    if len(text) <= longest:
        return text
    first, last = longest * 3 // 4, longest // 4
    left_out = len(text) - first - last
    return f"{text[:first]}\n... {left_out:,} characters are not shown ...\n{text[len(text) - last :]}"
