"""Small notebooks for tests of the examiner, each cell a situation."""

import textwrap
from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.examiner.trial import try_out


def heading(title):
    return new_markdown_cell(f"## {title}")


def given(id, source):
    return _cell(id, source, grade=False, solution=False, locked=True)


def answer(id, source):
    return _cell(id, source, grade=False, solution=True, locked=False)


def graded(id, source, points=2, **hw2):
    cell = _cell(id, source, grade=True, solution=False, locked=True, points=points)
    cell.metadata["hw2"] = hw2
    return cell


def _cell(id, source, **flags):
    made = new_code_cell(textwrap.dedent(source).strip())
    made.metadata["nbgrader"] = {"grade_id": id, "task": False, "schema_version": 3, **flags}
    return made


def findings_of(root, scratch: Path, cells, module="", name="mini"):
    """What the examiner finds out about a notebook of these cells."""
    cells = [cell.copy() for cell in cells]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    return try_out(new_notebook(cells=cells), name, module, root, scratch)


def results_of(root, scratch: Path, cells, **options):
    """The results by grade id."""
    return {result.id: result for result in findings_of(root, scratch, cells, **options).results}
