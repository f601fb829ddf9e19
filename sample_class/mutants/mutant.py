"""One generated wrong answer: where it is, what was written there, and what is written there now."""

import ast
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from autograder import assignment
from autograder.answers.module import blocks

from ..solved import Work
from .operators import replacements

_GIVEN = ("identity", "best_network_settings")  # answers that are a name or a taste


@dataclass(frozen=True)
class Mutant:
    """place: a block of the module, or an answer cell; number tells it from the place's others; text: all of it."""

    notebook: str
    place: str
    number: int
    what: str
    old: str
    new: str
    text: str

    @property
    def name(self) -> str:
        """Its name in tables and on the command line."""
        return f"{self.notebook}/{self.place}/{self.number}"

    def edit(self, work: Work) -> None:
        """Write it into the work."""
        if self.notebook == assignment.MODULE_NOTEBOOK:
            work.set_block(self.place, self.text)
        else:
            work.cell(self.notebook, self.place).source = self.text


def mutants_of(work: Work) -> Iterator[Mutant]:
    """All mutants of the reference's answers, in a fixed order."""
    for notebook, place, text in _places(work):
        seen = {_meaning(text)}
        number = 0
        for what, old, new, mutated in _mutations(text):
            meaning = _meaning(mutated)
            if meaning and meaning not in seen:
                seen.add(meaning)
                yield Mutant(notebook, place, number, what, old, new, mutated)
                number += 1


def _places(work: Work) -> Iterator[tuple[str, str, str]]:
    assert work.module is not None
    for block in blocks(work.module):
        yield assignment.MODULE_NOTEBOOK, block.name, work.block(block.name)
    for name in assignment.PRACTICALS:
        for cell in work.notebooks[name].cells:
            id = str(assignment.grade_id(cell))
            if cell.cell_type == "code" and assignment.is_answer(cell) and id not in _GIVEN:
                yield name, id, cell.source


def _mutations(text: str) -> Iterator[tuple[str, str, str, str]]:
    """(what, old, new, the whole text) for every change of one node; defaults and docstrings stay."""
    margin = len(text) - len(text.lstrip()) if text[:1] == " " else 0
    lines = textwrap.dedent(text).splitlines()
    tree = ast.parse("\n".join(lines))
    left_alone = set(_left_alone(tree))
    for node in ast.walk(tree):
        if node in left_alone or not isinstance(node, ast.expr | ast.stmt):
            continue
        for what, new in replacements(node):
            old, mutated = _spliced(lines, node, f"({new})" if isinstance(node, ast.BinOp) else new)
            yield what, old, new, textwrap.indent(mutated, " " * margin)


def _left_alone(tree: ast.AST) -> Iterator[ast.AST]:
    """Defaults of arguments and texts: what is shown and what nobody asks for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.arguments):
            for default in [*node.defaults, *node.kw_defaults]:
                yield from ast.walk(default) if default is not None else ()
        elif isinstance(node, ast.JoinedStr):
            yield from ast.walk(node)


def _spliced(lines: list[str], node: ast.expr | ast.stmt, new: str) -> tuple[str, str]:
    """The node's text, and all lines with `new` in its place; columns are bytes, and the reference is ASCII there."""
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    head, tail = lines[first][: node.col_offset], lines[last][node.end_col_offset :]
    old = "\n".join(lines[first : last + 1])[node.col_offset :]
    return old[: len(old) - len(tail)], "\n".join([*lines[:first], head + new + tail, *lines[last + 1 :]])


def _meaning(text: str) -> str:
    """What python makes of it; empty when it cannot be compiled."""
    try:
        return ast.dump(ast.parse(textwrap.dedent(text)))
    except SyntaxError:
        return ""
