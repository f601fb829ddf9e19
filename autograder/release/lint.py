"""The linter of the assignment: a list of rules; each problem names the notebook, the cell and the repair."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from nbformat import NotebookNode

from .. import assignment
from ..answers.module import blocks
from .built_upon import BuiltUpon
from .colab import colab_cells_in_step
from .prove import solutions_pass, stubs_fail
from .step import due_date_in_step, gradebook_in_step, release_in_step

POINTS = {
    "fully_connected_networks": 150,
    "forward_forward_supervised": 75,
    "forward_forward_unsupervised": 75,
    "theory": 200,
}
LONGEST_TEST = 30  # lines
PRIVATE = ("BEGIN SOLUTION", "END SOLUTION", "BEGIN HIDDEN", "END HIDDEN", "BEGIN MARK SCHEME", "autograder")
Problems = Iterator[str]


def ids_are_unique(root: Path) -> Problems:
    """A notebook's cells have different ids, which nbgrader knows them by."""
    for name, notebook in notebooks(root):
        seen: set[str] = set()
        for cell in notebook.cells:
            found = assignment.grade_id(cell) or cell.id
            if found in seen:
                yield f"{name}, cell {found}: the id is used twice; give one of the cells another grade_id"
            seen.add(found)


def points_add_up(root: Path) -> Problems:
    """Each notebook is worth what the homework says, 500 in all."""
    for name, notebook in notebooks(root):
        total = sum(check.points for check in assignment.checks(notebook))
        if total != POINTS[name]:
            yield (
                f"{name}: its cells are worth {total:g} points, the homework says {POINTS[name]} "
                "(POINTS in autograder/release/lint.py); change the cells' points"
            )


def nothing_is_saved(root: Path) -> Problems:
    """Notebooks are kept without outputs."""
    for name, notebook in notebooks(root):
        for cell in notebook.cells:
            if cell.get("outputs") or cell.get("execution_count"):
                yield f"{name}, cell {cell.id}: holds saved output; clear all outputs and save"


def tests_are_sentences(root: Path) -> Problems:
    """A test starts with the sentence that names its property, holds a hint, and its hidden parts are closed."""
    for name, notebook in notebooks(root):
        for cell in notebook.cells:
            if not assignment.is_test(cell):
                continue
            if not cell.source.lstrip().startswith("# "):
                yield f"{_place(name, cell)}: starts without a sentence; make the first line a comment"
            if "\n# Hint: " not in cell.source:
                yield f"{_place(name, cell)}: gives no hint; make the second line `# Hint: ...`"
            begins, ends = (cell.source.count(f"### {word} HIDDEN TESTS") for word in ("BEGIN", "END"))
            if begins != ends:
                yield f"{_place(name, cell)}: a hidden part is not closed; pair BEGIN and END"


def tests_are_short(root: Path) -> Problems:
    """A person who marks reads a test in one look: it has at most 30 lines."""
    for name, notebook in notebooks(root):
        for cell in filter(assignment.is_test, notebook.cells):
            if (lines := len(cell.source.splitlines())) > LONGEST_TEST:
                yield f"{_place(name, cell)}: {lines} lines; ask less, or put what it works with into libs/"


def students_see_points(root: Path) -> Problems:
    """The first line of a test ends with its points, as its metadata say them."""
    for name, notebook in notebooks(root):
        for cell in filter(assignment.is_test, notebook.cells):
            points = float(cell.metadata.nbgrader.points)
            worth = f"({points:g} point{'' if points == 1 else 's'})"
            if not cell.source.partition("\n")[0].endswith(f" {worth}"):
                yield f"{_place(name, cell)}: is worth {points:g}; end its first line with `{worth}`"


