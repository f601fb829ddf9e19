"""What is changed in a piece of Python: each operator gives replacements for one node of its syntax tree."""

import ast
from collections.abc import Callable, Iterator

_BINARY: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.Pow: (ast.Mult,),
}
_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
}
_METHODS = {  # a call of one in place of the other
    "sum": "mean", "mean": "sum", "max": "min", "argmax": "argmin", "zeros": "ones", "zeros_like": "ones_like",
    "rand": "randn", "randn": "rand", "exp": "log", "log": "exp", "sqrt": "square", "softplus": "relu",
    "flatten": "clone", "detach": "clone", "clone": "detach",
}  # fmt: skip


def replacements(node: ast.AST) -> Iterator[tuple[str, str]]:
    """(what is changed, the new text of the node) for every way to change this node alone."""
    for operator in OPERATORS:
        yield from operator(node)


def _binary(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Another operation between the same operands, or one operand alone."""
    if isinstance(node, ast.BinOp):
        for other in _BINARY.get(type(node.op), ()):
            yield "operation", _unparse(ast.BinOp(node.left, other(), node.right))
        if isinstance(node.op, ast.Add | ast.Sub | ast.Mult | ast.Div):
            yield "left operand alone", _unparse(node.left)


def _augmented(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Another operation, or a plain assignment."""
    if isinstance(node, ast.AugAssign):
        for other in _BINARY.get(type(node.op), ()):
            yield "operation", _unparse(ast.AugAssign(node.target, other(), node.value))
        yield "assigned, not updated", _unparse(ast.Assign([node.target], node.value, lineno=node.lineno))


def _comparison(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for other in _COMPARISONS.get(type(node.ops[0]), ()):
            yield "comparison", _unparse(ast.Compare(node.left, [other()], node.comparators))


def _unary(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Without its sign or its `not`."""
    if isinstance(node, ast.UnaryOp) and not isinstance(node.operand, ast.Constant):
        yield "sign dropped", _unparse(node.operand)


def _number(node: ast.AST) -> Iterator[tuple[str, str]]:
    """One more, one less, or for a fraction the double and the rest to 1."""
    if not isinstance(node, ast.Constant) or type(node.value) not in (int, float, bool):
        return
    value = node.value
    if type(value) is bool:
        yield "constant", repr(not value)
    elif type(value) is int:
        yield "number", repr(value + 1)
        if value > 0:
            yield "number", repr(value - 1)
    else:
        yield "number", repr(value * 2)
        if 0 < value < 1:
            yield "number", repr(1 - value)


def _statement(node: ast.AST) -> Iterator[tuple[str, str]]:
    """The statement left out."""
    if isinstance(node, ast.Assign | ast.AugAssign | ast.Expr) and not isinstance(node.value, ast.Constant):
        yield "statement left out", "pass"


def _condition(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.IfExp):
        yield "branches exchanged", _unparse(ast.IfExp(node.test, node.orelse, node.body))
    if isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield "and for or", _unparse(ast.BoolOp(other, node.values))


def _call(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Arguments exchanged, a keyword left out, or a related function called."""
    if not isinstance(node, ast.Call):
        return
    if len(node.args) == 2 and not any(isinstance(part, ast.Starred) for part in node.args):
        yield "arguments exchanged", _unparse(ast.Call(node.func, node.args[::-1], node.keywords))
    for left_out in node.keywords:
        rest = [keyword for keyword in node.keywords if keyword is not left_out]
        yield f"without {left_out.arg or '**'}", _unparse(ast.Call(node.func, node.args, rest))
    if isinstance(node.func, ast.Attribute) and node.func.attr in _METHODS:
        other = ast.Attribute(node.func.value, _METHODS[node.func.attr], ast.Load())
        yield f"{other.attr} for {node.func.attr}", _unparse(ast.Call(other, node.args, node.keywords))
    if isinstance(node.func, ast.Attribute) and not node.args and not isinstance(node.func.value, ast.Name):
        yield f"without .{node.func.attr}()", _unparse(node.func.value)


def _attribute(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield "not transposed", _unparse(node.value)


def _tuple(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Tuple) and len(node.elts) == 2 and isinstance(node.ctx, ast.Load):
        yield "elements exchanged", _unparse(ast.Tuple(node.elts[::-1], ast.Load()))


def _unparse(node: ast.AST) -> str:
    return ast.unparse(ast.fix_missing_locations(node))


OPERATORS: tuple[Callable[[ast.AST], Iterator[tuple[str, str]]], ...] = (
    _binary, _augmented, _comparison, _unary, _number, _statement, _condition, _call, _attribute, _tuple,
)  # fmt: skip
