"""Shows a student's pages beside each written question, where formgrader has its marking scheme and its points."""

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from nbgrader.preprocessors import NbGraderPreprocessor

from .. import assignment
from ..answers.rests import PAGES as DIGESTS
from ..answers.rests import page_digests
from ..result import RECORDS
from ..stubs import TEXT_STUB
from .called import CALLED
from .draw import Page, draw, remarks
from .panel import PAGES, STYLE, nothing, panel
from .said import pages_said
from .unread import became, listed, not_read, told

SHOWN = "hw2-pages"  # tag of a cell that is the marker's, not the student's


class ShowPages(NbGraderPreprocessor):
    """Adds the pages to theory.ipynb, and a remark for each that cannot be read."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """The notebook with a cell of pages after each question."""
        names, coursedir = resources["nbgrader"], self.parent.parent.coursedir
        if names["notebook"] != assignment.WRITTEN:
            return nb, resources
        submitted, graded, source = (
            Path(coursedir.format_path(step, student, names["assignment"]))
            for step, student in (
                (coursedir.submitted_directory, names["student"]),
                (coursedir.autograded_directory, names["student"]),
                (coursedir.source_directory, "."),
            )
        )
        pages = draw(submitted / assignment.WRITTEN_PAGES, graded / RECORDS / PAGES, source / "libs")
        nb.metadata["hw2_remarks"] = [*nb.metadata.get("hw2_remarks", []), *remarks(pages)]
        nb.metadata[DIGESTS] = _digests(pages, graded / RECORDS / PAGES, submitted / assignment.WRITTEN_PAGES)
        nb.cells = _with_pages(nb.cells, pages, not_read(submitted))
        return nb, resources


class HidePages(NbGraderPreprocessor):
    """Takes the pages out of the feedback, for the student has them, and says there what became of what they sent."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """The notebook without the marker's cells."""
        nb.cells = [cell for cell in nb.cells if SHOWN not in cell.metadata.get("tags", [])]
        names, coursedir = resources["nbgrader"], self.parent.parent.coursedir
        submitted, graded = (
            Path(coursedir.format_path(step, names["student"], names["assignment"]))
            for step in (coursedir.submitted_directory, coursedir.autograded_directory)
        )
        lines = told(submitted, graded, names["notebook"])
        if lines:
            nb.cells.insert(0, new_markdown_cell(f"<h4>What was not read, or not counted</h4>\n{listed(lines)}"))
        if fates := became(submitted):
            nb.cells.append(new_markdown_cell(f"<h4>What became of each file that you sent</h4>\n{listed(fates)}"))
        return nb, resources


def _digests(pages: list[Page], drawn: Path, attachments: Path) -> dict[str, str]:
    """What each page looks like; files of which a page could not be drawn count as they are."""
    pictures = {page.number: drawn / page.picture for page in pages if page.picture}
    whole = all(page.picture for page in pages)
    names = [] if whole or not attachments.is_dir() else sorted(attachments.iterdir())
    others = [path for path in names if path.is_file() and not path.is_symlink() and path.name != CALLED]
    return page_digests(pictures, others)


def _with_pages(cells: list[NotebookNode], pages: list[Page], unread: list[str]) -> list[NotebookNode]:
    """The cells, with one of pages between each question and its answer; the first of them brings the style."""
    shown, style = [], STYLE
    for cell, answer in zip(cells, [*cells[1:], NotebookNode(source="")], strict=True):
        shown.append(cell)
        if assignment.is_task(cell) and (html := _beside(answer, pages, unread)):
            shown.append(new_markdown_cell(style + html, metadata={"tags": [SHOWN]}))
            shown[-1]["id"] = f"pages-{assignment.grade_id(cell)}"  # the same submission gives the same notebook
            style = ""
    return shown


def _beside(answer: NotebookNode, pages: list[Page], unread: list[str]) -> str:
    """What is shown beside a question: its pages, or that there is nothing to read; empty for an answer in its cell."""
    answered = answer.source.strip() not in ("", TEXT_STUB)
    if not pages:
        return "" if answered else nothing(unread)
    most = max(page.number for page in pages)
    return panel(pages, pages_said(answer.source, most) if answered else [], unread)
