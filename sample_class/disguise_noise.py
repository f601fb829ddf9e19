"""Comments and code that does nothing."""

import ast
import random

_REMARKS = (
    "compute the result",
    "see the slides of week 4",
    "shape checked by hand",
    "this took me a while",
    "now the next step",
    "first attempt was wrong, this one works",
    "اینجا ابعاد را چک کردم",
    "مطابق فرمول جزوه",
)
_DEAD = (
    "{a} = 0\nif {a} > 5:\n    print('never')",
    "{a} = [1, 2, 3]\n{b} = len({a}) * 2",
    "{a} = torch.zeros(3)\n{b} = {a} + 1",
    "for {a} in range(2):\n    {b} = {a} * 3",
    "{a} = {{'step': 1}}\n{a}['step'] = 2",
    "def {a}(value):\n    return value * 2 + 1",
    "{a} = lambda value: value + 1",
    "if False:\n    {a} = 1",
    "{a} = None\n{b} = {a} is None",
    "assert True",
    "print('', end='')",
    "{a} = {used}\n{b} = {a}",
)


def with_dead_code(tree: ast.Module, rng: random.Random) -> ast.Module:
    """The tree with statements put in whose results nobody reads."""
    _Noise(rng).visit(tree)
    return ast.fix_missing_locations(tree)


def commented(text: str, rng: random.Random) -> str:
    """The text with remarks above some of its statements, and empty lines."""
    starts = {node.lineno for node in ast.walk(ast.parse(text)) if isinstance(node, ast.stmt)}
    lines = []
    for number, line in enumerate(text.splitlines(), start=1):
        if number in starts and rng.random() < 0.35 and not line.lstrip().startswith(("elif", "else", "@", "except")):
            lines.append(line[: len(line) - len(line.lstrip())] + "# " + rng.choice(_REMARKS))
        lines.append(line)
    return "\n".join(lines)


class _Noise(ast.NodeTransformer):
    """Puts dead statements into every list of statements."""

    def __init__(self, rng: random.Random):
        self.rng, self.count = rng, 0

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and not isinstance(node, ast.ClassDef):
            node.body = self._mixed(body)  # type: ignore[attr-defined]
        return node

    def _mixed(self, body: list[ast.stmt]) -> list[ast.stmt]:
        mixed: list[ast.stmt] = []
        for statement in body:
            if self.rng.random() < 0.4:
                mixed.extend(self._dead("0"))
            mixed.append(statement)
            target = statement.targets[0] if isinstance(statement, ast.Assign) else None
            if isinstance(target, ast.Name) and self.rng.random() < 0.3:
                mixed.extend(self._dead(target.id))
        return mixed

    def _dead(self, used: str) -> list[ast.stmt]:
        self.count += 2
        names = {"a": f"extra{self.count}", "b": f"extra{self.count + 1}", "used": used}
        return ast.parse(self.rng.choice(_DEAD).format(**names)).body
