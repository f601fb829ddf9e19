"""Puts the results of a notebook into the gradebook and beside the graded notebook."""

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import compute_checksum, is_solution
from traitlets import Enum

from .. import assignment
from ..answers.identity import read_identity
from ..answers.rests import PAGES, answers_of
from ..gradebook import connect
from ..marks import Marks, enter, points_of
from ..policy.rerun import zero_sections_that_raise
from ..result import COULD_NOT_RUN, RECORDS, Record, Result, write_record
from .findings import Findings
from .shown import show_results

UNSANDBOXED = "graded without a sandbox: look at the code before you trust these marks"


class SaveMarks(NbGraderPreprocessor):
    """A cell's marks come only from the record of its run; a missing result is could-not-run, never zero or full."""

    rerun_rule = Enum(
        ("zero", "remark"), "zero", help="A section whose code raises: zero points for it, or a remark only"
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Save marks, then the record that explains them."""
        notes = resources["hw2"]
        findings: Findings = notes["findings"]
        run = {result.id: result for result in findings.results}
        results = [
            run.get(check.id, Result(check.id, check.section, COULD_NOT_RUN, check.points, "it was not run"))
            for check in assignment.checks(nb)
            if not check.by_hand
        ]
        submission = str(nb.metadata.pop("hw2_submission", ""))
        remarks = list(nb.metadata.pop("hw2_remarks", []))
        remarks += findings.remarks
        remarks += zero_sections_that_raise(results, findings.raised, only_remark=self.rerun_rule == "remark")
        remarks += [] if notes["sandboxed"] else [UNSANDBOXED]
        remarks += [f"{r.id} could not run: {r.message}" for r in results if r.points is None]
        show_results(nb, results, findings.blocks)
        names = resources["nbgrader"]
        scores = {result.id: result.points for result in results}
        held = frozenset(result.id for result in results if result.held and result.points)
        self._enter(Marks(scores, _comments(nb), answers_of(nb), held), nb, names)
        nb.metadata.pop(PAGES, None)
        identity, unread = read_identity(nb)
        who = names["student"], names["notebook"]
        record = Record(*who, notes["seed"], results, remarks + unread, identity, notes["sandboxed"], submission)
        coursedir = self.parent.parent.coursedir
        folder = coursedir.format_path(coursedir.autograded_directory, names["student"], names["assignment"])
        write_record(record, Path(folder) / RECORDS)
        return nb, resources

    def _enter(self, marks: Marks, nb: NotebookNode, names: dict[str, str]) -> None:
        """All marks of the notebook at once; a mark that a person gave stays, and is shown for review."""
        points = {check.id: check.points for check in assignment.checks(nb) if not check.by_hand}
        with connect(names["db_url"]) as gradebook:
            if points_of(gradebook, names["notebook"]) != points:
                raise RuntimeError("gradebook.db and source/ disagree on points; run make release, then grade again")
            enter(gradebook, names["notebook"], names["student"], marks)
            gradebook.db.commit()


def _comments(nb: NotebookNode) -> dict[str, str | None]:
    """nbgrader's own comment on an answer that is still as it was handed out."""
    return {
        str(assignment.grade_id(cell)): "No response." if _untouched(cell) else None
        for cell in nb.cells
        if is_solution(cell) or assignment.is_task(cell)
    }


def _untouched(cell: NotebookNode) -> bool:
    return not assignment.is_task(cell) and cell.metadata.nbgrader.get("checksum") == compute_checksum(cell)
