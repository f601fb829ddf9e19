"""The solution, as what stand-ins ask: loaded from source/ once a grading process, never sent across."""

import ast
import functools
import inspect
from pathlib import Path
from typing import Any

from torch import nn

from .. import assignment
from .given import names_in, parse

_FILE = "<ours>"  # by which the code is known that runs for an ask


class Ours:
    """What the cells of one notebook in source/, and its module, define; a name is loaded when it is first needed."""

    def __init__(self, source: Path, name: str) -> None:
        self.made: dict[str, tuple[str, ...]] = {}  # answer cell -> the parts that it defines
        self._names: dict[str, Any] = {}
        self._nodes: dict[str, ast.stmt] = {}
        if name == assignment.MODULE_NOTEBOOK:
            self._know(ast.parse((source / assignment.MODULE).read_text(encoding="utf-8")).body)
        path = source / f"{name}.ipynb"
        for cell in assignment.read(path).cells if path.exists() else ():
            if cell.cell_type == "code" and not assignment.is_test(cell):
                defined = self._know(parse(cell.source).body)
                if assignment.is_answer(cell):
                    self.made[str(assignment.grade_id(cell))] = tuple(defined)

    def _know(self, nodes: list[ast.stmt]) -> list[str]:
        """Note where names come from; return those that functions and classes have."""
        module = assignment.MODULE.removesuffix(".py")
        for node in nodes:
            if isinstance(node, ast.Import | ast.ImportFrom) and getattr(node, "module", "") != module:
                self._nodes.update({(alias.asname or alias.name).split(".")[0]: node for alias in node.names})
        kinds = ast.FunctionDef | ast.ClassDef
        defined = {node.name: node for node in nodes if isinstance(node, kinds)}
        self._nodes.update(defined)
        return list(defined)

    def __getitem__(self, name: str) -> Any:
        """A function or class of ours; KeyError where there is none."""
        if name not in self._names:
            self._load(name, set())
        return self._names[name]

    def _load(self, name: str, met: set[str]) -> None:
        """Run what defines a name, after what this reads."""
        if name in self._names or name in met or name not in self._nodes:
            return
        met.add(name)
        node = self._nodes[name]
        for read in names_in(node):
            self._load(read, met)
        exec(compile(ast.Module([node], []), _FILE, "exec"), self._names)

    def spec(self, part: str) -> dict[str, Any]:
        """How a part stands in: a function, a module of torch's, or methods; `Class.method` is one method."""
        name, _, only = part.partition(".")
        thing = self[name]
        if not inspect.isclass(thing):
            return {"name": name, "kind": "function", "static": [], "methods": []}
        members = {member: value for member, value in vars(thing).items() if only in ("", member)}
        static = [member for member, value in members.items() if isinstance(value, staticmethod)]
        methods = [member for member, value in members.items() if inspect.isfunction(value)]
        if issubclass(thing, nn.Module):
            return {"name": name, "kind": "module", "static": static, "methods": sorted({*methods} - {"__init__"})}
        return {"name": name, "kind": "class", "static": static, "methods": methods}


@functools.cache
def ours(source: Path, name: str) -> Ours:
    """Those of a notebook; `libs` must be importable."""
    return Ours(source, name)


def is_ours(file: str) -> bool:
    """Whether code comes from the solution."""
    return file == _FILE
