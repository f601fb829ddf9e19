"""What the hand-out gives to everybody: its names, strings, and the names of its functions' parameters."""

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field

LIBRARIES = frozenset(
    [
        "torch",
        "np",
        "numpy",
        "F",
        "nn",
        "math",
        "functional",
        "optim",
        "linalg",
        "init",
        "random",
        "itertools",
        "utils",
        "data",
        "tqdm",
    ]
)


@dataclass
class Vocabulary:
    """Names are every identifier of the hand-out; parameters are by `function` or `Class.method`."""

    names: set[str] = field(default_factory=set)
    strings: set[str] = field(default_factory=set)
    parameters: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def learn(self, text: str) -> None:
        """Take in a piece of the hand-out; one that does not parse is passed over."""
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError):
            return
        for node in ast.walk(tree):
            if isinstance(node, ast.Name):
                self.names.add(node.id)
            elif isinstance(node, ast.Attribute):
                self.names.add(node.attr)
            elif isinstance(node, ast.arg):
                self.names.add(node.arg)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                self.strings.update((node.value, *node.value.replace(",", " ").split()))
        self._functions(tree.body, "")

    def _functions(self, body: Iterable[ast.stmt], owner: str) -> None:
        for node in body:
            if isinstance(node, ast.FunctionDef):
                self.parameters[owner + node.name] = tuple(arg.arg for arg in parameters(node))
                self.names.add(node.name)
            elif isinstance(node, ast.ClassDef):
                self.names.add(node.name)
                self.parameters[node.name] = ()
                self._functions(node.body, f"{node.name}.")


def parameters(node: ast.FunctionDef | ast.Lambda) -> list[ast.arg]:
    """The named parameters of a function in order."""
    return [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
