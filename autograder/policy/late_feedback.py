"""Step of nbgrader's feedback: the late rule worked out for the student, for the page to show."""

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from .late_lines import late_lines
from .late_plugin import penalty
from .term import read_term, sent_of

LINES, LEFT = "hw2_late", "hw2_left"  # in the resources


class TellLateness(NbGraderPreprocessor):
    """Leaves the lines in the resources; the notebook stays as it is."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Read the ledger as it is now, so that a corrected time or a new extension shows."""
        names = resources["nbgrader"]
        root = Path(self.parent.parent.coursedir.root)
        with Gradebook(names["db_url"]) as gradebook:
            submission = gradebook.find_submission(names["assignment"], names["student"])
            term = read_term(root, gradebook)
            entries = term.ledger_of(names["student"], sent_of(submission, term.course))
            score = float(
                gradebook.find_submission_notebook(names["notebook"], names["assignment"], names["student"]).score
            )
        lines = late_lines(entries, names["assignment"], term.course)
        cost = next(entry.late.cost for entry in entries if entry.sent.assignment == names["assignment"])
        off = penalty(score, cost)
        if cost:
            lines.append(f"This notebook: {score:g} points, less {off:g}, leaves {score - off:g}.")
        resources[LINES], resources[LEFT] = lines, score - off
        return nb, resources