def tests_declare_parts(root: Path) -> Problems:
    """A test names the parts of the student's that what it tests is built upon, as the solution has them."""
    for name, notebook in notebooks(root):
        tests = [cell for cell in notebook.cells if assignment.is_test(cell)]
        if not any(map(assignment.built_upon, tests)):
            continue
        parts = BuiltUpon(assignment.source_folder(root), name, notebook)
        for cell in tests:
            right = parts.of(cell)
            if assignment.built_upon(cell) != right:
                yield f"{_place(name, cell)}: in its metadata, set hw2.built_upon to {json.dumps(right)}"


def tasks_have_schemes(root: Path) -> Problems:
    """A question for a person has a marking scheme, and a cell to write in below it."""
    for name, notebook in notebooks(root):
        for cell, below in zip(notebook.cells, [*notebook.cells[1:], None], strict=True):
            if not assignment.is_task(cell):
                continue
            if "=== BEGIN MARK SCHEME ===" not in cell.source or "=== END MARK SCHEME ===" not in cell.source:
                yield f"{_place(name, cell)}: has no marking scheme; add one between its two lines"
            if below is None or not assignment.is_answer(below):
                yield f"{_place(name, cell)}: no answer cell follows; add a solution cell below it"


def first_cell_asks_who(root: Path) -> Problems:
    """The first code cell of each notebook is the identity cell."""
    for name, notebook in notebooks(root):
        first = next(cell for cell in notebook.cells if cell.cell_type == "code")
        if assignment.grade_id(first) != assignment.IDENTITY:
            yield f"{name}, cell {first.id}: the first code cell must be the one with grade_id {assignment.IDENTITY}"


def blocks_are_whole(root: Path) -> Problems:
    """Each block of the module has its end marker and one solution region."""
    text = (assignment.source_folder(root) / assignment.MODULE).read_text(encoding="utf-8")
    lines = text.splitlines()
    for block in blocks(text):
        body = "\n".join(lines[block.first : block.last])
        if lines[block.last].strip() != f"# END OF BLOCK {block.name}":
            yield f"{assignment.MODULE}, block {block.name}: no line `# END OF BLOCK {block.name}`; add it"
        if body.count("### BEGIN SOLUTION") != 1 or body.count("### END SOLUTION") != 1:
            yield f"{assignment.MODULE}, block {block.name}: needs one BEGIN SOLUTION and one END SOLUTION"


def release_keeps_secrets(root: Path) -> Problems:
    """No solution, hidden test, marking scheme or word of the grader is in release/."""
    for path in sorted((root / "release").rglob("*")):
        if path.is_file() and path.suffix in (".ipynb", ".py", ".md", ".txt", ".json"):
            text = path.read_text(encoding="utf-8")
            for word in PRIVATE:
                if word in text:
                    yield f"{path.relative_to(root)}: holds {word!r}; make release again, or correct its source"
        elif path.is_file():
            yield f"{path.relative_to(root)}: no file of the hand-out; remove it from source/ and make release again"


RULES: tuple[Callable[[Path], Problems], ...] = (
    ids_are_unique,
    points_add_up,
    nothing_is_saved,
    tests_are_sentences,
    tests_are_short,
    students_see_points,
    tests_declare_parts,
    tasks_have_schemes,
    first_cell_asks_who,
    blocks_are_whole,
    colab_cells_in_step,
    release_keeps_secrets,
    release_in_step,
    gradebook_in_step,
    due_date_in_step,
    solutions_pass,
    stubs_fail,
)


def notebooks(root: Path) -> Iterator[tuple[str, NotebookNode]]:
    """Name and content of each instructor notebook."""
    for name in assignment.NOTEBOOKS:
        yield name, assignment.read(assignment.source_folder(root) / f"{name}.ipynb")


def _place(name: str, cell: NotebookNode) -> str:
    return f"{name}, cell {assignment.grade_id(cell)}"


def lint(root: Path, report: Callable[[str, list[str]], None]) -> int:
    """Apply every rule, report(name, problems) after each; return the number of problems."""
    count = 0
    for rule in RULES:
        problems = list(rule(root))
        report(rule.__name__.replace("_", " "), problems)
        count += len(problems)
    return count
