"""A module without our block markers: functions and methods are taken by their names, with the file's own helpers."""

import ast
from dataclasses import dataclass

from .module_names import Definition, definitions


@dataclass(frozen=True)
class _Edit:
    """Lines first..last (not included) of the base are replaced by text."""

    first: int
    last: int
    text: list[str]


def lay_by_name(base: str, student: str) -> tuple[str, list[str]]:
    """The stripped instructor module with the functions that students write replaced by the student's, and remarks."""
    try:
        theirs = definitions(student)
    except (SyntaxError, ValueError) as error:
        return base, [f"has no block markers and does not compile ({error}): its blocks count as unanswered"]
    ours = definitions(base)
    wanted = [ours[name] for name in ours if ours[name].has_block]
    missing = [definition.name for definition in wanted if definition.name not in theirs]
    edits = [_Edit(d.first, d.last, _moved(student, theirs[d.name], d.column)) for d in wanted if d.name in theirs]
    edits.extend(_extra_methods(base, student, ours, theirs))
    edits.append(_Edit(_after_imports(base), _after_imports(base), _own_helpers(base, student)))
    lines = base.splitlines()
    for edit in sorted(edits, key=lambda e: e.first, reverse=True):
        lines[edit.first : edit.last] = edit.text
    remarks = ["has no block markers: its functions were taken by their names"]
    if missing:
        remarks.append(f"without {', '.join(missing)}: they count as unanswered")
    return "\n".join(lines) + "\n", remarks


def _moved(text: str, definition: Definition, column: int) -> list[str]:
    """The lines of a definition, at another indentation."""
    lines = [line.expandtabs(4) for line in text.splitlines()[definition.first : definition.last]]
    shift = column - definition.column
    return [(" " * shift + line if shift > 0 else line[-shift:]) if line.strip() else "" for line in lines]


def _extra_methods(base: str, student: str, ours: dict[str, Definition], theirs: dict[str, Definition]) -> list[_Edit]:
    """Methods that the student added to our classes go in below the class's last method."""
    edits = []
    for name, definition in theirs.items():
        owner = name.rpartition(".")[0]
        if owner and owner in ours and name not in ours:
            edits.append(_Edit(ours[owner].last, ours[owner].last, ["", *_moved(student, definition, 4)]))
    return edits


def _own_helpers(base: str, student: str) -> list[str]:
    """The student's imports, constants, functions and classes that the instructor's module does not define."""
    known = set(definitions(base))
    lines, kept = student.splitlines(), []
    for node in ast.parse(student).body:
        text = [line.expandtabs(4) for line in lines[_first_line(node) : node.end_lineno]]
        if isinstance(node, ast.Import | ast.ImportFrom):  # one that is not to be had here must not stop the file
            kept.extend(["try:", *("    " + line for line in text), "except ImportError:", "    pass"])
        elif isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name not in known:
            kept.extend(["", *text])
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            kept.extend(text)
    return kept


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)]) - 1


def _after_imports(base: str) -> int:
    """The line below the base's last top-level import."""
    imports = [node for node in ast.parse(base).body if isinstance(node, ast.Import | ast.ImportFrom)]
    return max((node.end_lineno or 0 for node in imports), default=0)
