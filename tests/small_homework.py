"""A homework of some small cells in a folder, as a student holds it: notebooks, module, libs with given.json."""

import copy
import io
import json
import shutil
from contextlib import redirect_stdout
from pathlib import Path
from unittest.mock import patch

import nbformat
from libs.check.checking import check
from libs.check.together import run_notebooks
from mini import answer, given, graded, heading
from nbformat.v4 import new_markdown_cell, new_notebook

from autograder import assignment
from autograder.release.given import module_entry, notebook_entry

STUB = 'raise NotImplementedError("this part is still to be written: replace this line with your code")'
PRACTICAL, OTHER = "fully_connected_networks", "forward_forward_supervised"
MODULE = f"""\"\"\"Written by a student.\"\"\"


def double(x):
    # BLOCK double: write your code between these two lines.
    # YOUR CODE HERE
    {STUB}
    # END OF BLOCK double
    return out


def triple(x):
    # BLOCK triple: write your code between these two lines.
    # YOUR CODE HERE
    {STUB}
    # END OF BLOCK triple
    return out
"""
IDENTITY = 'STUDENT_NUMBER = ""\nNAME = ""\nCOLLABORATORS = []\nSOURCES = []'
NOT_4 = "if double(2) != 4:\n    raise CheckFailed('It returned no 4.')"
CHECK = 'class CheckFailed(AssertionError):\n    """As the one of libs, without its packages."""'


def in_words(id, task, stub="*Write your answer here.*", points=5):
    """A question that a person marks, and the cell for the answer."""
    flags = {"grade": False, "solution": False, "locked": True, "task": True, "points": points}
    asked, written = new_markdown_cell(task, id=id), new_markdown_cell(stub, id=f"{id}_answer")
    asked.metadata["nbgrader"] = {"grade_id": id, "schema_version": 3, **flags}
    flags = {"grade": False, "solution": True, "locked": False, "task": False}
    written.metadata["nbgrader"] = {"grade_id": f"{id}_answer", "schema_version": 3, **flags}
    return [asked, written]


def handed_out() -> dict[str, list]:
    """The cells of each notebook."""
    return {
        PRACTICAL: [
            answer("identity", IDENTITY),
            given("setup", f"from fully_connected_networks import double, triple\n{CHECK}"),
            heading("1. Double"),
            graded("double_value", f"# double doubles. (3 points)\n{NOT_4}", 3, block="double"),
            given("look", "seen = double(1)"),
            heading("2. Triple"),
            graded("triple_value", "# triple triples.\nassert triple(double(1)) == 6", 4, block="triple"),
            given("look_again", "triple(1)"),
        ],
        OTHER: [
            answer("identity", IDENTITY),
            heading("(a) One"),
            answer("one", f"def one():\n    # YOUR CODE HERE\n    {STUB}"),
            graded("one_value", "# one is one.\nassert one() == 1", 2),
            heading("(b) Two"),
            answer("two", f"def two():\n    # YOUR CODE HERE\n    {STUB}"),
            given("made", "second = two()"),
            graded("two_value", "# two is two.\nassert second == 2 and one() == 1", 5),
            *in_words("why", "**Why?** Say why. (5 points)"),
        ],
        assignment.WRITTEN: [answer("identity", IDENTITY), *in_words("theory_1a", "**1 (a)** How? (10 points)")],
    }


class Homework:
    """The folder; a student's edits are made to `cells` and `module`, and `save` writes them."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder, self.root = folder, root
        shutil.copytree(root / "source" / "hw2" / "libs", folder / "libs", ignore=shutil.ignore_patterns("__pycache__"))
        self.cells = {name: _numbered(cells) for name, cells in handed_out().items()}
        self.module = MODULE
        given = {
            "notebooks": {name: notebook_entry(new_notebook(cells=cells)) for name, cells in self.cells.items()},
            "module": module_entry(MODULE),
            "beside": ["libs", assignment.MODULE],
        }
        (folder / "libs" / "given.json").write_text(json.dumps(given), encoding="utf-8")
        self.cells = copy.deepcopy(self.cells)
        self.save()

    def solve(self) -> "Homework":
        """Everything as it should be."""
        for name in self.cells:
            text = 'STUDENT_NUMBER = "402100101"\nNAME = "سارا احمدی"\nCOLLABORATORS = []\nSOURCES = []'
            self.cell(name, "identity").source = text
        self.cell(OTHER, "one").source = "def one():\n    return 1"
        self.cell(OTHER, "two").source = "def two():\n    return 2"
        for name, id in ((OTHER, "why_answer"), (assignment.WRITTEN, "theory_1a_answer")):
            self.cell(name, id).source = "Because."
        self.block("double", "out = 2 * x")
        self.block("triple", "out = 3 * x")
        return self.save()

    def cell(self, name: str, id: str):
        """A cell by its id."""
        return next(cell for cell in self.cells[name] if assignment.grade_id(cell) == id)

    def block(self, name: str, text: str) -> None:
        """Write a block of the module."""
        before, begin, rest = self.module.partition(f"    # BLOCK {name}")
        line, _, rest = rest.partition("\n")
        _, end, after = rest.partition(f"    # END OF BLOCK {name}")
        indented = "".join(f"    {each}\n" for each in text.splitlines())
        self.module = before + begin + line + "\n" + indented + end + after

    def said(self, only: str = "") -> str:
        """Save, check, and return the report with the outcome. only: the notebook that is run, none if empty."""

        def run(folder, notebooks, *rest):
            return run_notebooks(folder, [each for each in notebooks if each.file == f"{only}.ipynb"], *rest)

        printed = io.StringIO()
        with redirect_stdout(printed), patch("libs.check.checking.run_notebooks", run):
            found = check(self.save().folder, run=bool(only))
        return f"{printed.getvalue()}{found.outcome}"

    def save(self) -> "Homework":
        """Write notebooks and module."""
        for name in self.cells:
            nbformat.write(new_notebook(cells=self.cells[name]), self.folder / f"{name}.ipynb")
        (self.folder / assignment.MODULE).write_text(self.module, encoding="utf-8")
        return self


def _numbered(cells: list) -> list:
    """Cells whose id is their grade id, or their number."""
    for number, cell in enumerate(cells):
        cell["id"] = assignment.grade_id(cell) or f"text-{number}"
    return cells
