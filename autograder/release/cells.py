"""The assignment's cells in a gradebook: read, compared with what students' marks hang on, and written."""

from typing import Any, NamedTuple

from nbgrader.api import Gradebook, MissingEntry

from .. import assignment

GIVEN = "given cell"  # every cell that nbgrader knows is one in the gradebook; some are something else, too
_KINDS = {  # kind -> nbgrader's name of it, and what is kept
    "test": ("grade_cell", ("cell_type", "max_score")),
    "question": ("task_cell", ("cell_type", "max_score")),
    "answer cell": ("solution_cell", ()),
    GIVEN: ("source_cell", ("cell_type", "source", "checksum", "locked")),
}


class Key(NamedTuple):
    """An entry of a gradebook."""

    notebook: str
    cell: str
    kind: str

    def __str__(self) -> str:
        return f"{self.notebook}, cell {self.cell}"


Cells = dict[Key, dict[str, Any]]


def cells_of(gradebook: Gradebook) -> Cells:
    """What the gradebook grades by; nothing where the assignment has no entry yet."""
    return {
        Key(notebook.name, cell.name, kind): {name: getattr(cell, name) for name in kept}
        for notebook in _notebooks(gradebook)
        for kind, (table, kept) in _KINDS.items()
        for cell in getattr(notebook, f"{table}s")
    }


def impossible(old: Cells, new: Cells) -> list[str]:
    """What cannot be done where there are submissions: each has a mark or a comment for just the cells that were."""
    lines = []
    for keys, became in ((new.keys() - old.keys(), "was added"), (old.keys() - new.keys(), "is gone")):
        lines += [f"{key}: {_called(key)} {became}" for key in keys if key.kind != GIVEN]
    names = {key.notebook for key in old} ^ {key.notebook for key in new}
    return sorted(lines) + sorted(f"{name}: the notebook was added or is gone" for name in names)


def changes(old: Cells, new: Cells) -> list[str]:
    """All else that changes, a line each."""
    lines = []
    for key in sorted(old.keys() | new.keys()):
        before, after = old.get(key, {}), new.get(key, {})
        if before.get("max_score") != after.get("max_score"):
            lines.append(f"{key}: {before.get('max_score'):g} points before, {after.get('max_score'):g} now")
        if key not in old or key not in new:
            lines.append(f"{key}: a given cell {'was added' if key in new else 'is gone'}")
        elif before.get("source") != after.get("source"):
            kind = next(kind for kind in _KINDS if key._replace(kind=kind) in new)
            lines.append(f"{key}: the text of this {kind} changed")
    return lines


def write_cells(gradebook: Gradebook, new: Gradebook) -> None:
    """Give the gradebook the cells of the other, and its due date, step by step: to be done in one transaction."""
    made = new.find_assignment(assignment.NAME)
    gradebook.update_or_create_assignment(assignment.NAME, duedate=made.duedate)
    for notebook in made.notebooks:
        gradebook.update_or_create_notebook(notebook.name, assignment.NAME, kernelspec=notebook.kernelspec)
    before, after = cells_of(gradebook), cells_of(new)
    _remove_others(gradebook, after)
    for key, kept in after.items():
        if before.get(key) != kept:
            write = getattr(gradebook, f"update_or_create_{_KINDS[key.kind][0]}")
            write(key.cell, key.notebook, assignment.NAME, **kept)


def _remove_others(gradebook: Gradebook, kept: Cells) -> None:
    """Delete the notebooks and cells that are not among these."""
    for notebook in _notebooks(gradebook):
        if notebook.name not in {key.notebook for key in kept}:
            gradebook.remove_notebook(notebook.name, assignment.NAME)
            continue
        for kind, (table, _) in _KINDS.items():
            for cell in getattr(notebook, f"{table}s"):
                if Key(notebook.name, cell.name, kind) not in kept:
                    gradebook.db.delete(cell)
    gradebook.db.flush()
    gradebook.db.expire_all()  # its lists still hold what was deleted


def _notebooks(gradebook: Gradebook) -> list[Any]:
    try:
        return list(gradebook.find_assignment(assignment.NAME).notebooks)
    except MissingEntry:
        return []


def _called(key: Key) -> str:
    return f"{'an' if key.kind[0] == 'a' else 'a'} {key.kind}"
