"""Puts the results of a notebook into the gradebook and beside the graded notebook."""

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import SaveAutoGrades
from traitlets import Enum

from .. import assignment
from ..answers.identity import read_identity
from ..policy.rerun import zero_sections_that_raise
from ..result import COULD_NOT_RUN, RECORDS, Record, Result, write_record
from .run import Findings
from .shown import show_results

UNSANDBOXED = "graded without a sandbox: look at the code before you trust these marks"


class SaveMarks(SaveAutoGrades):
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
        self._points = {result.id: result.points for result in results}
        nb, resources = super().preprocess(nb, resources)
        names = resources["nbgrader"]
        who = names["student"], names["notebook"]
        record = Record(*who, notes["seed"], results, remarks, read_identity(nb), notes["sandboxed"], submission)
        coursedir = self.parent.parent.coursedir
        folder = coursedir.format_path(coursedir.autograded_directory, names["student"], names["assignment"])
        write_record(record, Path(folder) / RECORDS)
        return nb, resources

    def _add_score(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        """The points on record; a mark that a person gave stays, and is shown for review."""
        grade = self.gradebook.find_grade(
            cell.metadata["nbgrader"]["grade_id"], self.notebook_id, self.assignment_id, self.student_id
        )
        if grade.max_score != cell.metadata["nbgrader"]["points"]:
            raise RuntimeError("gradebook.db and source/ disagree on points; run make release, then grade again")
        grade.auto_score = self._points[cell.metadata["nbgrader"]["grade_id"]]
        grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
        self.gradebook.db.commit()
