"""Imports of what is not there: one that is never used costs nothing, and what uses it says what is lacking."""

import ast
import sys
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from typing import Any, NoReturn

from IPython.core.interactiveshell import InteractiveShell

TOO_DEEP = "an expression is too long or too deeply nested for Python"
_ERROR = "_error_of_an_import"  # the name of the exception in the code that is put around an import
_STAND_IN = f"__import__('inside.lacking').lacking.stand_in({_ERROR}, {{top!r}})"
_FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef


class Lacking:
    """Stands for what could not be imported; whatever is done with it raises the error of its import."""

    def __init__(self, error: ImportError) -> None:
        kind = ModuleNotFoundError if isinstance(error, ModuleNotFoundError) else ImportError
        vars(self)["error"] = kind(f"{error} (it is not there when homework is graded)", name=error.name)

    def _fail(self, *args: object, **options: object) -> NoReturn:
        raise vars(self)["error"]

    __call__ = __getitem__ = __setitem__ = __setattr__ = __iter__ = __bool__ = __len__ = __contains__ = _fail
    __enter__ = __exit__ = __instancecheck__ = __subclasscheck__ = __mro_entries__ = __or__ = __ror__ = _fail

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__"):  # whoever looks what kind of object this is does not use it
            raise AttributeError(name)
        self._fail()


def stand_in(error: ImportError, top: str) -> Any:
    """What an import that failed gives all the same. top: the package that it makes known, empty for a part of one."""
    return sys.modules.get(top) or Lacking(error)


def settle_imports(shell: InteractiveShell, module: str) -> None:
    """Let imports in cells, and in the file of this path, go on without what is not there."""
    running: Any = shell  # IPython says little of its types
    read, is_async, compiled = running.compile.ast_parse, running.should_run_async, SourceFileLoader.source_to_code

    def ast_parse(*args: Any, **options: Any) -> Any:
        try:
            return going_on(read(*args, **options))
        except (RecursionError, MemoryError):  # for which IPython would give no answer at all
            raise SyntaxError(TOO_DEEP) from None

    def source_to_code(self: SourceFileLoader, data: Any, path: str, **options: Any) -> Any:
        tree = going_on(ast.parse(data)) if path == module and type(data) is bytes else data
        return compiled(self, tree, path, **options)

    def should_run_async(*args: Any, **options: Any) -> bool:
        try:
            return bool(is_async(*args, **options))
        except RecursionError:
            return False

    running.compile.ast_parse, running.should_run_async = ast_parse, should_run_async
    SourceFileLoader.source_to_code = source_to_code  # type: ignore[assignment, method-assign]


def going_on(tree: Any) -> Any:
    """Code with `try:` around the imports that are not in one already; changed in place, however deep it is."""
    waiting: list[tuple[ast.AST, bool]] = [(tree, False)]
    while waiting:
        node, is_tried = waiting.pop()
        is_tried = not isinstance(node, _FUNCTIONS) and (is_tried or _has_another_way(node))
        for name in ("body", "orelse", "finalbody", "handlers", "cases"):
            parts = getattr(node, name, None)
            if isinstance(parts, list):
                if not is_tried:
                    parts[:] = [new for part in parts for new in _tried(part)]
                waiting += [(part, is_tried) for part in parts if not _is_ours(part)]
    return tree


def _has_another_way(node: ast.AST) -> bool:
    """Whether the student has provided for an import that fails."""
    if not isinstance(node, ast.Try | ast.TryStar):
        return False
    only_imports = all(isinstance(part, ast.Import | ast.ImportFrom) for part in node.body) and not node.orelse
    return not (only_imports and all(isinstance(handler.body[0], ast.Pass) for handler in node.handlers))


def _tried(node: ast.AST) -> Iterator[ast.AST]:
    """One statement for each name that an import makes; every other statement as it is."""
    if not isinstance(node, ast.Import | ast.ImportFrom) or getattr(node, "module", "") == "__future__":
        yield node
        return
    for alias in node.names:
        if isinstance(node, ast.Import):
            one: ast.stmt = ast.Import([alias])
            top = "" if alias.asname else alias.name.split(".")[0]
        else:
            one, top = ast.ImportFrom(node.module, [alias], node.level), ""
        made = alias.asname or top or alias.name
        handled = "pass" if made == "*" else f"{made} = {_STAND_IN.format(top=top)}"
        around = ast.parse(f"try: pass\nexcept ImportError as {_ERROR}: {handled}").body[0]
        for part in ast.walk(around):
            ast.copy_location(part, node)
        around.body = [ast.copy_location(one, node)]  # type: ignore[attr-defined]
        yield around


def _is_ours(node: ast.AST) -> bool:
    return isinstance(node, ast.Try) and any(handler.name == _ERROR for handler in node.handlers)
