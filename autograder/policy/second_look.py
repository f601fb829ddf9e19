"""A look from outside at what a student's code calls by name; the process that it runs in has no part in it.

Told is what hand-written layers and rules have no use for: gradients and steps of the library, what lies below it, ways
around the guard in the process, and names that nobody can read. It charges nobody: a person looks at the line.
"""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from .names_told import BELOW, BUILT, BUILTINS, GRADIENTS, KNOWN, ONLY, RECORDS, TAKEN, WAYS_ROUND

_SAYS_A_WORD = ast.Attribute | ast.keyword


class Seen(NamedTuple):
    """A line of the text, and what it does."""

    line: int
    what: str


def look_at(text: str, imports: bool = True) -> list[Seen]:
    """What stands out, in the order of lines. imports: tell packages that are not known, too."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []  # it does not run either
    look = _Look(tree, imports)
    try:
        look.visit(tree)
    except RecursionError:
        look.found.append(Seen(1, "is too deep to be read"))
    return sorted(set(look.found))


class _Look(ast.NodeVisitor):
    def __init__(self, tree: ast.Module, imports: bool) -> None:
        self.found: list[Seen] = []
        self._imports = imports
        self._paths = dict(_imported(tree))
        self._modules = {name for name, path in self._paths.items() if path in KNOWN}
        self._everything_of = [path.removesuffix(".*") for path in self._paths.values() if path.endswith(".*")]
        nodes = list(ast.walk(tree))
        self._own = {n.id for n in nodes if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)}
        self._own |= {n.arg for n in nodes if isinstance(n, ast.arg)}
        self._own |= {n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef)}
        for node in nodes:  # `nn = torch.nn` is no more than another name
            if isinstance(node, ast.Assign) and (path := self._path(node.value)):
                self._paths |= {t.id: path for t in node.targets if isinstance(t, ast.Name) and t.id not in self._paths}
        words = {n.attr if isinstance(n, ast.Attribute) else n.arg for n in nodes if isinstance(n, _SAYS_A_WORD)}
        layers = (path for n in nodes if (path := self._path(n)).startswith("torch.nn."))
        self._records = bool(words & RECORDS) or any(path.rpartition(".")[2][:1].isupper() for path in layers)

    def _path(self, node: ast.AST) -> str:
        """The dotted name of what an expression takes from an import; empty for anything else."""
        if isinstance(node, ast.Name):
            return self._paths.get(node.id, "")
        if isinstance(node, ast.Attribute) and (base := self._path(node.value)):
            return f"{base}.{node.attr}"
        return ""

    def _tell(self, node: ast.AST, what: str) -> None:
        if what:
            self.found.append(Seen(getattr(node, "lineno", 1), what))

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        for _, path in _imported(node):
            top = path.split(".")[0]
            known = top in KNOWN or not (self._imports or top in WAYS_ROUND)
            self._tell(node, _of_path(path) if known else f"imports {top}")

    visit_ImportFrom = visit_Import

    def visit_Attribute(self, node: ast.Attribute) -> None:
        path = self._path(node)
        if path:
            self._tell(node, _of_path(path))
            return  # its beginning says nothing that it does not say itself
        if isinstance(node.ctx, ast.Load) or node.attr not in TAKEN:
            self._word(node, node.attr)
        self.visit(node.value)

    def _word(self, node: ast.AST, word: str) -> None:
        """An attribute of anything."""
        if word in GRADIENTS | BUILT | WAYS_ROUND - KNOWN or (word in TAKEN and self._records):
            self._tell(node, f"takes .{word}")

    def visit_Name(self, node: ast.Name) -> None:
        if not isinstance(node.ctx, ast.Load):
            return
        name = node.id
        if name in self._modules and (name not in self._own or self._paths[name] in ("torch", "numpy")):
            self._tell(node, f"hands {self._paths[name]} on as a whole")
        elif name in BUILTINS and name not in self._paths:
            self._tell(node, f"uses {name}")
        elif name not in self._own | self._paths.keys():
            for path in self._everything_of:
                self._tell(node, _of_path(f"{path}.{name}"))

    def visit_Assign(self, node: ast.Assign) -> None:
        """`t = torch` is no more than another name, too."""
        target = node.targets[0] if len(node.targets) == 1 else None
        if not (isinstance(target, ast.Name) and isinstance(node.value, ast.Name) and node.value.id in self._modules):
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """getattr and the like are no more than an attribute when they say which."""
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in ("getattr", "setattr", "hasattr", "delattr"):
            self.generic_visit(node)
            return
        word = node.args[1] if len(node.args) > 1 else None
        if isinstance(word, ast.Constant) and isinstance(word.value, str):
            self.visit(ast.copy_location(ast.Attribute(node.args[0], word.value, ast.Load()), node))
        elif not (node.args and isinstance(node.args[0], ast.Name) and node.args[0].id == "self"):
            self._tell(node, f"uses {name} with a name that it makes")
        for part in [*node.args[2:], *node.keywords]:
            self.visit(part)

    def visit_MatchClass(self, node: ast.MatchClass) -> None:
        for word in node.kwd_attrs:
            self._word(node, word)
        self.generic_visit(node)


def _imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """(name, the dotted name that it stands for) of each import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.split(".")[0]
                yield (alias.asname, alias.name) if alias.asname else (top, top)
                if not alias.asname and top != alias.name:
                    yield alias.name, alias.name
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module or '.'}.{alias.name}"


def _of_path(path: str) -> str:
    """What it means that this is named; empty for nothing."""
    top, *parts = path.split(".")
    of_torch = "torch" in (top, *parts)
    allowed = ONLY.get(top)
    if allowed and parts and parts[0] not in allowed:
        return f"uses {path}"
    for part in parts:
        private = part.startswith("_") and not part.endswith("__")
        if part in GRADIENTS | BUILT | WAYS_ROUND - KNOWN or private:
            return f"uses {path}"
        if of_torch and (part in BELOW or "backward" in part):
            return f"uses {path}"
    return ""
