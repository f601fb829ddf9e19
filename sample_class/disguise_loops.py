"""Loops and comprehensions in each other's place."""

import ast
import random

_WORKED_OUT = 3  # rounds of a loop that are written out


def loops_rewritten(tree: ast.Module, rng: random.Random) -> ast.Module:
    """Counting loops become while loops, comprehensions loops, loops over things loops over their numbers."""
    made = _Loops(rng).visit(tree)
    assert isinstance(made, ast.Module)
    return ast.fix_missing_locations(made)


class _Loops(ast.NodeTransformer):
    def __init__(self, rng: random.Random):
        self.rng, self.count = rng, 0

    def visit_For(self, node: ast.For) -> ast.AST | list[ast.stmt]:
        self.generic_visit(node)
        if node.orelse or not isinstance(node.target, ast.Name):
            return node
        if isinstance(node.iter, ast.Tuple | ast.List) and len(node.iter.elts) <= _WORKED_OUT:
            return self._written_out(node, node.iter)
        limits = _limits(node.iter)
        if limits and not any(isinstance(inner, ast.Continue) for inner in ast.walk(node)) and self.rng.random() < 0.8:
            return self._while(node, node.target.id, *limits)
        if isinstance(node.iter, ast.Attribute) and node.iter.attr == "layers":
            return self._by_number(node)
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.AST | list[ast.stmt]:
        value, target = node.value, node.targets[0]
        simple = isinstance(value, ast.ListComp) and len(value.generators) == 1 and isinstance(target, ast.Name)
        if not simple or self.rng.random() < 0.2:
            return node
        assert isinstance(value, ast.ListComp) and isinstance(target, ast.Name)
        if any(isinstance(inner, ast.Name) and inner.id == target.id for inner in ast.walk(value)):
            return node
        append = ast.Expr(ast.Call(ast.Attribute(ast.Name(target.id), "append", ast.Load()), [value.elt], []))
        body: list[ast.stmt] = [append]
        for test in value.generators[0].ifs:
            body = [ast.If(test, body, [])]
        loop = ast.For(value.generators[0].target, value.generators[0].iter, body, [])
        return [ast.Assign([target], ast.List([], ast.Load())), loop]

    def _while(self, node: ast.For, name: str, start: ast.expr, stop: ast.expr) -> list[ast.stmt]:
        self.count += 1
        limit = f"limit{self.count}"
        step = ast.Assign([ast.Name(name, ast.Store())], ast.BinOp(ast.Name(name), ast.Add(), ast.Constant(1)))
        test = ast.Compare(ast.Name(name), [ast.Lt()], [ast.Name(limit)])
        return [
            ast.Assign([ast.Name(limit, ast.Store())], stop),
            ast.Assign([ast.Name(name, ast.Store())], start),
            ast.While(test, [*node.body, step], []),
        ]

    def _by_number(self, node: ast.For) -> ast.For:
        self.count += 1
        number = f"at{self.count}"
        count = ast.Call(ast.Name("range"), [ast.Call(ast.Name("len"), [node.iter], [])], [])
        one = ast.Assign([node.target], ast.Subscript(node.iter, ast.Name(number), ast.Load()))
        return ast.For(ast.Name(number, ast.Store()), count, [one, *node.body], [])

    def _written_out(self, node: ast.For, source: ast.Tuple | ast.List) -> list[ast.stmt]:
        """Each round on its own, the name holding one thing after the other."""
        if any(isinstance(inner, ast.Break | ast.Continue | ast.Yield) for inner in ast.walk(node)):
            return [node]
        made: list[ast.stmt] = []
        for one in source.elts:
            body = ast.parse(ast.unparse(ast.fix_missing_locations(ast.Module(node.body, [])))).body
            made.extend([ast.Assign([ast.Name(node.target.id, ast.Store())], one), *body])  # type: ignore[attr-defined]
        return made


def _limits(node: ast.expr) -> tuple[ast.expr, ast.expr] | None:
    """Start and stop of a range that counts up by one."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range"):
        return None
    if len(node.args) == 1:
        return ast.Constant(0), node.args[0]
    return (node.args[0], node.args[1]) if len(node.args) == 2 else None
