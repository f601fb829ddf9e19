"""Runs one notebook by the grader's rules: the student's cells in their process, test cells in the examiner."""

import hmac
import re
from collections.abc import Sequence
from pathlib import Path

from nbformat import NotebookNode

from .. import assignment
from ..answers.cell_code import as_python
from ..answers.newer_python import with_python
from ..policy.by_hand import fail_blocks, hold_blocks
from ..printed import printed
from ..result import COULD_NOT_RUN, FAILED, PASSED, Result
from . import messages
from .asks import Asks
from .blame import Blame
from .blocks import Blocks
from .bridge import libs_for
from .channel import Channel, Gone
from .examiner import Examiner, Verdict
from .findings import SILENT, Findings
from .given import names_made, names_read
from .kernel_io import Outcome
from .looked import stands_out
from .ours import ours
from .parts import Parts
from .session import BY_ITSELF, SETTLING, CannotStart, Session

OF_SYNTAX = ("SyntaxError", "IndentationError", "TabError")
OF_THE_ENVIRONMENT = (*OF_SYNTAX, "ImportError", "ModuleNotFoundError")  # what a test that misses a name should tell
_MISSING = re.compile(r"name '(\w+)' is not defined")
_MADE = re.compile(r"^(?:(?:async )?def |class )?(\w+)(?= *[=(:\[])", re.MULTILINE)
LONGEST_SETTLING = 20.0  # seconds in which something left behind must end the process to be found
CELL_SECONDS, TEST_SECONDS = 240.0, 60.0  # of computing time, unless the cell's metadata say otherwise


