"""Named edits of hostile submissions: what stays honest work, and where the code that attacks stands."""

import textwrap

from autograder import assignment
from autograder.answers.module import blocks

from ..edits import Edit
from ..solved import Work, block_text
from ..students import SUPERVISED

# Four answers that run and are wrong in every property that is tested.
WRONG = {
    "embed_label": "def embed_label(x, y, num_classes=10):\n    {first}\n    x += 2\n    return {wrap}(x + 1)",
    "wrong_labels": "def wrong_labels(y, num_classes=10):\n    {first}\n    return {wrap}(y.float())",
    "goodness": "def goodness(h):\n    {first}\n    return {wrap}(h.sum(dim=1))",
    "ff_loss": "def ff_loss(g_pos, g_neg, threshold):\n    {first}\n    return {wrap}((g_pos - g_neg).mean())",
}


def hand_out_but(*solved: str) -> Edit:
    """The hand-out with these answer cells (notebook/id) and blocks (by name) solved."""

    def edit(work: Work) -> None:
        solution = work.module
        work.module = (work.release / assignment.MODULE).read_text(encoding="utf-8")
        known = {block.name for block in blocks(work.module)}
        for name in known & set(solved):
            work.set_block(name, block_text(str(solution), name))
        for name, notebook in work.notebooks.items():
            stubs = {assignment.grade_id(c): c for c in assignment.read(work.release / f"{name}.ipynb").cells}
            for cell in notebook.cells:
                id = str(assignment.grade_id(cell))
                known.add(f"{name}/{id}")
                if assignment.is_answer(cell) and id != assignment.IDENTITY and f"{name}/{id}" not in solved:
                    cell.source = stubs[id].source
        if not set(solved) <= known:
            raise KeyError(f"there is no {set(solved) - known}: correct the submission")

    return edit


def attack(code: str, notebook: str = SUPERVISED, id: str = "mnist_loaders") -> Edit:
    """Code at the end of an answer cell; by default one that stands above all tests, in a section of its own.

    What it raises is printed, so that a failed attack costs nothing; PROBED shows that it ran.
    """
    tried = textwrap.indent(textwrap.dedent(code).strip("\n"), "    ")
    stopped = "except Exception as error:\n    print('stopped by', repr(error)[:200])\nfinally:\n    print('PROBED')"
    below = f"\n\ntry:\n{tried}\n{stopped}"

    def edit(work: Work) -> None:
        work.cell(notebook, id).source += below

    return edit


def above(code: str, notebook: str = SUPERVISED, id: str = "mnist_loaders") -> Edit:
    """Code at the head of an answer cell, as it is."""

    def edit(work: Work) -> None:
        cell = work.cell(notebook, id)
        cell.source = textwrap.dedent(code).strip("\n") + "\n\n" + cell.source

    return edit


def wrong_answers(first: str = "pass", wrap: str = "", before: str = "") -> Edit:
    """Four wrong functions that each run the line `first` and hand their result to `wrap`; `before` stands above."""

    def edit(work: Work) -> None:
        for id, source in WRONG.items():
            work.cell(SUPERVISED, id).source = source.format(first=first, wrap=wrap)
        cell = work.cell(SUPERVISED, "embed_label")
        cell.source = textwrap.dedent(before).strip("\n") + "\n\n" + cell.source

    return edit


def into_function(id: str, line: str, notebook: str = SUPERVISED) -> Edit:
    """Lines at the beginning of a solved function's body, below its docstring."""

    def edit(work: Work) -> None:
        cell = work.cell(notebook, id)
        head, _, body = cell.source.rpartition('"""')
        if not head:
            raise ValueError(f"{notebook}, cell {id} has no docstring: correct the edit")
        cell.source = head + '"""\n' + textwrap.indent(textwrap.dedent(line).strip("\n"), "    ") + body

    return edit


def into_block(name: str, code: str) -> Edit:
    """Lines at the beginning of a block of the module."""

    def edit(work: Work) -> None:
        text = work.block(name)
        first = next(line for line in text.splitlines() if line.strip())
        indent = first[: len(first) - len(first.lstrip())]
        work.set_block(name, textwrap.indent(textwrap.dedent(code).strip("\n"), indent) + "\n" + text)

    return edit


def file(path: str, data: bytes | str) -> Edit:
    """One more file in the upload."""

    def edit(work: Work) -> None:
        work.raw[path] = data.encode() if isinstance(data, str) else data

    return edit
