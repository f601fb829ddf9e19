"""A laid notebook as text, byte for byte as nbformat writes it; cells that are the hand-out's are written once."""

import nbformat
from nbformat import NotebookNode

_CELLS = '"cells": []'


def notebook_text(laid: NotebookNode, given: NotebookNode) -> str:
    """What nbformat.write would write; most cells are as given, and their text is remembered."""
    alike = [_given_cell(given.cells[i]) if _same(cell, given, i) else _cell(cell) for i, cell in enumerate(laid.cells)]
    frame = nbformat.v4.writes(NotebookNode({**laid, "cells": []}))
    if not alike or frame.count(_CELLS) != 1:
        return str(nbformat.v4.writes(laid)) + "\n"
    return str(frame.replace(_CELLS, '"cells": [\n' + ",\n".join(alike) + "\n ]") + "\n")


def _same(cell: NotebookNode, given: NotebookNode, index: int) -> bool:
    return index < len(given.cells) and bool(cell == given.cells[index])


_texts: dict[int, tuple[NotebookNode, str]] = {}


def _given_cell(cell: NotebookNode) -> str:
    """The text of a cell of the hand-out, which stays as long as the process; known by its place in memory."""
    if id(cell) not in _texts:
        _texts[id(cell)] = cell, _cell(cell)
    return _texts[id(cell)][1]


def _cell(cell: NotebookNode) -> str:
    """One cell, indented as it stands in a notebook."""
    whole = nbformat.v4.writes(NotebookNode(cells=[cell], metadata={}, nbformat=4, nbformat_minor=5))
    return str(whole).partition('"cells": [\n')[2].partition("\n ],\n")[0]
