"""What a student sees: the test cells of practical 1 without their hidden parts, run in one process like a kernel."""

import functools
import re
import sys
from types import ModuleType

from libs.mnist import mnist_splits

from autograder import assignment
from autograder.examiner.given import parse

HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS\n.*?### END HIDDEN TESTS\n?", re.DOTALL)
LEFT_OUT = {"colab", "ready", "two_layer_training", "overfit", "rules_compared", "dropout_experiment"}  # they train
TRAINING = "create_solver_instance_accuracy"  # a test that trains
_digits = functools.cache(mnist_splits)


def failures(root, module: str, monkeypatch, only: str = "") -> dict[str, str]:
    """The tests whose visible part fails with this text of the module, with their messages. only: a pattern of ids."""
    monkeypatch.setitem(sys.modules, "fully_connected_networks", _module(module))
    monkeypatch.setattr("libs.pictures.show_digits", lambda *_: None)
    monkeypatch.setattr("libs.mnist.mnist_splits", _digits)
    namespace, found = {"__name__": "kernel"}, {}
    for name, is_test, code in _cells(root):
        if is_test and re.search(only, name):
            try:
                exec(code, dict(namespace))
            except Exception as error:
                found[name] = f"{type(error).__name__}: {error}"
        elif not is_test:
            exec(code, namespace)
    return found


@functools.cache
def _cells(root):
    """(name, whether it is a test, code) of each code cell up to section 15 but for those that look or train."""
    notebook, found = assignment.read(assignment.source_folder(root) / f"{assignment.MODULE_NOTEBOOK}.ipynb"), []
    for cell, section in zip(notebook.cells, assignment.sections(notebook), strict=True):
        name = str(assignment.grade_id(cell))
        left_out = name in LEFT_OUT or name.endswith("_look") or name == TRAINING
        if cell.cell_type == "code" and not left_out and not section.startswith("15."):
            seen = HIDDEN.sub("", cell.source)
            found.append((name, assignment.is_test(cell), compile(parse(seen), f"<{name}>", "exec")))
    return found


def _module(text: str) -> ModuleType:
    module = ModuleType("fully_connected_networks")
    exec(compile(text, "fully_connected_networks.py", "exec"), module.__dict__)
    return module
