"""What the assignment is made of: its notebooks, their cells, sections and points, read from source/."""

import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

NAME = "hw2"
PRACTICALS = ("fully_connected_networks", "forward_forward_supervised", "forward_forward_unsupervised")
WRITTEN = "theory"  # the notebook of the written answers
WRITTEN_PAGES = "attachments"  # the folder of their PDFs and pictures, beside the notebooks of a submission
NOTEBOOKS = (*PRACTICALS, WRITTEN)
MODULE = "fully_connected_networks.py"
MODULE_NOTEBOOK = "fully_connected_networks"
IDENTITY = "identity"
_POINTS = re.compile(r"\s*\([\d.]+ points?\)\s*$")  # students see them behind the sentence of a test


@dataclass(frozen=True)
class Check:
    """One graded cell: a property of the student's work and what it is worth."""

    id: str
    section: str
    points: float
    sentence: str
    by_hand: bool


def source_folder(root: Path) -> Path:
    """The instructor's version of the assignment below the course folder."""
    return root / "source" / NAME


def read(path: Path) -> NotebookNode:
    """A notebook in nbformat 4; raises ValueError that names the file when it is none."""
    try:
        return nbformat.read(path, as_version=4)
    except Exception as error:
        raise ValueError(f"{path}: not a readable notebook ({error})") from error


def grade_id(cell: NotebookNode) -> str | None:
    """The id that nbgrader knows the cell by; None for a cell that nbgrader ignores."""
    found = cell.metadata.get("nbgrader", {}).get("grade_id")
    return str(found) if found else None


def is_test(cell: NotebookNode) -> bool:
    """True for an autograded cell."""
    flags = cell.metadata.get("nbgrader", {})
    return bool(flags.get("grade")) and not flags.get("solution")


def is_task(cell: NotebookNode) -> bool:
    """True for a question that a person marks."""
    return bool(cell.metadata.get("nbgrader", {}).get("task"))


def is_answer(cell: NotebookNode) -> bool:
    """True for a cell that students write in: code, an explanation, or who they are."""
    flags = cell.metadata.get("nbgrader", {})
    return bool(grade_id(cell)) and not (flags.get("locked") or flags.get("grade") or flags.get("task"))


def block_of(cell: NotebookNode) -> str:
    """The block of the module that a test is about; empty for none."""
    return str(cell.metadata.get("hw2", {}).get("block", ""))


def built_upon(cell: NotebookNode) -> list[str]:
    """The parts of the student's that stand below what a test is about, by name."""
    return [str(part) for part in cell.metadata.get("hw2", {}).get("built_upon", [])]


def sections(notebook: NotebookNode) -> list[str]:
    """For each cell of the notebook the title of the section it stands in: the last `## ` heading above it."""
    title, titles = "", []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for heading in re.findall(r"^## +(.+?)\s*$", cell.source, re.MULTILINE):
                title = heading
        titles.append(title)
    return titles


def checks(notebook: NotebookNode) -> list[Check]:
    """The graded cells of an instructor notebook, in order."""
    return [
        Check(
            id=str(grade_id(cell)),
            section=section,
            points=float(cell.metadata.nbgrader.points),
            sentence=_sentence(cell),
            by_hand=is_task(cell),
        )
        for cell, section in zip(notebook.cells, sections(notebook), strict=True)
        if is_test(cell) or is_task(cell)
    ]


def _sentence(cell: NotebookNode) -> str:
    """The first line of the cell without its comment or heading mark, and without the points that it ends with."""
    lines = [line for line in cell.source.splitlines() if line.strip()]
    return _POINTS.sub("", lines[0].lstrip("# ")).strip() if lines else ""
