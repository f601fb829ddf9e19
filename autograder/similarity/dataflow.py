"""The engine for code: fingerprints of what is computed, blind to names, order, comments, dead code and spelling."""

import ast
import textwrap
import warnings
from functools import lru_cache

from .engine import Piece, Surroundings
from .graph import TooLarge
from .statements import Statements
from .tokens import TokenEngine
from .vocabulary import Vocabulary, parameters

LONGEST = 40_000  # characters of one section; longer code is compared by its tokens
REPAIRS = 10


class DataflowEngine:
    """Code that parses is compared by its values, other code by its tokens."""

    def __init__(self, vocabulary: Vocabulary):
        self.vocabulary = vocabulary
        self.tokens = TokenEngine(vocabulary)

    def pieces(self, text: str, around: Surroundings) -> list[Piece]:
        """Pieces are statements; the head of a loop is one of its own."""
        if len(text) > LONGEST:
            return self.tokens.pieces(text, around)
        try:
            tree = parse(text)
            if tree is not None:
                return _Reading(self.vocabulary, around).pieces(tree, text)
        except (RecursionError, MemoryError, TooLarge, ValueError, KeyError, IndexError, OverflowError):
            pass  # too deep or too large for values: tokens are always to be had
        return self.tokens.pieces(text, around)


@lru_cache(maxsize=256)  # a student's texts are looked at together first, then one by one; nothing changes a tree
def parse(text: str) -> ast.Module | None:
    """The tree of a text in which lines that do not compile are left out; None when too many do not."""
    lines = textwrap.dedent(text.replace("\0", "").expandtabs(4)).split("\n")
    for _ in range(REPAIRS):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # a student's odd escapes are no news for the TA
                return ast.parse("\n".join(lines))
        except SyntaxError as error:
            at = min(max((error.lineno or 1) - 1, 0), len(lines) - 1)
            indent = len(lines[at]) - len(lines[at].lstrip())
            lines[at] = " " * indent + "pass"
    return None


class _Reading(Statements):
    """One text read: its statements run, then its functions and classes."""

    def pieces(self, tree: ast.Module, text: str) -> list[Piece]:
        self.spans = [(1, 1)]
        self.roots: list[int] = []
        self.run_root(tree.body)
        self._definitions(tree)
        starts = [0]
        for line in text.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        found = self.graph.prints(self._live())
        pieces = []
        for place, prints in found.items():
            first, last = self.spans[place]
            pieces.append(
                Piece(starts[first - 1], min(starts[min(last, len(starts) - 1)] - 1, len(text)), tuple(prints))
            )
        return sorted(pieces, key=lambda piece: piece.start)

    def run_root(self, body: list[ast.stmt]) -> None:
        """The statements of the text itself; what others read of them counts."""
        returned = self.run(body)
        if returned is not None:
            self.roots.append(returned)
        for key, value in self.values.items():
            if isinstance(key, str) and (key in self.vocabulary.names or key in self.around.reads):
                self.roots.append(value)
                self._name_value(key, value)

    def _name_value(self, key: str, value: int) -> None:
        """A hyperparameter is nothing but a number under a name; the two together are the value."""
        if value in self.graph.numbers and key in self.vocabulary.names:
            self.roots.append(self.graph.node(f"named {key}", value))

    def _definitions(self, tree: ast.Module) -> None:
        known = self.vocabulary.parameters
        functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
        classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
        loose = not {node.name for node in functions}.union(node.name for node in classes) & set(known)
        if not functions and not classes:
            return
        read = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        for function in functions:
            if function.name in known or (loose and function.name not in read):
                self._function(function, function.name)
        for owner in classes:
            if owner.name in known or loose or owner.name in read:
                self._class(owner)

    def _function(self, function: ast.FunctionDef, name: str) -> None:
        """Run a function on its parameters, under the names that the hand-out gives them."""
        own = [arg.arg for arg in parameters(function)]
        given = self.vocabulary.parameters.get(name, ())
        labels = given if len(given) == len(own) else tuple(own)
        args = [self.graph.node(f"name {label}") for label in labels]
        found = self.follow(function, args, {})
        if found is not None:
            self.roots.append(found)

    def _class(self, owner: ast.ClassDef) -> None:
        """Run the methods of a class, __init__ first; a method of the student's own only where it is called."""
        methods = {node.name: node for node in owner.body if isinstance(node, ast.FunctionDef)}
        known = self.vocabulary.parameters
        own = {f".{name}": node for name, node in methods.items() if f"{owner.name}.{name}" not in known}
        own = {name: node for name, node in own.items() if not name.startswith(".__")}
        self.functions.update(own if owner.name in known else {})
        for name in sorted(methods, key=lambda name: name != "__init__"):
            if f".{name}" not in own or owner.name not in known:
                self._function(methods[name], f"{owner.name}.{name}")

    def _live(self) -> set[int]:
        """The values that something comes of: results, and effects on things that outlive the code."""
        live: set[int] = set()
        self.graph.reach(self.roots, live)
        waiting = list(self.effects)
        while True:
            useful = [(base, effect) for base, effect in waiting if base in live or not self._is_own(base)]
            if not useful:
                return live
            for base, effect in useful:
                self.graph.reach((base, effect), live)
            waiting = [pair for pair in waiting if pair not in set(useful)]

    def _is_own(self, base: int) -> bool:
        return self.graph.labels[base] in ("dict", "list", "carried", "append")
