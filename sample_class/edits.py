"""Named edits: how a submission of the sample class differs from the solved assignment."""

import textwrap
from collections.abc import Callable

from autograder import assignment

from .solved import Work, block_text

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


def in_cell(notebook: str, id: str, old: str, new: str, then: str = "") -> Edit:
    """Replace a piece of an answer cell, and add a line below it."""

    def edit(work: Work) -> None:
        cell = work.cell(notebook, id)
        if cell.source.count(old) != 1:
            raise ValueError(f"{notebook}, cell {id} holds {old!r} {cell.source.count(old)} times: correct the edit")
        cell.source = cell.source.replace(old, new) + ("\n\n" + then if then else "")

    return edit


def whole_cell(notebook: str, id: str, new: str) -> Edit:
    """Write a whole answer cell anew."""

    def edit(work: Work) -> None:
        work.cell(notebook, id).source = textwrap.dedent(new).strip("\n")

    return edit


def unwritten_block(name: str) -> Edit:
    """A block as the hand-out has it."""

    def edit(work: Work) -> None:
        handed_out = (work.release / assignment.MODULE).read_text(encoding="utf-8")
        work.set_block(name, block_text(handed_out, name))

    return edit


def unwritten_notebook(name: str) -> Edit:
    """A notebook as the hand-out has it."""

    def edit(work: Work) -> None:
        work.notebooks[name] = assignment.read(work.release / f"{name}.ipynb")

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


def tests_tagged_and_removed(work: Work) -> None:
    """Every other test is tagged to be skipped, the rest are deleted; what is left claims to be worth more."""
    for notebook in work.notebooks.values():
        tests = [cell for cell in notebook.cells if assignment.is_test(cell)]
        for cell in tests[::2]:
            cell.metadata["tags"] = ["skip-execution"]
            cell.metadata.nbgrader["points"] = 100
        notebook.cells = [cell for cell in notebook.cells if all(cell is not gone for gone in tests[1::2])]
