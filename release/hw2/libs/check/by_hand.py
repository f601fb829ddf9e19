"""Blocks that have their gradients or steps made for them, which earn nothing in this practical."""

import ast
import re

from .blocks import block_at, blocks, body
from .said import LOST, Said, several

_TORCH = ("autograd", "optim", "func")  # torch.autograd, torch.optim, torch.func


def say_by_hand(file: str, text: str | None, points: dict[str, float]) -> list[Said]:
    """A sentence on each tool that the module uses. points: of the tests about each block."""
    found: dict[str, dict[str, None]] = {}
    for line, tool in _uses(text or ""):
        name = block_at(text or "", line)
        found.setdefault(tool, {})[f"block {name}" if name else f"line {line}"] = None
    return [
        Said(
            LOST,
            f"{file}: {several(list(places), 5)} uses {tool}, and a block that has its gradients or steps made for it "
            "earns nothing: write the formula yourself.",
            sum(points.get(place.removeprefix("block "), 0) for place in places),
        )
        for tool, places in found.items()
    ]


def _uses(text: str) -> list[tuple[int, str]]:
    """(line, tool) of whatever makes gradients or steps; of a text that does not compile, in those blocks that do."""
    ours = set(re.findall(r"^class (\w+)", text, re.MULTILINE))
    parts = [(0, text)] if _nodes(text) else [(block.first, body(text, block)) for block in blocks(text)]
    nodes = [(above, node) for above, part in parts for node in _nodes(part)]
    return sorted((above + node.lineno, tool) for above, node in nodes if (tool := _tool(node, ours)))


def _nodes(text: str) -> list[ast.AST]:
    """All nodes of a text; none of one that does not compile."""
    try:
        return list(ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _tool(node: ast.AST, ours: set[str]) -> str:
    """The tool that a piece of code uses; empty for none. ours: the module's own layers, whose backward is no tool."""
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        module = getattr(node, "module", None) or ""
        names = [f"{module}.{alias.name}".strip(".") for alias in node.names]
        return next(
            (f"torch.{part}" for name in names for part in _TORCH if f"{name}.".startswith(f"torch.{part}.")), ""
        )
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "torch":
        return f"torch.{node.attr}" if node.attr in _TORCH else ""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "backward":
        layer = isinstance(node.func.value, ast.Name) and node.func.value.id in ours
        return "" if layer or len(node.args) > 1 else "autograd's .backward()"
    if isinstance(node, ast.Call) and isinstance(node.func, (ast.Name, ast.Attribute)):
        name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        return "compute_numeric_gradient" if name == "compute_numeric_gradient" else ""
    return ""
