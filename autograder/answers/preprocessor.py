"""First step of autograding: everything but the student's answers is replaced by the instructor's version."""

import os
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbformat.v4 import new_notebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool

from .. import assignment
from ..result import RECORDS
from .changes import module_changes, notebook_changes
from .digest import digest
from .module import lay_module
from .notebook import lay_notebook

TIMESTAMP = "timestamp.txt"


class SubmissionExporter(NotebookExporter):
    """Opens a submitted notebook without reading it; LayAnswers reads the bytes, whatever they are."""

    optimistic_validation = Bool(True)  # once after all preprocessors, not after each

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[str, dict[str, Any]]:
        """Give the preprocessors the path; only the grader's own output is parsed as a notebook."""
        resources = resources or {}
        if not self.parent._sanitizing:
            return super().from_filename(filename, resources, **kwargs)  # type: ignore[no-any-return]
        resources["metadata"] = {"name": Path(filename).stem, "path": os.path.dirname(filename)}
        resources["hw2_submitted"] = os.path.abspath(filename)
        return self.from_notebook_node(new_notebook(), resources=resources, **kwargs)  # type: ignore[no-any-return]


class LayAnswers(NbGraderPreprocessor):
    """Builds the notebook to be graded from source/ and the student's answer cells, and the module with it."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """The instructor's notebook with the student's answers; remarks go into its metadata."""
        names = resources["nbgrader"]
        coursedir = self.parent.parent.coursedir
        source = Path(coursedir.format_path("source", ".", names["assignment"]))
        target = Path(coursedir.format_path(coursedir.autograded_directory, names["student"], names["assignment"]))
        submitted = Path(resources["hw2_submitted"])
        target.mkdir(parents=True, exist_ok=True)
        if Path(self.parent.parent.notebooks[0]).stem == names["notebook"]:
            _only_ours(target, source)
        filename = f"{names['notebook']}.ipynb"
        laid, remarks = lay_notebook(assignment.read(source / filename), submitted.read_bytes(), filename)
        if names["notebook"] == assignment.MODULE_NOTEBOOK:
            remarks += _lay_module(source, submitted.parent, target)
        laid.metadata["hw2_remarks"] = remarks  # for SaveMarks, which sees the notebook after it has run
        _keep_changes(source, submitted, target / RECORDS, names["notebook"])
        laid.metadata["hw2_submission"] = digest(submitted.parent, names["notebook"])
        return laid, resources


def _keep_changes(source: Path, submitted: Path, records: Path, notebook: str) -> None:
    """What a submission that was not collected by us changed outside its answers, beside its records."""
    name = f"{notebook}.ipynb"
    text = notebook_changes(assignment.read(source / name), submitted.read_bytes(), name)
    module = submitted.parent / assignment.MODULE
    if notebook == assignment.MODULE_NOTEBOOK and module.is_file():
        given, data = (source / assignment.MODULE).read_text(encoding="utf-8"), module.read_bytes()
        if lay_module(given, data, assignment.MODULE)[0].encode() != data:  # else it was laid in when collected
            text += module_changes(given, data, assignment.MODULE)
    if text:
        records.mkdir(exist_ok=True)
        (records / f"{notebook}.diff").write_text(text, encoding="utf-8")


def _lay_module(source: Path, submitted: Path, target: Path) -> list[str]:
    instructor = (source / assignment.MODULE).read_text(encoding="utf-8")
    theirs = submitted / assignment.MODULE
    text, remarks = lay_module(instructor, theirs.read_bytes() if theirs.is_file() else None, assignment.MODULE)
    module = target / assignment.MODULE
    module.unlink(missing_ok=True)
    module.write_text(text, encoding="utf-8")
    return remarks


def _only_ours(target: Path, source: Path) -> None:
    """Remove what is not in source/: beside a notebook it could pass for a package of ours, or be served as a page."""
    for path in sorted(target.rglob("*"), reverse=True):
        ours = source / path.relative_to(target)
        if path.is_symlink() or path.is_file():
            if path.is_symlink() or not (ours.is_file() or path == target / TIMESTAMP):
                path.unlink()
        elif not ours.is_dir() and not any(path.iterdir()):
            path.rmdir()
