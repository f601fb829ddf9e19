"""What statements do to the values of names: the graph that is left has no order and no spelling of statements."""

import ast
from collections.abc import Callable, Sequence
from typing import Any

from .expressions import Function, Key
from .loops import Loops
from .vocabulary import parameters

DEEP = 4  # own functions called from own functions that are followed
_DROPPED = ast.Pass | ast.Assert | ast.Delete | ast.Global | ast.Nonlocal | ast.Break | ast.Continue | ast.Raise


class Statements(Loops):
    """Runs statements on values; loops once, both ways of a condition."""

    spans: list[tuple[int, int]]  # of each place the first and the last line, 1 for the first of the text

    def run(self, body: Sequence[ast.stmt]) -> int | None:
        """Run statements; the value that is returned, None when there is none."""
        for number, statement in enumerate(body):
            if isinstance(statement, ast.Return):
                self._stand(statement)
                return self.value(statement.value)
            if isinstance(statement, ast.If):
                rest = body[number + 1 :] if _ends(statement.body) and not statement.orelse else []
                returned = self._if(statement, [*statement.orelse, *rest])
                if returned is not None or rest:
                    return returned
            elif not isinstance(statement, _DROPPED):
                self._stand(statement)
                made: Callable[[Any], int | None] | None = getattr(self, f"_do_{type(statement).__name__}", None)
                returned = made(statement) if made else None
                if returned is not None:
                    return returned
            if isinstance(statement, ast.Raise | ast.Break | ast.Continue):
                return None
        return None

    def _stand(self, statement: ast.stmt) -> None:
        """What is made from now on is made here."""
        last = statement.end_lineno or statement.lineno
        if isinstance(statement, ast.If | ast.While | ast.For | ast.With | ast.Try | ast.FunctionDef):
            heads = [getattr(statement, name, None) for name in ("test", "iter")]
            last = max((head.end_lineno for head in heads if head is not None), default=statement.lineno)
        self.spans.append((statement.lineno, last))
        self.graph.place = len(self.spans) - 1

    def _if(self, statement: ast.If, otherwise: Sequence[ast.stmt]) -> int | None:
        self._stand(statement)
        self.spend(len(self.values) // 10)
        condition, before, effects = self.value(statement.test), dict(self.values), len(self.effects)
        number = self.graph.numbers.get(condition)
        if number is not None:
            return self.run(statement.body if number else otherwise)
        yes = self.run(statement.body)
        after, self.values = self.values, dict(before)
        no = self.run(otherwise)
        if not _raises(statement.body):
            self._join(condition, before, after)
        for base in {base for base, _ in self.effects[effects:]}:
            self.effects.append((base, self.graph.node("when", condition)))
        if yes is None or no is None:
            return yes if no is None else no
        return self.graph.select(condition, yes, no)

    def _join(self, condition: int, before: dict[Key, int], after: dict[Key, int]) -> None:
        """Values that the two ways leave different depend on the condition."""
        for key, value in after.items():
            other = self.values.get(key, before.get(key))
            if other != value:
                self.values[key] = value if other is None else self.graph.select(condition, value, other)

    def _do_Assign(self, statement: ast.Assign) -> None:
        if isinstance(statement.value, ast.Lambda) and isinstance(statement.targets[0], ast.Name):
            self.functions[statement.targets[0].id] = statement.value
            return
        value = self.value(statement.value)
        for target in statement.targets:
            self.bind(target, value)

    def _do_AnnAssign(self, statement: ast.AnnAssign) -> None:
        if statement.value is not None:
            self.bind(statement.target, self.value(statement.value))

    def _do_AugAssign(self, statement: ast.AugAssign) -> None:
        self.bind(
            statement.target, self.operate(statement.op, self.value(statement.target), self.value(statement.value))
        )

    def bind(self, target: ast.expr, value: int) -> None:
        if isinstance(target, ast.Name):
            self.values[target.id] = value
        elif isinstance(target, ast.Tuple | ast.List):
            for at, part in enumerate(target.elts):
                inner = part.value if isinstance(part, ast.Starred) else part
                self.bind(inner, self.graph.index(value, self.graph.constant(at)))
        elif isinstance(target, ast.Attribute):
            base = self.value(target.value)
            self.values[base, f".{target.attr}"] = value
            self.effects.append((base, self.graph.node(f"set {self.attribute(target.attr)}", value)))
        elif isinstance(target, ast.Subscript):
            self._put(target, value)

    def _put(self, target: ast.Subscript, value: int) -> None:
        base, key = self.value(target.value), self.value(target.slice)
        labels = self.graph.labels
        named = labels[key].startswith(("literal '", "text")) or labels[base] == "dict" or self._is_text(key)
        if named or not isinstance(target.value, ast.Name):
            self.store(base, key, value)
        else:
            self.values[target.value.id] = self.graph.node("put", base, key, value)

    def _is_text(self, node: int) -> bool:
        labels, kids = self.graph.labels, self.graph.kids
        return labels[node] == "add" and any(labels[kid].startswith(("literal '", "text")) for kid in kids[node])

    def _do_Expr(self, statement: ast.Expr) -> None:
        expression = statement.value
        value = self.value(expression)
        if isinstance(expression, ast.Constant) or self.graph.labels[value] in ("silent", "super", "call print"):
            return
        if isinstance(expression, ast.Call) and isinstance(expression.func, ast.Attribute):
            owner, name = expression.func.value, expression.func.attr
            if isinstance(owner, ast.Name) and (name == "append" or (name.endswith("_") and name[0] != "_")):
                self.values[owner.id] = value
            elif name not in ("setdefault", "update"):
                self.effects.append((self.value(owner), value))
        else:
            self.effects.append((self.graph.node("name"), value))

    def _do_With(self, statement: ast.With) -> int | None:
        for item in statement.items:
            context = self.value(item.context_expr)
            self.effects.append((self.graph.node("name"), context))
            if item.optional_vars is not None:
                self.bind(item.optional_vars, context)
        return self.run(statement.body)

    def _do_Try(self, statement: ast.Try) -> int | None:
        return self.run([*statement.body, *statement.orelse, *statement.finalbody])

    def _do_FunctionDef(self, statement: ast.FunctionDef) -> None:
        self.functions[statement.name] = statement

    def _do_Import(self, statement: ast.Import | ast.ImportFrom) -> None:
        self.libraries.update((alias.asname or alias.name).split(".")[0] for alias in statement.names)

    def _do_ImportFrom(self, statement: ast.ImportFrom) -> None:
        """A function that is imported is called by its own name."""

    def follow(self, function: Function, args: Sequence[int], named: dict[str, int]) -> int | None:
        if function in self.following or len(self.following) >= DEEP:
            return None
        self.spend(len(self.values) // 20)
        outer, place = dict(self.values), self.graph.place
        names = [arg.arg for arg in parameters(function)]
        self.values.update(self._defaults(function))
        self.values.update(zip(names, args, strict=False))
        self.values.update({name: value for name, value in named.items() if name in names})
        self.following.append(function)
        if isinstance(function, ast.Lambda):
            found: int | None = self.value(function.body)
        else:
            found = self.run(function.body)
        self.following.pop()
        heap: dict[Key, int] = {key: value for key, value in self.values.items() if isinstance(key, tuple)}
        self.values, self.graph.place = outer | heap, place
        return self.graph.constant(None) if found is None else found

    def _defaults(self, function: Function) -> dict[Key, int]:
        names = [arg.arg for arg in [*function.args.posonlyargs, *function.args.args]]
        values = function.args.defaults
        return {name: self.value(value) for name, value in zip(names[len(names) - len(values) :], values, strict=True)}


def _ends(body: Sequence[ast.stmt]) -> bool:
    return isinstance(body[-1], ast.Return | ast.Raise | ast.Continue)


def _raises(body: Sequence[ast.stmt]) -> bool:
    return isinstance(body[-1], ast.Raise)
