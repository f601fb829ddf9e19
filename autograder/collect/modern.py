"""Notebooks of nbformat 3 as nbformat 4, without the ids that nbformat would draw by chance for their cells."""

import json

import nbformat

from ..answers.written import loaded


def modern(data: bytes) -> bytes:
    """The notebook in nbformat 4; the very bytes of every other file, one that cannot be converted included."""
    if b'"worksheets"' not in data:
        return data
    try:
        old, _ = loaded(data)
        notebook = nbformat.convert(nbformat.from_dict(old), 4) if isinstance(old["worksheets"], list) else None
        for cell in notebook.cells if notebook else []:
            cell.pop("id", None)
        return json.dumps(notebook).encode() if notebook else data
    except Exception:  # whatever is wrong with it, it is left to those who read it
        return data
