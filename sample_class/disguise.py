"""Copies in disguise: a solution's code changed by program so that it looks like another's and computes the same."""

import ast
import builtins
import random
import textwrap
from collections.abc import Callable
from pathlib import Path

from autograder.similarity.plan import Plan, read_plan
from autograder.similarity.surroundings import surroundings_of

from .course import ROOT
from .disguise_noise import commented, with_dead_code
from .disguise_order import reordered
from .disguise_rewrite import rewritten
from .independent import Solution

Change = Callable[[ast.Module, random.Random], ast.Module]
DISGUISES = ("renamed", "reordered", "commented, dead code", "rewritten", "all at once")
_LIBRARY = {"weight", "bias", "data", "grad", "shape", "T", "forward", "threshold", "layers", "params"}
_WORDS = [
    "alpha",
    "beta",
    "gamma",
    "delta",
    "item",
    "part",
    "thing",
    "res",
    "val",
    "temp",
    "aux",
    "foo",
    "bar",
    "baz",
    "qux",
    "node",
    "leaf",
    "core",
    "block",
    "unit",
]


def disguised(solution: Solution, how: str, seed: int, plan: Plan | None = None) -> Solution:
    """The solution in one of DISGUISES; another seed makes another copy."""
    rng, plan = random.Random(f"{solution.name} {how} {seed}"), plan or read_plan(ROOT)
    rename = _renaming(solution, rng) if how in ("renamed", "all at once") else {}

    def one(text: str, is_block: bool) -> str:
        tree = ast.parse(textwrap.dedent(text))
        if how in ("rewritten", "all at once"):
            tree = ast.parse(ast.unparse(rewritten(tree, rng)))
        if how in ("reordered", "all at once"):
            tree = reordered(tree, rng)
        if how in ("commented, dead code", "all at once"):
            tree = with_dead_code(tree, rng)
        if rename:
            tree = _Rename(rename, _fixed(is_block)).visit(tree)
        made = ast.unparse(ast.fix_missing_locations(tree))
        return commented(made, rng) if "comment" in how or how == "all at once" else made

    return Solution(
        f"{solution.name}, {how}",
        {name: one(text, True) for name, text in solution.blocks.items()},
        {name: one(text, False) for name, text in solution.cells.items()},
    )


def _renaming(solution: Solution, rng: random.Random) -> dict[str, str]:
    """A new name for every name and attribute that the student made up."""
    texts = [textwrap.dedent(text) for text in (*solution.blocks.values(), *solution.cells.values())]
    around = surroundings_of(texts)
    keywords = {node.arg for text in texts for node in ast.walk(ast.parse(text)) if isinstance(node, ast.keyword)}
    imported = {
        (alias.asname or alias.name).split(".")[0]
        for text in texts
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    kept = keywords | imported | _LIBRARY | set(dir(builtins)) | _fixed(False)
    names = sorted(name for name in around.binds | around.attributes if name not in kept and not name.startswith("__"))
    return {name: f"{rng.choice(_WORDS)}_{rng.choice(_WORDS)}{at}" for at, name in enumerate(names)}


def _fixed(is_block: bool) -> set[str]:
    """Names that the hand-out reads: of the .py for a block, of functions and parameters for a cell."""
    if is_block:
        return _names_of_module()
    known = _plan().vocabulary.parameters
    return {part for name in known for part in name.split(".")} | {one for ones in known.values() for one in ones}


class _Rename(ast.NodeTransformer):
    """Gives names, attributes and own functions their new names."""

    def __init__(self, names: dict[str, str], fixed: set[str]):
        self.names = {name: new for name, new in names.items() if name not in fixed}

    def visit_Name(self, node: ast.Name) -> ast.AST:
        node.id = self.names.get(node.id, node.id)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.value, ast.Name) and node.value.id in ("torch", "F", "nn", "np", "math"):
            return node
        if isinstance(node.value, ast.Name) or node.attr in self.names:
            node.attr = self.names.get(node.attr, node.attr) if _is_own(node) else node.attr
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.arg = self.names.get(node.arg, node.arg)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.generic_visit(node)
        node.name = self.names.get(node.name, node.name)
        return node


def _is_own(node: ast.Attribute) -> bool:
    """An attribute of the student's own objects: of self or of a layer, not of a tensor or a module of torch."""
    root: ast.expr = node.value
    while isinstance(root, ast.Attribute | ast.Subscript):
        root = root.value
    return isinstance(root, ast.Name) and (root.id in ("self", "layer", "net", "solver") or node.attr.endswith("optim"))


_PLANS: list[Plan] = []


def _plan() -> Plan:
    if not _PLANS:
        _PLANS.append(read_plan(ROOT))
    return _PLANS[0]


def _names_of_module(folder: Path = ROOT / "release" / "hw2") -> set[str]:
    tree = ast.parse((folder / "fully_connected_networks.py").read_text(encoding="utf-8"))
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} | {
        node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)
    }