class Run:
    """One notebook of one submission; outputs are put into its cells."""

    def __init__(self, notebook: NotebookNode, name: str, session: Session, seed: str, blocks: Blocks | None) -> None:
        """blocks: of the module, where the notebook has one; calls into it are then watched for autograd."""
        self._notebook, self._name = notebook, name
        self._cells, self._session, self._seed, self._blocks = notebook.cells, session, seed, blocks
        self._titles = assignment.sections(notebook)
        self._blame = Blame(notebook, blocks)
        self._stopped: list[str] = []  # sources of answer cells that raised
        self._done: list[int] = []  # cells of the student's process, in the order they were run
        self._needed = needed_cells(notebook)
        self.findings = Findings(offences=session.offences, blocks=blocks)

    def all_cells(self, source: Path, environment: dict[str, str]) -> Findings:
        """Run every cell. source: the folder of the instructor's `libs`."""
        with libs_for(source, environment, lambda: self._session.channel) as libs:
            self._examiner = Examiner(libs.reset_seed, self._is_innocent)
            self._ours = ours(source, self._name)
            self._parts = Parts(self._notebook, source, self._name, self._ours)
            try:
                self._session.start()
                for index, cell in enumerate(self._cells):
                    if cell.cell_type == "code":
                        (self._test if assignment.is_test(cell) else self._student_cell)(index, cell)
            except CannotStart as error:
                self._give_up(str(error))
        self._not_by_hand()
        return self.findings

    def _give_up(self, reason: str) -> None:
        """What has not been tested could not run; that is no fault of the student's."""
        self.findings.remarks.append(reason)
        tested = {result.id for result in self.findings.results}
        for index, cell in enumerate(self._cells):
            if assignment.is_test(cell) and assignment.grade_id(cell) not in tested:
                self._note(index, cell, COULD_NOT_RUN, reason)

    def _note(self, index: int, cell: NotebookNode, state: str, message: str) -> None:
        points = float(cell.metadata.nbgrader.points)
        name = str(assignment.grade_id(cell))
        self.findings.results.append(Result(name, self._titles[index], state, points, message))

    def _not_by_hand(self) -> None:
        """Fail the tests of blocks that had their gradients or steps made for them; hold those of doubtful ones."""
        if self._blocks is None:
            return
        offences = self.findings.offences
        found = [(what, self._blocks.of_frames(frames)) for what, frames in offences if what != SILENT]
        about = {str(assignment.grade_id(cell)): assignment.block_of(cell) for cell in self._cells}
        self.findings.remarks += fail_blocks(self.findings.results, about, [pair for pair in found if pair[1]])
        doubtful = stands_out(self._blocks, self._cells, offences)
        self.findings.remarks += hold_blocks(self.findings.results, about, doubtful)

    def _student_cell(self, index: int, cell: NotebookNode) -> None:
        outcome = self._run(index, cell)
        cell.outputs, cell.execution_count = outcome.outputs, len(self._done) + 1
        if outcome.ended:
            text = f"This cell did not come to its end: {outcome.ended}.\n"
            cell.outputs = [*cell.outputs, printed(text, "stderr")]
        else:
            self._done.append(index)
        self._judge(index, cell, outcome)
        if not assignment.is_answer(cell):
            self._examiner.given.take(cell.source, str(assignment.grade_id(cell) or cell.id))

    def _run(self, index: int, cell: NotebookNode) -> Outcome:
        """Run a cell of the student's process, again where it was ended by what an earlier one had left behind."""
        self._revive()
        outcome = self._in_session(cell)
        while outcome.ended == BY_ITSELF and self._ended_by_an_earlier_cell():
            outcome = self._in_session(cell)
        return outcome

    def _in_session(self, cell: NotebookNode) -> Outcome:
        return self._session.run(cell.source, _seconds(cell, CELL_SECONDS), self._random_state(cell))

    def _judge(self, index: int, cell: NotebookNode, outcome: Outcome) -> None:
        """Note what a cell that did not run through means for its section."""
        if outcome.error and outcome.error[0] == messages.UNWRITTEN:
            return
        asked = BY_ITSELF if outcome.exits and assignment.is_answer(cell) else ""
        what = _said(outcome.error, cell.source) if outcome.error else outcome.ended or asked
        if not what:
            return
        if outcome.error and outcome.error[0] in OF_THE_ENVIRONMENT:
            self._examiner.unmade.update(dict.fromkeys(_MADE.findall(cell.source), what))
        if outcome.error and assignment.is_answer(cell):
            self._stopped.append(cell.source)
        if outcome.ended and not assignment.is_answer(cell):
            self.findings.remarks.append(f"given cell {assignment.grade_id(cell)} does not run through: {what}")
        if not self._is_of_an_earlier_part(index, cell, outcome):
            self.findings.raised.setdefault(self._titles[index], what)

    def _is_of_an_earlier_part(self, index: int, cell: NotebookNode, outcome: Outcome) -> bool:
        """What an earlier part brings about is that part's, and is judged there."""
        if not assignment.is_answer(cell):
            return bool(outcome.ended) or self._blame.section_of(self._trace()) != self._titles[index]
        if not outcome.error:
            return False
        name, text = outcome.error
        missing = _MISSING.match(text) if name == "NameError" else None
        if missing:
            return self._parts.made.get(missing[1], self._titles[index]) != self._titles[index]
        return self._blame.section_of(self._trace()) not in ("", self._titles[index])

    def _trace(self) -> list[tuple[str, str, int]]:
        try:
            trace = self._session.channel.trace()
            self._session.channel.end()
        except Gone:
            return []
        return trace

    def _test(self, index: int, cell: NotebookNode) -> None:
        """On the student's own parts; where it fails and parts below have failed, once more on ours in their place."""
        state, message = self._examine(cell)
        below = self._parts.failed_below(str(assignment.grade_id(cell)), self.findings.results)
        if state == FAILED and below and self._examine(cell, below)[0] == PASSED:
            state, message = PASSED, messages.passed_with_ours(below)
        self._note(index, cell, state, message)

    def _examine(self, cell: NotebookNode, parts: Sequence[str] = ()) -> Verdict:
        """The verdict on a test cell, with these parts of ours in the place of the student's."""
        random_state = self._random_state(cell)
        verdict = self._examiner.examine(
            cell.source,
            str(assignment.grade_id(cell)),
            lambda: self._ready(_seconds(cell, TEST_SECONDS)),
            random_state,
            (lambda: Asks(self._ours, parts, random_state, self._stopped)) if parts else None,
        )
        self._session.settle()
        return verdict

    def _ready(self, seconds: float) -> Channel:
        """The channel to a living process with this much computing time."""
        self._revive()
        self._session.channel.watched = self._blocks is not None
        self._session.allow(seconds)
        return self._session.channel

    def _revive(self, settling: float = 0.0) -> bool:
        """Start a process that has died again, and run the cells again that made the names it had.

        settling: seconds that each of them must survive. One that does not, or ends the process, is not run again, and
        its section is charged. Returns whether there was one.
        """
        before = len(self._done)
        while self._session.ended():
            self._session.close()
            self._session.start()
            for index in [index for index in self._done if index in self._needed]:
                outcome = self._in_session(self._cells[index])
                if outcome.ended or (settling and not self._session.outlives(settling)):
                    self._done.remove(index)
                    if outcome.ended in ("", BY_ITSELF):  # what was ended from outside has gone well before
                        self._judge(index, self._cells[index], Outcome(ended=BY_ITSELF))
                    break
        return len(self._done) < before

    def _ended_by_an_earlier_cell(self) -> bool:
        """Look for a cell that ends the process some time after it has come to its end; start the process again.

        It is idle with the cells run again for as long as it lived, and when it ends then, each of them is waited for.
        """
        idle = min(max(self._session.age(), SETTLING), LONGEST_SETTLING)
        if self._revive():
            return True
        return not self._session.outlives(idle) and self._revive(idle)

    def _is_innocent(self, reason: str) -> bool:
        """Whether a call that did not come back was ended by what a cell had left behind."""
        return reason == BY_ITSELF and self._ended_by_an_earlier_cell()

    def _random_state(self, cell: NotebookNode) -> int:
        digest = hmac.new(self._seed.encode(), str(cell.id).encode(), "sha256").digest()
        return int.from_bytes(digest[:4], "big")


def _said(error: tuple[str, str], source: str) -> str:
    """What a cell stopped with; code of a newer Python is said to be that."""
    name, text = error
    return messages.error_of(name, with_python(text, as_python(source)) if name in OF_SYNTAX else text)


def _seconds(cell: NotebookNode, default: float) -> float:
    return float(cell.metadata.get("hw2", {}).get("seconds", default))


def needed_cells(notebook: NotebookNode) -> set[int]:
    """The cells that make the names of tests: the answers, and some of the given cells."""
    code = [(i, cell) for i, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    read = {name for _, cell in code if assignment.is_test(cell) for name in names_read(cell.source)}
    return {
        i
        for i, cell in code
        if assignment.is_answer(cell)
        or (not assignment.is_test(cell) and ("import " in cell.source or names_made(cell.source) & read))
    }
