"""Named edits: how a submission of the sample class differs from the solved assignment."""

import textwrap
from collections.abc import Callable

from autograder import assignment

from .solved import Work

Edit = Callable[[Work], None]


def in_block(name: str, old: str, new: str) -> Edit:
    """Replace a piece of a block of the module."""

    def edit(work: Work) -> None:
        text = work.block(name)
        if text.count(old) != 1:
            raise ValueError(f"block {name} holds {old!r} {text.count(old)} times: correct the edit")
        work.set_block(name, text.replace(old, new))

    return edit


def whole_block(name: str, new: str) -> Edit:
    """Write a whole block of the module anew."""

    def edit(work: Work) -> None:
        old = work.block(name)
        indent = next(line for line in old.splitlines() if line.strip())
        indent = indent[: len(indent) - len(indent.lstrip())]
        work.set_block(name, textwrap.indent(textwrap.dedent(new).strip("\n"), indent))

    return edit


def in_cell(notebook: str, id: str, old: str, new: str) -> Edit:
    """Replace a piece of an answer cell."""

    def edit(work: Work) -> None:
        cell = work.cell(notebook, id)
        if cell.source.count(old) != 1:
            raise ValueError(f"{notebook}, cell {id} holds {old!r} {cell.source.count(old)} times: correct the edit")
        cell.source = cell.source.replace(old, new)

    return edit


def whole_cell(notebook: str, id: str, new: str) -> Edit:
    """Write a whole answer cell anew."""

    def edit(work: Work) -> None:
        work.cell(notebook, id).source = textwrap.dedent(new).strip("\n")

    return edit


def unwritten_block(name: str) -> Edit:
    """A block as the hand-out has it."""

    def edit(work: Work) -> None:
        work.set_block(name, _handed_out(work).block(name))

    return edit


def unwritten_cell(notebook: str, id: str) -> Edit:
    """An answer cell as the hand-out has it."""

    def edit(work: Work) -> None:
        released = assignment.read(work.release / f"{notebook}.ipynb")
        stub = next(cell for cell in released.cells if assignment.grade_id(cell) == id)
        work.cell(notebook, id).source = stub.source

    return edit


def untouched(work: Work) -> None:
    """The hand-out as it is."""
    for name in assignment.NOTEBOOKS:
        work.notebooks[name] = assignment.read(work.release / f"{name}.ipynb")
    work.module = (work.release / assignment.MODULE).read_text(encoding="utf-8")


def without_module(work: Work) -> None:
    """The .py file was forgotten."""
    work.module = None


def broken_notebook(name: str) -> Edit:
    """A notebook that was cut off while it was copied."""

    def edit(work: Work) -> None:
        work.raw[f"{name}.ipynb"] = b'{"cells": [{"cell_type": "code", "sou'

    return edit


def _handed_out(work: Work) -> Work:
    copy = object.__new__(Work)
    copy.module = (work.release / assignment.MODULE).read_text(encoding="utf-8")
    return copy
