"""Statements, functions, methods and operands in another order that means the same."""

import ast
import random

_RANDOM = {"rand", "randn", "randint", "rand_like", "randperm", "normal_", "bernoulli", "bernoulli_", "manual_seed"}
_RANDOM |= {"uniform_", "random_", "multinomial", "dropout", "normal", "shuffle", "randrange", "permutation", "seed"}
_FIXED = ast.Return | ast.If | ast.For | ast.While | ast.With | ast.Try | ast.Raise | ast.Break | ast.Continue


def reordered(tree: ast.Module, rng: random.Random) -> ast.Module:
    """The tree with whatever can change places in a random order."""
    _Order(rng).visit(tree)
    return ast.fix_missing_locations(tree)


class _Order(ast.NodeTransformer):
    def __init__(self, rng: random.Random):
        self.rng = rng

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        for name in ("body", "orelse"):
            body = getattr(node, name, None)
            if isinstance(body, list) and len(body) > 1:
                setattr(node, name, self._methods(body) if isinstance(node, ast.ClassDef) else self._statements(body))
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.op, ast.Mult | ast.Add) and _is_number(node) and self.rng.random() < 0.5:
            node.left, node.right = node.right, node.left
        return node

    def visit_Dict(self, node: ast.Dict) -> ast.AST:
        self.generic_visit(node)
        if all(isinstance(key, ast.Constant) for key in node.keys):
            pairs = list(zip(node.keys, node.values, strict=True))
            self.rng.shuffle(pairs)
            node.keys, node.values = [key for key, _ in pairs], [value for _, value in pairs]
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        self.rng.shuffle(node.keywords)
        return node

    def _methods(self, body: list[ast.stmt]) -> list[ast.stmt]:
        self.rng.shuffle(body)
        return body

    def _statements(self, body: list[ast.stmt]) -> list[ast.stmt]:
        """A random order that keeps each statement behind those that it depends on."""
        left, done = list(body), []
        while left:
            free = [at for at, late in enumerate(left) if not any(_depends(late, early) for early in left[:at])]
            done.append(left.pop(self.rng.choice(free)))
        return done


def _depends(late: ast.stmt, early: ast.stmt) -> bool:
    if isinstance(late, _FIXED) or isinstance(early, _FIXED) or "super" in _touched(early)[0]:
        return True
    reads, writes = _touched(late)
    earlier_reads, earlier_writes = _touched(early)
    return bool(writes & (earlier_reads | earlier_writes) or reads & earlier_writes)


def _touched(statement: ast.stmt) -> tuple[set[str], set[str]]:
    """Names that a statement may read, and may change."""
    reads, writes = set(), set()
    for node in ast.walk(statement):
        if isinstance(node, ast.Name):
            (writes if isinstance(node.ctx, ast.Store) else reads).add(node.id)
        elif isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store):
            writes.add(_root(node))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            is_quiet = isinstance(statement, ast.Assign) and not node.func.attr.endswith(("_", "pop", "setdefault"))
            if not is_quiet:
                writes.add(_root(node.func))
            if node.func.attr in _RANDOM or node.func.attr == "forward":
                writes.add("random state")
            if node.func.attr in ("zero_grad", "backward", "step", "item"):
                writes.add("gradients")
            reads.update(_root(word.value) for word in node.keywords if word.arg == "out")
            writes.update(_root(word.value) for word in node.keywords if word.arg == "out")
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            writes.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            writes.update((alias.asname or alias.name).split(".")[0] for alias in node.names)
    return reads, writes - {""}


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _is_number(node: ast.BinOp) -> bool:
    """True where neither side can be text or a list."""
    texts = (ast.JoinedStr, ast.List, ast.Tuple, ast.ListComp, ast.Set)
    for part in ast.walk(node):
        if isinstance(part, texts) or (isinstance(part, ast.Constant) and isinstance(part.value, str)):
            return False
        if isinstance(part, ast.Call) and getattr(part.func, "id", "") in ("str", "list", "tuple"):
            return False
    return True
