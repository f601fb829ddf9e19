"""Pictures in answers in words that a marker would not see."""

import re
from typing import Any

from .cells import Matched
from .said import OUTSIDE, Said, counted, several

LARGEST = 4_000_000  # bytes of a picture that is shown
_SHOWN = ("image/png", "image/jpeg")
_LINKED = re.compile(
    r"!\[[^\]]*\]\(\s*(?!attachment:|data:|https?:)([^)\s]+)|<img[^>]*\bsrc\s*=\s*[\"']?(?!attachment:|data:|https?:)([^\"'\s>]+)"
)


def say_pictures(matched: Matched) -> list[Said]:
    """A sentence on pasted pictures that are not shown, one on those that stand in a file beside the notebook."""
    pasted, linked = list[str](), list[str]()
    for cell, entry in zip(matched.cells, matched.entry_of, strict=True):
        if entry and entry.role == "answer" and cell.type == "markdown":
            pasted += [name for name, picture in cell.attachments.items() if not _is_shown(picture)]
            linked += [first or second for first, second in _LINKED.findall(cell.source)]
    said = []
    if pasted:
        text = (
            f"{counted(len(pasted), 'pasted picture')} will not be shown ({several(pasted)}): paste it as PNG or JPEG"
        )
        said.append(Said(OUTSIDE, f"{matched.file}: {text}, smaller than 4 MB."))
    if linked:
        text = (
            f"an answer shows {several(linked)} from your disk, which a marker does not see: paste the picture itself."
        )
        said.append(Said(OUTSIDE, f"{matched.file}: {text}"))
    return said


def _is_shown(picture: Any) -> bool:
    return isinstance(picture, dict) and any(
        mime in _SHOWN and len("".join(data)) <= LARGEST * 4 // 3 for mime, data in picture.items()
    )
