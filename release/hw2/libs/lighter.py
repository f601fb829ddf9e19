"""A large notebook without its large outputs, for the zip; the student's own file stays as it is."""

import json
from typing import Any

LARGE = 10 * 2**20  # a notebook of more bytes is packed without its large outputs
AIM = 8 * 2**20  # bytes that it keeps
_KEPT = 4000  # characters of a long text that are kept, half of them from its end


def lighter(data: bytes) -> tuple[bytes, list[str]]:
    """The notebook with no more outputs than fit, and the first lines of the cells that lost one.

    A small one, and what is no notebook, stays as it is.
    """
    if len(data) <= LARGE:
        return data, []
    try:
        notebook = json.loads(data.decode("utf-8-sig"))
        cells = [cell for cell in notebook["cells"] if cell.get("outputs")]
        notebook["metadata"].pop("widgets", None)
    except (ValueError, KeyError, TypeError, AttributeError):
        return data, []
    changed: dict[int, str] = {}
    size = len(_bytes(notebook))
    for weight, index, place in _by_weight(cells):
        if size <= AIM:
            break
        outputs = cells[index]["outputs"]
        outputs[place] = _short(outputs[place], weight)
        size -= weight - len(json.dumps(outputs[place]))
        changed[index] = _first_line(cells[index])
    return _bytes(notebook), [changed[index] for index in sorted(changed)]


def _by_weight(cells: list[dict[str, Any]]) -> list[tuple[int, int, int]]:
    """(bytes, cell, place in it) of every output, the heaviest first."""
    found = [
        (len(json.dumps(output)), index, place)
        for index, cell in enumerate(cells)
        for place, output in enumerate(cell["outputs"])
    ]
    return sorted(found, key=lambda each: -each[0])


def _short(output: dict[str, Any], weight: int) -> dict[str, Any]:
    """What is left of an output: the beginning and the end of what was printed, of anything else how large it was."""
    said = f"[{weight / 2**20:.1f} MB of output were left out when this was packed]"
    if output.get("output_type") == "stream":
        text = "".join(output.get("text", ""))
        return {**output, "text": f"{text[: _KEPT // 2]}\n{said}\n{text[-_KEPT // 2 :]}"}
    return {"output_type": "stream", "name": "stdout", "text": f"{said}\n"}


def _first_line(cell: dict[str, Any]) -> str:
    lines = "".join(cell.get("source", "")).splitlines()
    return next((line.strip()[:60] for line in lines if line.strip()), "")


def _bytes(notebook: dict[str, Any]) -> bytes:
    return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
