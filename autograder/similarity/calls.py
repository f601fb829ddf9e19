"""The value of a call: of a library's function, of a method, of a function of the student's own."""

import ast
import re

from .expressions import Expressions, Function
from .spelling import SILENT, call


class Calls(Expressions):
    """Expressions with calls."""

    def _Call(self, node: ast.Call) -> int:
        function = node.func
        args = [self.value(arg) for arg in node.args]
        named = self._named(node)
        if isinstance(function, ast.Name):
            return self._call_name(function, args, named)
        if not isinstance(function, ast.Attribute):
            return self.graph.node("apply", self.value(function), *args)
        if self._is_library(function.value):
            return call(self.graph, function.attr, tuple(args), named)
        if isinstance(function.value, ast.Call) and getattr(function.value.func, "id", "") == "super":
            return self.graph.node("super")
        return self._call_method(function, args, named)

    def _named(self, node: ast.Call) -> dict[str, int]:
        """The arguments given by name; of **options the ones that are known."""
        named = {}
        for keyword in node.keywords:
            value = self.value(keyword.value)
            if keyword.arg:
                named[keyword.arg] = value
                continue
            for base, key in [known for known in self.values if isinstance(known, tuple)]:
                word = re.fullmatch(r"literal '(\w+)'", self.graph.labels[key]) if isinstance(key, int) else None
                if base == value and word:
                    named[word[1]] = self.values[base, key]
        return named

    def _call_name(self, function: ast.Name, args: list[int], named: dict[str, int]) -> int:
        own = self.functions.get(function.id)
        found = self.follow(own, args, named) if own else None
        if found is not None:
            return found
        if function.id in self.values:
            return self.graph.node("apply", self.values[function.id], *args)
        if function.id == "dict":
            return self._dict(args, named)
        return call(self.graph, function.id, tuple(args), named)

    def _call_method(self, function: ast.Attribute, args: list[int], named: dict[str, int]) -> int:
        name, base = function.attr, self.value(function.value)
        if name in SILENT:
            return self.graph.node("silent")
        if name == "format":
            return self.graph.add(base, *args, *named.values())
        if name == "setdefault" and len(args) == 2:
            self.store(base, args[0], self.graph.node("default", *args))
            return self.values[base, args[0]]
        if name == "update" and (args or named):
            for other in args:
                self.merge(base, other)
            for key, value in named.items():
                self.store(base, self.graph.constant(key), value)
            return base
        if name == "copy" and self.graph.labels[base] == "dict":
            return self._dict([base], {})
        own = self.functions.get(f".{name}")
        found = self.follow(own, [base, *args] if own and _takes_self(own) else args, named) if own else None
        return call(self.graph, name, (base, *args), named) if found is None else found


def _takes_self(function: Function) -> bool:
    decorators = getattr(function, "decorator_list", [])
    return not any(getattr(decorator, "id", "") == "staticmethod" for decorator in decorators)
