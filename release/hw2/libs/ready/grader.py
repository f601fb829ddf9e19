"""What you use here and is not there where your work is graded: a newer Python, other packages."""

import ast
import json
import os
import sys

from .folder import HOME, MODULE

TOLD = os.path.join(HOME, "libs", "grader.json")  # written when the homework was handed out


def look(notebook):
    """Only to note: what runs here may not run there."""
    if not os.path.exists(TOLD):
        return [], []
    with open(TOLD, encoding="utf-8") as file:
        told = json.load(file)
    return [], _python(told["python"], sys.version_info[:2]) + _packages(told["imports"], notebook)


def _python(there, here):
    if here == tuple(map(int, there.split("."))):
        return []
    mine = "{}.{}".format(*here)
    if here < tuple(map(int, there.split("."))):
        return [f"your work is graded with Python {there}, and this is {mine}: what runs here runs there, too."]
    return [
        f"your work is graded with Python {there}, and this is {mine}. Write nothing that only newer Pythons "
        "understand, such as the same quotes inside the braces of an f-string."
    ]


def _packages(known, notebook):
    lines = []
    for file, name in dict.fromkeys(_imported(notebook)):
        if name not in known and name not in ("libs", MODULE):  # other files beside are not sent in
            lines.append(
                f"{file} imports {name}, which is not there when your work is graded: code that needs it will fail. Do "
                "without it."
            )
    return lines


def _imported(notebook):
    """(file, top-level package) of what the notebook, as it was last saved, and the .py beside it import."""
    for file, sources in ((f"{notebook}.ipynb", _cells), (f"{MODULE}.py", _text)):
        path = os.path.join(HOME, file)
        for source in sources(path) if os.path.exists(path) else []:
            yield from ((file, name) for name in imports_of(source))


def _text(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        yield file.read()


def _cells(path):
    """The sources of the code cells that are yours to write."""
    with open(path, encoding="utf-8", errors="replace") as file:
        cells = json.load(file).get("cells", [])
    for cell in cells:
        if cell.get("cell_type") == "code" and not cell.get("metadata", {}).get("nbgrader", {}).get("locked"):
            source = cell.get("source", "")
            yield source if isinstance(source, str) else "".join(source)


def imports_of(source):
    """The top-level packages that a piece of code needs; what it only tries to import does not count."""
    lines = ["" if line.lstrip().startswith(("%", "!")) else line for line in source.splitlines()]
    try:
        tree = ast.parse("\n".join(lines))
    except (SyntaxError, ValueError):
        return []  # not written yet, or told elsewhere
    waiting, found = list(tree.body), []
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ast.Import):
            found += [alias.name.partition(".")[0] for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.append(node.module.partition(".")[0])
        elif not isinstance(node, ast.Try):
            waiting += ast.iter_child_nodes(node)
    return [name for name in found if name not in sys.stdlib_module_names]
