"""Statements and expressions written otherwise: operators, loops, splits, joins, helper functions."""

import ast
import copy
import random

from .disguise_loops import loops_rewritten

_METHODS = ("sum", "exp", "log", "sqrt", "mean", "abs", "flatten", "matmul", "mm", "mul", "square", "argmax")
_SIDES = {ast.Gt: ast.Lt, ast.Lt: ast.Gt, ast.GtE: ast.LtE, ast.LtE: ast.GtE}
_NEVER_SPLIT = ast.Lambda | ast.ListComp | ast.DictComp | ast.GeneratorExp | ast.SetComp | ast.IfExp | ast.BoolOp


def rewritten(tree: ast.Module, rng: random.Random) -> ast.Module:
    """The tree with most of what has two spellings spelled the other way."""
    tree = _Expressions(rng).visit(ast.fix_missing_locations(tree))
    tree = loops_rewritten(tree, rng)
    tree = _Statements(rng).visit(ast.fix_missing_locations(tree))
    return ast.fix_missing_locations(tree)


class _Expressions(ast.NodeTransformer):
    def __init__(self, rng: random.Random):
        self.rng = rng

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.op, ast.MatMult):
            if self.rng.random() < 0.5:
                return _call("torch", "matmul", node.left, node.right)
            return ast.Call(ast.Attribute(node.left, "matmul", ast.Load()), [node.right], [])
        if isinstance(node.op, ast.Pow) and isinstance(node.left, ast.Name) and _is(node.right, 2):
            return ast.BinOp(node.left, ast.Mult(), copy.deepcopy(node.left))
        if isinstance(node.op, ast.Mult) and _is(node.left, 0.5):
            return ast.BinOp(node.right, ast.Div(), ast.Constant(2))
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        function = node.func
        if not isinstance(function, ast.Attribute) or function.attr not in _METHODS or self.rng.random() < 0.3:
            return node
        if isinstance(function.value, ast.Name) and function.value.id == "torch":
            if len(node.args) > 0 and isinstance(node.args[0], ast.Name | ast.BinOp | ast.Call):
                return ast.Call(ast.Attribute(node.args[0], function.attr, ast.Load()), node.args[1:], node.keywords)
            return node
        if isinstance(function.value, ast.Name) and function.value.id in ("np", "F", "math"):
            return node
        if any(word.arg == "axis" for word in node.keywords):  # an array of numpy
            return node
        return ast.Call(ast.Attribute(ast.Name("torch"), function.attr), [function.value, *node.args], node.keywords)

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        other = _SIDES.get(type(node.ops[0]))
        if other and len(node.ops) == 1 and self.rng.random() < 0.7:
            return ast.Compare(node.comparators[0], [other()], [node.left])
        return node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        if not all(
            isinstance(p, ast.Constant) or (isinstance(p, ast.FormattedValue) and not p.format_spec)
            for p in node.values
        ):
            return node
        parts = [p if isinstance(p, ast.Constant) else ast.Call(ast.Name("str"), [p.value], []) for p in node.values]
        made: ast.expr = parts[0]  # type: ignore[assignment]
        for part in parts[1:]:
            made = ast.BinOp(made, ast.Add(), part)
        return made


