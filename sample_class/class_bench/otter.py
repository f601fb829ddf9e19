"""otter-grader on an equivalent assignment: the same cells, and each of our tests as one of its exception-based tests.

What its form does not have: written answers, sections, a second process for the tests, and a time limit. Its tests run
in the student's kernel, where this notebook's test cells stand.
"""

import os
import shutil
import subprocess
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder import assignment
from autograder.answers.module import lay_module
from autograder.answers.notebook import lay_notebook

from ..course import ROOT
from .cost import Cost, cost_of, quiet, summed

_TEST = """OK_FORMAT = False

from otter.test_files import test_case

name = {id!r}
points = {points}


@test_case(points={points})
def {function}(env):
    exec(compile({source!r}, {id!r}, "exec"), dict(env))
"""


def otter_run(otter: Path, course: Path, folder: Path) -> Cost:
    """`otter run` over the three practical notebooks of every submission. otter: the program, in its environment."""
    shutil.rmtree(folder, ignore_errors=True)
    graders = {name: _grader(otter, folder / "assignment" / name, name) for name in assignment.PRACTICALS}
    costs = []
    for submission in sorted((course / "submitted").glob(f"*/{assignment.NAME}")):
        student = folder / submission.parent.name
        module = _lay(submission, student)
        for name, grader in graders.items():
            environment = {**quiet(), "PATH": f"{otter.parent}:{os.environ['PATH']}", "PYTHONPATH": f"{module}:{ROOT}"}
            environment |= {"NBGRADER_EXECUTION": "autograde", "HW2_SEED": "0"}
            command = [str(otter), "run", "--no-logo", "-a", str(grader), "-o", str(student), f"{name}.ipynb"]
            costs.append(cost_of(command, student, environment))
    return summed(costs)


def _grader(otter: Path, folder: Path, name: str) -> Path:
    """The autograder's zip for one notebook."""
    (folder / "tests").mkdir(parents=True)
    for cell in assignment.read(assignment.source_folder(ROOT) / f"{name}.ipynb").cells:
        if cell.cell_type == "code" and assignment.is_test(cell):
            id, points = str(assignment.grade_id(cell)), float(cell.metadata.nbgrader.points)
            text = _TEST.format(id=id, points=points, function=f"test_{id}", source=cell.source)
            (folder / "tests" / f"{id}.py").write_text(text, encoding="utf-8")
    archive = folder / "autograder.zip"
    command = [str(otter), "generate", "-t", "tests", "-o", str(archive), "--no-environment"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"otter generate failed for {name}: {done.stdout}{done.stderr}")
    return archive


def _lay(submission: Path, student: Path) -> Path:
    """The notebooks as otter wants them, checks in place of our test cells; the folder of the student's module."""
    student.mkdir(parents=True)
    source = assignment.source_folder(ROOT)
    for name in assignment.PRACTICALS:
        file = f"{name}.ipynb"
        written = (submission / file).read_bytes() if (submission / file).is_file() else b""
        notebook, _ = lay_notebook(assignment.read(source / file), written, file)
        notebook.cells = [_checked(cell) for cell in notebook.cells]
        nbformat.write(notebook, student / file)
    shutil.copytree(source / "libs", student / "module" / "libs", ignore=shutil.ignore_patterns("__pycache__"))
    module = submission / assignment.MODULE
    given = (source / assignment.MODULE).read_text(encoding="utf-8")
    text, _ = lay_module(given, module.read_bytes() if module.is_file() else None, assignment.MODULE)
    (student / "module" / assignment.MODULE).write_text(text, encoding="utf-8")
    return student / "module"


def _checked(cell: NotebookNode) -> NotebookNode:
    """The cell; of a test cell, one that has its check run after it."""
    if cell.cell_type == "code" and assignment.is_test(cell):
        cell.source, cell.metadata["otter"] = "", {"tests": [str(assignment.grade_id(cell))]}
    return cell
