"""The names that a cell makes at its top level, and those that it reads."""

import ast


def names_made(source: str) -> set[str]:
    """Functions, classes, variables and imports."""
    made = set[str]()
    for node in _body(source):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            made.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            made |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        else:
            made |= _names(node, ast.Store)
    return made


def names_read(source: str) -> set[str]:
    """All of them, in functions, too."""
    return set[str]().union(*(_names(node, ast.Load) for node in _body(source)))


def _names(node: ast.stmt, use: type[ast.expr_context]) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, use)}


def _body(source: str) -> list[ast.stmt]:
    """The statements, without the notebook's own commands; none of a text that does not compile."""
    lines = ["" if line.startswith(("%", "!")) else line for line in source.splitlines()]
    try:
        return ast.parse("\n".join(lines)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
