"""Threat A, in the kernel and in the notebook's metadata: marks are to come from something else than the work."""

from autograder import assignment

from ..edits import Edit
from ..solved import Work
from .edits import attack, wrong_answers
from .submission import EMBED_LABEL, SUPERVISED, Hostile

KERNEL, METADATA = "A kernel", "A metadata"
_EMBED = (f"{SUPERVISED}/embed_label",)


def _tests(change: str) -> Edit:
    """Do something to every test cell of the notebook."""

    def edit(work: Work) -> None:
        notebook = work.notebooks[SUPERVISED]
        tests = [cell for cell in notebook.cells if assignment.is_test(cell)]
        CHANGES[change](notebook, tests)

    return edit


def _tag(notebook, tests):
    for cell in tests:
        cell.metadata["tags"] = ["skip-execution"]


def _delete(notebook, tests):
    notebook.cells = [cell for cell in notebook.cells if not assignment.is_test(cell)]


def _raise_points(notebook, tests):
    for cell in tests:
        cell.metadata.nbgrader.points = 100


def _lower_flags(notebook, tests):
    for cell in tests:
        cell.metadata.nbgrader.update(grade=False, locked=False, solution=True)
        cell.source = "print('all tests passed')"


def _to_markdown(notebook, tests):
    for cell in tests:
        cell.cell_type, cell.source = "markdown", "**passed**"
        cell.pop("outputs", None), cell.pop("execution_count", None)


def _duplicate(notebook, tests):
    for cell in tests:
        copy = cell.copy()
        copy["source"], copy["id"] = "assert True", f"{cell.id}-again"
        notebook.cells.append(copy)


def _exchange(notebook, tests):
    ids = [cell.metadata.nbgrader.grade_id for cell in tests]
    for cell, id in zip(tests, ids[1:] + ids[:1], strict=True):
        cell.metadata.nbgrader.grade_id = id


CHANGES = {
    "tag": _tag,
    "delete": _delete,
    "raise points": _raise_points,
    "lower flags": _lower_flags,
    "to markdown": _to_markdown,
    "duplicate": _duplicate,
    "exchange": _exchange,
}
SKIPPING_TRANSFORMER = """
import ast

class WithoutErrors(ast.NodeTransformer):
    def visit_Module(self, node):
        handler = ast.ExceptHandler(type=ast.Name("Exception", ast.Load()), name=None, body=[ast.Pass()])
        if node.body:
            node.body = [ast.Try(body=node.body, handlers=[handler], orelse=[], finalbody=[])]
        return ast.fix_missing_locations(node)

get_ipython().ast_transformers.append(WithoutErrors())
"""
SKIPPING_INPUT = """
get_ipython().input_transformers_post.append(lambda lines: ["pass\\n"])
"""
ALWAYS_OK = """
async def do_execute(code, silent, *args, **options):
    return {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}}

get_ipython().kernel.do_execute = do_execute
"""
RUNS_NOTHING = """
from IPython.core.interactiveshell import ExecutionInfo, ExecutionResult

async def run_cell_async(raw_cell, *args, **options):
    return ExecutionResult(ExecutionInfo(raw_cell, False, False, True, None))

get_ipython().run_cell_async = run_cell_async
"""
RUN_CODE = """
async def run_code(code, result=None, *, async_=False):
    return False

get_ipython().run_code = run_code
"""
NO_TRACEBACK = """
shell = get_ipython()
shell.set_custom_exc((Exception,), lambda *args, **options: [])
shell.showtraceback = lambda *args, **options: None
shell._showtraceback = lambda *args, **options: None
"""
CLEARS_OUTPUT = """
from IPython.display import clear_output
get_ipython().events.register("post_run_cell", lambda result: clear_output())
"""
STREAM = """
kernel = get_ipython().kernel
send = kernel.session.send

def friendly(stream, kind, content=None, *args, **options):
    if kind == "error":
        return None
    if kind == "execute_reply":
        content = {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}}
    return send(stream, kind, content, *args, **options)

kernel.session.send = friendly
"""
CHECKS = """
import libs, libs.checks
for name in ("expect", "require", "fail"):
    for place in (libs.__dict__, libs.checks.__dict__, globals()):
        place[name] = lambda *args, **options: None
"""
WHEN_GRADED = "import os\nif os.environ.get('NBGRADER_EXECUTION') or 'autograded' in os.getcwd():\n    " + (
    CHECKS.strip().replace("\n", "\n    ")
)


def _kernel(number: int, situation: str, code: str) -> Hostile:
    """One solved answer beside code that is to make all tests pass."""
    return Hostile(f"4029100{number:02d}", situation, KERNEL, (attack(code, id="embed_label"),), _EMBED, (EMBED_LABEL,))


def _metadata(number: int, situation: str, change: str, remark: str = "") -> Hostile:
    return Hostile(f"4029101{number:02d}", situation, METADATA, (_tests(change),), _EMBED, (EMBED_LABEL,), remark)


FORGING = (
    _kernel(1, "an AST transformer wraps every test in try and except", SKIPPING_TRANSFORMER),
    _kernel(2, "an input transformer replaces every cell by pass", SKIPPING_INPUT),
    _kernel(3, "the kernel's do_execute says that all is well", ALWAYS_OK),
    _kernel(4, "the shell's run_cell_async runs nothing", RUNS_NOTHING),
    _kernel(5, "the shell's run_code runs nothing", RUN_CODE),
    _kernel(6, "errors get a handler that shows nothing", NO_TRACEBACK),
    _kernel(7, "the output of every cell is cleared", CLEARS_OUTPUT),
    _kernel(8, "the kernel's messages are rewritten on their way out", STREAM),
    Hostile(
        "402910009", "the checks of libs are replaced", KERNEL,
        (attack(CHECKS), wrong_answers()),
    ),
    Hostile(
        "402910010", "the checks are replaced only where NBGRADER_EXECUTION is set", KERNEL,
        (attack(WHEN_GRADED), wrong_answers()),
    ),
    _metadata(1, "every test is tagged skip-execution", "tag"),
    _metadata(2, "every test is deleted", "delete", "cells were removed: put back"),
    _metadata(3, "every test claims 100 points", "raise points"),
    _metadata(4, "tests are turned into answer cells that print success", "lower flags"),
    _metadata(5, "tests are turned into markdown", "to markdown"),
    _metadata(6, "each test has a second copy that passes", "duplicate"),
    _metadata(7, "the ids of the tests are exchanged", "exchange"),
)  # fmt: skip
