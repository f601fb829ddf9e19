"""An attack as its file tells it, and the upload that it makes."""

import textwrap
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from autograder import assignment
from autograder.answers.module import blocks

from ..course import ROOT
from ..edits import Edit
from ..hostile.edits import hand_out_but
from ..solved import Work
from ..students import Student


@dataclass(frozen=True)
class Attack:
    """One file of a round. least, most: the points that it deserves in its notebook. also: what else must hold.

    judged: why these are not what its file says.
    """

    name: str
    number: str
    title: str
    notebook: str
    solved: bool
    changes: tuple[dict[str, str], ...]
    least: float
    most: float
    why: str
    also: dict[str, Any] = field(default_factory=dict)
    judged: str = ""

    def judged_as(self, points: float, why: str, held: bool = False, unseen: Sequence[str] | None = None) -> "Attack":
        """The same with what the rules say, where its file says something else."""
        also = {**self.also, "held": held} | ({} if unseen is None else {"unseen": list(unseen)})
        return replace(self, least=points, most=points, also=also, judged=why)

    def as_student(self) -> Student:
        """The upload that collecting finds: the notebook solved, or a stub, and changed; the others are stubs."""
        solved = _parts(self.notebook) if self.solved else ()
        edits = (hand_out_but(*solved), *(_change(self.notebook, **change) for change in self.changes))
        return Student(self.number, "Attack", self.name, f"HW2-Attack-{self.number}.zip", edits)


def read_attack(path: Path, number: str) -> Attack:
    """Raises ValueError that names the file when it is none."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        deserved = raw["deserved"]
        least, most = (float(deserved.get(name, deserved.get("points"))) for name in ("least", "most"))
        changes, base = tuple(raw["change"]), {"solved": True, "stubs": False}[raw["base"]]
        return Attack(
            path.stem, number, raw["title"], raw["notebook"], base, changes, least, most, deserved["why"],
            raw.get("also", {}),
        )  # fmt: skip
    except (KeyError, TypeError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"{path}: not an attack ({error!r}); see sample_class/attacks/README.md") from error


def _parts(notebook: str) -> tuple[str, ...]:
    """The answer cells of a notebook, and the blocks where it has the module, as hand_out_but knows them."""
    source = assignment.source_folder(ROOT)
    cells = assignment.read(source / f"{notebook}.ipynb").cells
    ids = [str(assignment.grade_id(cell)) for cell in cells if assignment.is_answer(cell)]
    text = (source / assignment.MODULE).read_text(encoding="utf-8") if notebook == assignment.MODULE_NOTEBOOK else ""
    return (*(f"{notebook}/{id}" for id in ids), *(block.name for block in blocks(text)))


def _change(notebook: str, where: str, how: str, code: str) -> Edit:
    """Code before or after what stands in an answer cell or a block, or in its place."""

    def changed(text: str, indent: str, gap: str) -> str:
        new = textwrap.indent(textwrap.dedent(code).strip("\n"), indent)
        return {"before": f"{new}{gap}{text}", "after": f"{text}{gap}{new}", "replace": new}[how]

    def edit(work: Work) -> None:
        if notebook == assignment.MODULE_NOTEBOOK and where in {block.name for block in blocks(str(work.module))}:
            text = work.block(where)
            first = next(line for line in text.splitlines() if line.strip())
            work.set_block(where, changed(text, first[: len(first) - len(first.lstrip())], "\n"))
        else:
            cell = work.cell(notebook, where)
            cell.source = changed(cell.source, "", "\n\n")

    return edit
