"""What a loop leaves: its body run once on what the names may hold in any round; comprehensions are loops."""

import ast
from collections.abc import Callable, Iterable, Sequence

from .calls import Calls
from .expressions import Key


class Loops(Calls):
    """Expressions with comprehensions, and loops."""

    def run(self, body: Sequence[ast.stmt]) -> int | None:
        """Run statements; the value that is returned, None when there is none."""
        raise NotImplementedError

    def bind(self, target: ast.expr, value: int) -> None:
        """Give a value to a name, to several, or to a part of a thing."""
        raise NotImplementedError

    def _do_For(self, statement: ast.For) -> int | None:
        source = self.value(statement.iter)
        return self._loop(statement.body, source, lambda: self.bind(statement.target, self.graph.each(source)))

    def _do_While(self, statement: ast.While) -> int | None:
        counted = self._counted(statement)
        if counted is None:
            source = self.graph.node("while", self.value(statement.test))
            return self._loop(statement.body, source, lambda: None)
        name, source, body = counted
        return self._loop(body, source, lambda: self.bind(ast.Name(name), self.graph.each(source)))

    def _counted(self, statement: ast.While) -> tuple[str, int, list[ast.stmt]] | None:
        """A while that counts a name up or down to a limit, as the range it runs over."""
        test = statement.test
        if not (isinstance(test, ast.Compare) and isinstance(test.left, ast.Name) and test.left.id in self.values):
            return None
        name = test.left.id
        steps = [step for step in statement.body if _step_of(step, name) is not None]
        if len(steps) != 1:
            return None
        limit, step = self.value(test.comparators[0]), _step_of(steps[0], name) or 0
        if isinstance(test.ops[0], ast.LtE | ast.GtE):
            limit = self.graph.add(limit, self.graph.constant(step))
        source = self.graph.run(self.values[name], limit, self.graph.constant(step))
        return name, source, [other for other in statement.body if other is not steps[0]]

    def _loop(self, body: Sequence[ast.stmt], source: int, bind: Callable[[], None]) -> int | None:
        """Run the body once on what its names may hold in any round."""
        self.spend(len(self.values) // 20)
        start, changed = dict(self.values), _assigned(body)
        carried = {name: self.graph.node("carried", start[name]) for name in changed if name in start}
        self.values.update(carried)
        bind()
        returned = self.run(body)
        for name, before in carried.items():
            now = self.values[name]
            self.values[name] = start[name] if now == before else self.graph.node("loop", now, self._rounds(source))
        return returned

    def loop_over(self, generators: list[ast.comprehension], element: Callable[[], int], start: int) -> int:
        self.spend(len(self.values) // 20)
        outer = dict(self.values)
        sources = []
        for generator in generators:
            sources.append(self.value(generator.iter))
            self.bind(generator.target, self.graph.each(sources[-1]))
        value = element()
        for generator in generators:
            for test in generator.ifs:
                value = self.graph.select(self.value(test), value, self.graph.constant(None))
        kept: dict[Key, int] = {key: known for key, known in self.values.items() if isinstance(key, tuple)}
        self.values = outer | kept
        made = self.graph.node("append", self.graph.node("carried", start), value)
        return self.graph.node("loop", made, *map(self._rounds, sources))

    def _rounds(self, source: int) -> int:
        """What a loop runs over: range(len(s)) and enumerate(s) run over s."""
        labels, kids = self.graph.labels, self.graph.kids
        if labels[source] == "range" and len(kids[source]) == 1 and labels[kids[source][0]] == "len":
            return kids[kids[source][0]][0]
        return kids[source][0] if labels[source] == "enumerate" else source


def _step_of(statement: ast.stmt, name: str) -> int | None:
    """By how much a statement moves the name: i += 1, i = i + 1, i -= 1, i = i - 1."""
    value: ast.expr
    if isinstance(statement, ast.AugAssign):
        target, op, value = statement.target, statement.op, statement.value
    elif isinstance(statement, ast.Assign) and isinstance(statement.value, ast.BinOp):
        target, op, value = statement.targets[0], statement.value.op, statement.value.right  # type: ignore[assignment]
        if not (isinstance(statement.value.left, ast.Name) and statement.value.left.id == name):
            return None
    else:
        return None
    if not (isinstance(target, ast.Name) and target.id == name and isinstance(value, ast.Constant)):
        return None
    if not isinstance(value.value, int) or not isinstance(op, ast.Add | ast.Sub):
        return None
    return value.value if isinstance(op, ast.Add) else -value.value


def _assigned(body: Iterable[ast.stmt]) -> set[str]:
    """Names that a loop's body may give another value."""
    names = set()
    for node in (inner for statement in body for inner in ast.walk(statement)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif (
            (isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Name))
            or (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr.endswith("_"))
            or (isinstance(node, ast.Attribute) and node.attr == "append" and isinstance(node.value, ast.Name))
        ):
            names.add(node.value.id)
    return names
