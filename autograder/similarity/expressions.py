"""The value of an expression, as a node of the graph."""

import ast
from collections.abc import Callable, Sequence
from typing import Any

from .algebra import Algebra
from .engine import Surroundings
from .graph import TooLarge
from .spelling import call
from .vocabulary import LIBRARIES, Vocabulary

STEPS = 200_000  # expressions of one text that are evaluated
Key = str | tuple[int, object]
Function = ast.FunctionDef | ast.Lambda


class Expressions:
    """Evaluates expressions on the values that the names have now; own functions are followed into their bodies."""

    def __init__(self, vocabulary: Vocabulary, around: Surroundings):
        self.graph = Algebra()
        self.vocabulary, self.around = vocabulary, around
        self.values: dict[Key, int] = {}
        self.functions: dict[str, Function] = {}
        self.libraries = set(LIBRARIES)
        self.effects: list[tuple[int, int]] = []
        self.following: list[Function] = []
        self.steps = 0

    def spend(self, steps: int = 1) -> None:
        """Count steps, so that functions that call functions that call functions come to an end; raises TooLarge."""
        self.steps += steps
        if self.steps > STEPS:
            raise TooLarge(f"more than {STEPS} steps")

    def value(self, node: ast.expr | None) -> int:
        """The node of any expression; of None, too."""
        self.spend()
        if node is None:
            return self.graph.constant(None)
        made: Callable[[Any], int] | None = getattr(self, f"_{type(node).__name__}", None)
        return made(node) if made else self._other(node)

    def follow(self, function: Function, args: Sequence[int], named: dict[str, int]) -> int | None:
        """The value of an own function for these arguments; None where it is not followed."""
        raise NotImplementedError

    def loop_over(self, generators: list[ast.comprehension], element: Callable[[], int], start: int) -> int:
        """The value of a comprehension, as the loop that it stands for."""
        raise NotImplementedError

    def _other(self, node: ast.expr) -> int:
        kids = [self.value(kid) for kid in ast.iter_child_nodes(node) if isinstance(kid, ast.expr)]
        return self.graph.node(type(node).__name__, *kids)

    def _Constant(self, node: ast.Constant) -> int:
        value = node.value
        if isinstance(value, str) and value not in self.vocabulary.strings:
            return self.graph.node("text")
        return self.graph.constant(value)

    def _Name(self, node: ast.Name) -> int:
        if node.id in self.values:
            return self.values[node.id]
        if node.id in self.functions:
            return self._as_value(self.functions[node.id])
        known = node.id in self.vocabulary.names or node.id not in self.around.binds
        return self.graph.node(f"name {node.id}" if known else "name")

    def _as_value(self, function: Function) -> int:
        args = [self.graph.node("argument") for _ in function.args.args]
        found = self.follow(function, args, {})
        return self.graph.node("function") if found is None else self.graph.node("function", found)

    def _Attribute(self, node: ast.Attribute) -> int:
        if self._is_library(node.value):
            return self.graph.node(f"name {node.attr}")
        base = self.value(node.value)
        if (base, f".{node.attr}") in self.values:
            return self.values[base, f".{node.attr}"]
        if node.attr in ("data", "values"):
            return base
        if node.attr in ("T", "mT", "shape"):
            return self.graph.node("shape" if node.attr == "shape" else "T", base)
        return self.graph.node(f"attribute {self.attribute(node.attr)}", base)

    def attribute(self, name: str) -> str:
        """An attribute's name; of one that students named themselves, a stand-in."""
        return "own" if name in self.around.attributes and name not in self.vocabulary.names else name

    def _is_library(self, node: ast.expr) -> bool:
        while isinstance(node, ast.Attribute):
            node = node.value
        return isinstance(node, ast.Name) and node.id in self.libraries and node.id not in self.values

    def _Subscript(self, node: ast.Subscript) -> int:
        base, key = self.value(node.value), self.value(node.slice)
        return self.values.get((base, key), self.graph.index(base, key))

    def _Slice(self, node: ast.Slice) -> int:
        nothing = self.graph.constant(None)
        low = self.graph.constant(0) if node.lower is None else self.value(node.lower)
        step = () if node.step is None else (self.value(node.step),)
        return self.graph.node("slice", low, nothing if node.upper is None else self.value(node.upper), *step)

    def _BinOp(self, node: ast.BinOp) -> int:
        return self.operate(node.op, self.value(node.left), self.value(node.right))

    def operate(self, op: ast.operator, left: int, right: int) -> int:
        """left op right."""
        g = self.graph
        if isinstance(op, ast.Mod) and g.labels[left].startswith(("literal '", "text")):
            return g.add(left, *(g.kids[right] if g.labels[right] == "tuple" else (right,)))
        names = {ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "div", ast.Pow: "pow", ast.MatMult: "matmul"}
        name = names.get(type(op))
        if name:
            return call(g, name, (left, right), {})
        if isinstance(op, ast.BitOr) and "dict" in (g.labels[left], g.labels[right]):
            return self._dict([left, right], {})
        if isinstance(op, ast.BitAnd | ast.BitOr):
            return g.node("and" if isinstance(op, ast.BitAnd) else "or", left, right)
        return g.node(type(op).__name__, left, right)

    def _UnaryOp(self, node: ast.UnaryOp) -> int:
        value = self.value(node.operand)
        if isinstance(node.op, ast.USub):
            return self.graph.minus(value)
        return value if isinstance(node.op, ast.UAdd) else self.graph.negate(value)

    def _BoolOp(self, node: ast.BoolOp) -> int:
        label = "and" if isinstance(node.op, ast.And) else "or"
        return self.graph.node(label, *(self.value(kid) for kid in node.values))

    def _Compare(self, node: ast.Compare) -> int:
        sides = [self.value(side) for side in (node.left, *node.comparators)]
        signs = [type(op).__name__ for op in node.ops]
        parts = [self.graph.compare(s, a, b) for s, a, b in zip(signs, sides[:-1], sides[1:], strict=True)]
        return parts[0] if len(parts) == 1 else self.graph.node("and", *parts)

    def _IfExp(self, node: ast.IfExp) -> int:
        return self.graph.select(self.value(node.test), self.value(node.body), self.value(node.orelse))

    def _Tuple(self, node: ast.Tuple | ast.List) -> int:
        label = "tuple" if isinstance(node, ast.Tuple) else "list"
        return self.graph.node(label, *(self.value(kid) for kid in node.elts))

    _List = _Tuple

    def _JoinedStr(self, node: ast.JoinedStr) -> int:
        return self.graph.add(*(self.value(part) for part in node.values)) if node.values else self.graph.constant("")

    def _FormattedValue(self, node: ast.FormattedValue) -> int:
        return self.value(node.value)

    def _NamedExpr(self, node: ast.NamedExpr) -> int:
        self.values[node.target.id] = self.value(node.value)
        return self.values[node.target.id]

    def _Lambda(self, node: ast.Lambda) -> int:
        return self._as_value(node)

    def _Dict(self, node: ast.Dict) -> int:
        made = self.graph.fresh("dict")
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                self.merge(made, self.value(value))
            else:
                self.store(made, self.value(key), self.value(value))
        return made

    def store(self, base: int, key: int, value: int) -> None:
        """base[key] = value for a thing with an identity: remembered, and kept if the thing is of use."""
        self.values[base, key] = value
        self.effects.append((base, self.graph.node("store", key, value)))

    def merge(self, base: int, other: int) -> None:
        """Take over what is known of another dict."""
        self.spend(len(self.values) // 20)
        for known, key in [known for known in self.values if isinstance(known, tuple)]:
            if known == other and isinstance(key, int):
                self.store(base, key, self.values[known, key])
        if self.graph.labels[other] != "dict":
            self.effects.append((base, self.graph.node("merge", other)))

    def _ListComp(self, node: ast.ListComp | ast.GeneratorExp | ast.SetComp) -> int:
        return self.loop_over(node.generators, lambda: self.value(node.elt), self.graph.node("list"))

    _GeneratorExp = _SetComp = _ListComp

    def _DictComp(self, node: ast.DictComp) -> int:
        made = self.graph.fresh("dict")

        def element() -> int:
            self.store(made, self.value(node.key), self.value(node.value))
            return made

        self.loop_over(node.generators, element, made)
        return made

    def _Starred(self, node: ast.Starred) -> int:
        return self.value(node.value)

    def _dict(self, args: list[int], named: dict[str, int]) -> int:
        made = self.graph.fresh("dict")
        for other in args:
            self.merge(made, other)
        for name, value in named.items():
            self.store(made, self.graph.constant(name), value)
        return made
