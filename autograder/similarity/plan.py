"""Which texts of a submission are the student's, and the section each stands in; and what is the hand-out's."""

import textwrap
from dataclasses import dataclass, field
from pathlib import Path

from .. import assignment
from ..answers.module import blocks
from ..source_lines import source_lines
from .vocabulary import Vocabulary

CODE, PROSE = "code", "prose"
SHORT = {
    "fully_connected_networks": "practical 1",
    "forward_forward_supervised": "practical 2, supervised",
    "forward_forward_unsupervised": "practical 2, unsupervised",
    "theory": "theory",
}


@dataclass(frozen=True)
class Text:
    """One block or answer cell: `where` is its name, kind is CODE or PROSE; no section for a past term's file."""

    section: str
    where: str
    kind: str
    text: str


@dataclass
class Plan:
    """Sections in the order of the assignment; `cells` by notebook and grade id, `blocks` by name."""

    sections: list[str] = field(default_factory=list)
    cells: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    blocks: dict[str, str] = field(default_factory=dict)
    given: list[Text] = field(default_factory=list)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)


def read_plan(root: Path) -> Plan:
    """The plan of the assignment in a course folder; raises ValueError when source/ or release/ cannot be read."""
    plan = Plan()
    for name in assignment.NOTEBOOKS:
        for folder in (root / "release" / assignment.NAME, assignment.source_folder(root)):
            _read_notebook(plan, folder / f"{name}.ipynb", is_source=folder == assignment.source_folder(root))
    for folder in (root / "release" / assignment.NAME, assignment.source_folder(root)):
        for path in [folder / assignment.MODULE, *sorted((folder / "libs").glob("*.py"))]:
            _read_module(plan, path)
    for text in plan.given:
        if text.kind == CODE and text.where.startswith("release"):
            plan.vocabulary.learn(text.text)
    return plan


def _read_notebook(plan: Plan, path: Path, is_source: bool) -> None:
    """Learn the notebook's sections from source/, and all its text as given."""
    notebook = assignment.read(path)
    folder = path.parent.parent.name
    for cell, title in zip(notebook.cells, assignment.sections(notebook), strict=True):
        kind = CODE if cell.cell_type == "code" else PROSE
        plan.given.append(Text("", f"{folder}/{path.stem}", kind, _plain(cell.source)))
        section = f"{SHORT[path.stem]}: {title}"
        if not is_source:
            continue
        if section not in plan.sections and title:
            plan.sections.append(section)
        id = assignment.grade_id(cell)
        if assignment.is_answer(cell) and id and id != assignment.IDENTITY:
            plan.cells[path.stem, id] = (section, kind)
        if assignment.is_test(cell) and assignment.block_of(cell):
            plan.blocks.setdefault(assignment.block_of(cell), section)


def _read_module(plan: Plan, path: Path) -> None:
    """The file and each of its blocks as given."""
    try:
        text = _plain(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ValueError(f"{path} cannot be read ({error}): run `make release` first") from error
    folder = path.parent.parent.name if path.parent.name == assignment.NAME else path.parent.parent.parent.name
    plan.given.append(Text("", f"{folder}/{path.name}", CODE, text))
    plan.given.extend(block_texts(plan, text, f"{folder}/"))


def block_texts(plan: Plan, module: str, prefix: str = "") -> list[Text]:
    """The blocks of a module's text; one that no test names stands in the first section."""
    lines = source_lines(module)
    found = []
    for block in blocks(module):
        text = textwrap.dedent("\n".join(line.expandtabs(4) for line in lines[block.first : block.last]))
        found.append(Text(plan.blocks.get(block.name, ""), prefix + block.name, CODE, text))
    return found


def _plain(text: str) -> str:
    """The text without the marks of a solution, which would not be there in a student's."""
    return "\n".join(line for line in source_lines(text) if not line.strip().startswith(("### BEGIN", "### END")))
