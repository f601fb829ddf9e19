"""What a cell put out, reduced to plain text and verified pictures."""

from collections.abc import Iterator
from typing import Any

from nbformat import NotebookNode

from ..printed import printed
from .picture import FORMATS, picture
from .text import LONGEST, capped, plain

PICTURES = 60  # that are looked at in one notebook
OUTPUTS = 200  # of one cell
RAW = 50 * LONGEST  # characters of one stream before progress bars are reduced to their last state


class Shown:
    """Makes the outputs of a notebook's cells anew, from nothing but their text and pictures."""

    def __init__(self, pictures: int = PICTURES):
        self.pictures = pictures

    def outputs(self, outputs: Any) -> list[NotebookNode]:
        """What is shown of one cell: all its pictures, and its text up to a limit."""
        kept: list[NotebookNode] = []
        room = LONGEST
        for name, text, image in map(self._content, _joined(outputs[:OUTPUTS])):
            if image is not None:
                kept.append(image)
            elif room > 0:
                _add(kept, name, capped(text, room))
                room -= len(text)
        if room < 0 or len(outputs) > OUTPUTS:
            _add(kept, "stdout", "\n... this cell put out more than is shown here ...\n")
        return kept

    def _content(self, output: Any) -> tuple[str, str, NotebookNode | None]:
        """The stream that an output is shown as, its text, and its picture if it is one."""
        kind = output.get("output_type")
        if kind == "stream":
            return "stderr" if output.get("name") == "stderr" else "stdout", plain(output["text"]), None
        if kind == "error":
            return "stderr", _error(output), None
        data = output.get("data") or {}
        image = self._picture(data)
        if image is None and "text/plain" in data:
            return "stdout", plain(data["text/plain"]) + "\n", None
        kinds = plain(", ".join(sorted(map(str, data))))[:200]
        return "stdout", f"[{kinds or 'something empty'}: not shown]\n", image

    def _picture(self, data: Any) -> NotebookNode | None:
        """The picture in an output's data, while the notebook may still show some."""
        for mime in FORMATS:
            if mime in data and self.pictures > 0:
                self.pictures -= 1
                again = picture(data[mime], mime)
                return _shown(mime, again) if again else None
        return None


def _shown(mime: str, data: str) -> NotebookNode:
    return NotebookNode(output_type="display_data", data=NotebookNode({mime: data}), metadata=NotebookNode())


def _joined(outputs: Any) -> Iterator[Any]:
    """The outputs, with pieces of one stream that follow each other put together."""
    name, pieces = "", []
    for output in outputs:
        if output.get("output_type") == "stream" and output.get("name") == name:
            pieces.append(_text(output))
            continue
        if pieces:
            yield {"output_type": "stream", "name": name, "text": capped("".join(pieces), RAW)}
        name, pieces = "", []
        if output.get("output_type") == "stream":
            name, pieces = str(output.get("name")), [_text(output)]
        else:
            yield output
    if pieces:
        yield {"output_type": "stream", "name": name, "text": capped("".join(pieces), RAW)}


def _text(output: Any) -> str:
    text = output.get("text", "")
    return "".join(map(str, text)) if isinstance(text, list | tuple) else str(text)


def _error(output: Any) -> str:
    """An error as Python writes it: the traceback, or what is known of it."""
    lines = output.get("traceback") or []
    said = "\n".join(map(str, lines)) if isinstance(lines, list | tuple) else ""
    return plain(capped(said or f"{output.get('ename')}: {output.get('evalue')}", RAW)) + "\n"


def _add(kept: list[NotebookNode], name: str, text: str) -> None:
    """Append text as a stream, joined with the stream before it when that has the same name."""
    if kept and kept[-1].output_type == "stream" and kept[-1].name == name:
        kept[-1].text += text
    elif text:
        kept.append(printed(text, name))
