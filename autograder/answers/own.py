"""What a student's module defines beside ours: methods in our classes, and what functions and blocks need.

Everything stays at its place among our functions and classes, below a line that says what it is; so what is laid in
twice is laid in once.
"""

import ast
import builtins
from collections.abc import Mapping, Set
from dataclasses import dataclass

from ..source_lines import moved, source_lines
from .carried import EVERY, Piece, names_made, names_needed, needed, pieces
from .compiles import NOT_CODE
from .edit import Edit
from .module_names import Definition, definitions, statements

TAKEN = "# Taken along from outside the blocks:"
_ALWAYS = frozenset(dir(builtins)) | {"__file__"}


@dataclass(frozen=True)
class Own:
    """A definition of the student's. below: which of ours it stands below; is_new: it was not laid in before."""

    below: str
    piece: Piece
    is_new: bool
    is_member: bool = False

    def edit(self, base: str) -> Edit:
        """Its lines at its place in our module."""
        ours, indent = definitions(base), "    " if self.is_member else ""
        at = ours[self.below].last if self.below else _below_imports(base)
        return Edit(at, at, ["", indent + TAKEN, *_indented(self.piece.text, indent)])


def own_needed(base: str, student: str, functions: Mapping[str, str]) -> tuple[list[Own], list[str]]:
    """What the module needs of the student's text, and a remark for each function that needs some of it.

    functions: how they are called in remarks -> their text as it is laid in.
    """
    known = names_made(base)
    every = _every(student, definitions(base), known)
    members = [own for own in every if own.is_member]
    outside = [own.piece for own in every if not own.is_member]
    reads = {said: names_needed(text) for said, text in functions.items()}
    wanted = set[str]().union(*reads.values(), *(own.piece.needs for own in members))
    if wanted.union(*(piece.needs for piece in outside)) - known.union(*(p.makes for p in outside)) - _ALWAYS:
        wanted.add(EVERY)
    taken = needed(outside, wanted, known)
    new = {own.piece for own in every if own.is_new}
    remarks = []
    for said, names in reads.items():
        if more := set(needed(outside, names, known)) & new:
            made = ", ".join(sorted(set[str]().union(*(piece.makes for piece in more))))
            remarks.append(f"{said} needs {made} from outside the blocks: taken along")
    return [own for own in every if own.is_member or own.piece in taken], remarks


def _every(student: str, ours: dict[str, Definition], known: Set[str]) -> list[Own]:
    """Members of our classes that we do not have, and what stands outside of our functions and classes."""
    try:
        body = statements(student)
    except NOT_CODE:
        return []
    lines, below, found = source_lines(student), "", list[Own]()
    for node in body:
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            continue  # it would have to be the first line
        if not (isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in ours):
            found += [own for own in _own(node, lines, below, False) if not own.piece.makes or own.piece.makes - known]
            continue
        below = node.name
        for part in node.body if isinstance(node, ast.ClassDef) else []:
            if f"{below}.{getattr(part, 'name', '')}" in ours:
                continue
            found += _own(part, lines, below, True)
    return found


def _own(node: ast.stmt, lines: list[str], below: str, is_member: bool) -> list[Own]:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)]) - 1
    text = "\n".join(moved(lines[first : node.end_lineno], ""))
    found = pieces(text)
    is_new = first == 0 or lines[first - 1].strip() != TAKEN
    return [Own(below, piece, is_new, is_member) for piece in found]


def _indented(text: str, indent: str) -> list[str]:
    return moved(source_lines(text), indent)


def _below_imports(base: str) -> int:
    imports = [node for node in statements(base) if isinstance(node, ast.Import | ast.ImportFrom)]
    return max((node.end_lineno or 0 for node in imports), default=0)