class _Statements(ast.NodeTransformer):
    """Works on lists of statements, innermost first."""

    def __init__(self, rng: random.Random):
        self.rng, self.count = rng, 0

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        for name in ("body", "orelse"):
            body = getattr(node, name, None)
            if isinstance(body, list) and body and isinstance(body[0], ast.stmt):
                setattr(node, name, [made for statement in body for made in self._rewrite(statement)])
        return node

    def _rewrite(self, statement: ast.stmt) -> list[ast.stmt]:
        if isinstance(statement, ast.AugAssign) and self.rng.random() < 0.8:
            read = copy.deepcopy(statement.target)
            read.ctx = ast.Load()
            return [ast.Assign([statement.target], ast.BinOp(read, statement.op, statement.value))]
        if isinstance(statement, ast.If) and statement.orelse and not isinstance(statement.orelse[0], ast.If):
            return [ast.If(ast.UnaryOp(ast.Not(), statement.test), statement.orelse, statement.body)]
        if isinstance(statement, ast.Expr) and _is_setdefault(statement.value):
            return self._setdefault(statement.value)  # type: ignore[arg-type]
        if isinstance(statement, ast.Assign):
            return self._assign(statement)
        return self._split(statement) if isinstance(statement, ast.Return) else [statement]

    def _assign(self, statement: ast.Assign) -> list[ast.stmt]:
        target, value = statement.targets[0], statement.value
        if isinstance(value, ast.IfExp) and isinstance(target, ast.Name):
            one, other = (ast.Assign([copy.deepcopy(target)], branch) for branch in (value.body, value.orelse))
            return [ast.If(value.test, [one], [other])]
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and _separable(target, value):
            return [ast.Assign([t], v) for t, v in zip(target.elts, value.elts, strict=True)]
        if isinstance(value, ast.Dict) and isinstance(target, ast.Name) and all(value.keys) and _fresh(target, value):
            return self._filled(target, value)
        if self.rng.random() < 0.15 and isinstance(target, ast.Name) and isinstance(value, ast.BinOp):
            return self._helper(target, value)
        return self._split(statement)

    def _filled(self, target: ast.Name, value: ast.Dict) -> list[ast.stmt]:
        made: list[ast.stmt] = [ast.Assign([target], ast.Call(ast.Name("dict"), [], []))]
        for key, one in zip(value.keys, value.values, strict=True):
            made.append(ast.Assign([ast.Subscript(ast.Name(target.id), key or ast.Constant(0), ast.Store())], one))
        return made

    def _helper(self, target: ast.Name, value: ast.BinOp) -> list[ast.stmt]:
        """target = f(...) with a function of its own for the expression."""
        if any(isinstance(node, _NEVER_SPLIT) for node in ast.walk(value)):
            return [ast.Assign([target], value)]
        self.count += 1
        given = sorted(
            {n.id for n in ast.walk(value) if isinstance(n, ast.Name)} - {"torch", "F", "math", "np", "len", "str"}
        )
        args = ast.arguments([], [ast.arg(name) for name in given], None, [], [], None, [])
        body: list[ast.stmt] = [ast.Return(value)]
        function = ast.FunctionDef(f"helper{self.count}", args, body, [], lineno=1, col_offset=0)
        return [
            function,
            ast.Assign([target], ast.Call(ast.Name(function.name), [ast.Name(name) for name in given], [])),
        ]

    def _setdefault(self, call: ast.Call) -> list[ast.stmt]:
        base = call.func.value  # type: ignore[attr-defined]
        store = ast.Subscript(copy.deepcopy(base), call.args[0], ast.Store())
        test = ast.Compare(copy.deepcopy(call.args[0]), [ast.NotIn()], [base])
        return [ast.If(test, [ast.Assign([store], call.args[1])], [])]

    def _split(self, statement: ast.Assign | ast.Return) -> list[ast.stmt]:
        """Parts of the value get names of their own."""
        value, before = statement.value, []
        if isinstance(value, ast.BinOp) and self.rng.random() < 0.8:
            for side in ("left", "right"):
                part = getattr(value, side)
                if isinstance(part, ast.BinOp | ast.Call) and not isinstance(part, _NEVER_SPLIT):
                    before.append(self._named(part))
                    setattr(value, side, ast.Name(before[-1].targets[0].id))  # type: ignore[attr-defined]
        elif isinstance(value, ast.Call):
            for at, part in enumerate(value.args):
                if isinstance(part, ast.BinOp | ast.Call) and self.rng.random() < 0.8:
                    before.append(self._named(part))
                    value.args[at] = ast.Name(before[-1].targets[0].id)  # type: ignore[attr-defined]
        return [*before, statement]

    def _named(self, value: ast.expr) -> ast.Assign:
        self.count += 1
        return ast.Assign([ast.Name(f"step{self.count}", ast.Store())], value)


def _call(owner: str, name: str, *args: ast.expr) -> ast.Call:
    return ast.Call(ast.Attribute(ast.Name(owner), name, ast.Load()), list(args), [])


def _is(node: ast.expr, value: float) -> bool:
    return isinstance(node, ast.Constant) and node.value == value


def _is_setdefault(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "setdefault" and len(node.args) == 2


def _fresh(target: ast.Name, value: ast.Dict) -> bool:
    return all(not (isinstance(node, ast.Name) and node.id == target.id) for node in ast.walk(value))


def _separable(target: ast.Tuple, value: ast.Tuple) -> bool:
    """True when no name that is assigned is read on the other side, so that one after the other is the same."""
    stored = {node.id for node in ast.walk(target) if isinstance(node, ast.Name)}
    read = {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
    plain = not any(isinstance(node, ast.Starred) for node in (*target.elts, *value.elts))
    return plain and len(target.elts) == len(value.elts) and not stored & read
