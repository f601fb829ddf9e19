"""Places of an answer, blocks of the module and answer cells, and the tests that are about them."""

from collections.abc import Container

from nbformat import NotebookNode

from autograder import assignment
from autograder.answers.module import blocks

from .course import ROOT
from .solved import Work


def changed_places(work: Work, notebook: str) -> set[str]:
    """The blocks, or the answer cells of the notebook, that differ from the reference's."""
    reference = Work(ROOT)
    cells = [cell for cell in work.notebooks[notebook].cells if cell.cell_type == "code" and assignment.is_answer(cell)]
    ids = [str(assignment.grade_id(cell)) for cell in cells]
    changed = {id for id in ids if work.cell(notebook, id).source != reference.cell(notebook, id).source}
    if notebook == assignment.MODULE_NOTEBOOK:
        names = [block.name for block in blocks(str(work.module))]
        changed |= {name for name in names if work.block(name) != reference.block(name)}
    return changed


def tests_about(notebook: NotebookNode, places: set[str]) -> set[str]:
    """The tests about these blocks of the module, or those between such an answer cell and the next."""
    tests: set[str] = set()
    place = ""
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        id = str(assignment.grade_id(cell))
        if assignment.is_answer(cell):
            place = id
        if assignment.is_test(cell) and places & {assignment.block_of(cell), place}:
            tests.add(id)
    return tests


def only_tests(notebook: NotebookNode, tests: Container[str] | None) -> None:
    """Take all other tests out of the notebook (None: none of them), and the cells below the last test."""
    kept = [
        cell
        for cell in notebook.cells
        if tests is None or not assignment.is_test(cell) or str(assignment.grade_id(cell)) in tests
    ]
    last = max((place for place, cell in enumerate(kept) if assignment.is_test(cell)), default=-1)
    notebook.cells = kept[: last + 1]
