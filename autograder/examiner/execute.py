"""Runs a submission's notebook and notes what each graded cell came to; nothing printed or shown counts."""

import hmac
import os
from typing import Any

from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import Execute
from traitlets import Integer, List, Unicode

from .. import assignment
from ..result import COULD_NOT_RUN, FAILED, PASSED, Result
from . import messages


class RunNotebook(Execute):
    """Executes every cell in a fresh kernel and leaves the results in resources["hw2"]."""

    secret = Unicode("hw2", help="The inputs of the tests are drawn from this, the student and the cell").tag(
        config=True
    )
    timeout = Integer(300, allow_none=True, help="Seconds after which a cell is stopped; costs no points").tag(
        config=True
    )
    extra_arguments = List(
        ["--log-level=50"], help="Arguments of the kernel; by default it reports nothing but its end"
    ).tag(config=True)
    data = Unicode("", help="The folder that holds mnist/").tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any], km: Any = None
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run the notebook; a notebook without tests needs no kernel."""
        self._dead = ""
        self._titles = assignment.sections(nb)
        student = resources["nbgrader"]["student"]
        self._seed = hmac.new(self.secret.encode(), student.encode(), "sha256").hexdigest()
        self._notes: dict[str, Any] = {"seed": self._seed, "results": [], "raised": {}}
        resources["hw2"] = self._notes
        if any(assignment.is_test(cell) for cell in nb.cells):
            super().preprocess(nb, resources, km)  # works in place
        return nb, resources

    def start_new_kernel(self, **kwargs: Any) -> None:
        """Start the kernel with the environment that marks are given in: one thread, seeded inputs."""
        env = dict(kwargs.pop("env", None) or os.environ)
        env.update(HW2_SEED=self._seed, OMP_NUM_THREADS="1", NBGRADER_EXECUTION="autograde", PYTHONHASHSEED="0")
        if self.data:
            env["HW2_DATA"] = self.data
        super().start_new_kernel(env=env, **kwargs)

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run one cell; when the kernel dies, what is left could not run."""
        if not self._dead:
            if cell.cell_type == "code":
                self._set_random_state(cell)
            try:
                super().preprocess_cell(cell, resources, index)  # works in place
                return cell, resources
            except DeadKernelError:
                self._dead = f"the kernel died in cell {assignment.grade_id(cell) or cell.id}"
        if assignment.is_test(cell):
            self._note(cell, index, COULD_NOT_RUN, self._dead)
        return cell, resources

    def _set_random_state(self, cell: NotebookNode) -> None:
        """Queue a silent request before the cell, so that the same submission draws the same numbers every time."""
        digest = hmac.new(self._seed.encode(), str(cell.id).encode(), "sha256").digest()
        number = int.from_bytes(digest[:4], "big")
        self.kc.execute(f"__import__('libs').reset_seed({number})", silent=True, store_history=False)

    def on_cell_executed(self, **kwargs: Any) -> None:
        """Note what the kernel itself says of the cell it ran."""
        cell, index, reply = kwargs["cell"], kwargs["cell_index"], kwargs["execute_reply"]["content"]
        if assignment.is_test(cell):
            self._judge(cell, index, reply)
        else:
            super().on_cell_executed(**kwargs)
            if reply["status"] == "error" and assignment.is_answer(cell) and reply["ename"] != messages.UNWRITTEN:
                self._notes["raised"].setdefault(self._titles[index], messages.error_of(reply))

    def _judge(self, cell: NotebookNode, index: int, reply: dict[str, Any]) -> None:
        if reply["status"] == "ok":
            self._note(cell, index, PASSED, "")
        elif reply["status"] == "error" and reply.get("ename") != messages.NO_TIME:
            self._note(cell, index, FAILED, messages.message_of(reply))
        else:
            self._note(cell, index, COULD_NOT_RUN, f"it was stopped after {self.timeout} s")

    def _note(self, cell: NotebookNode, index: int, state: str, message: str) -> None:
        """Keep the result, and show the message in place of whatever the cell put out."""
        result = Result(
            str(assignment.grade_id(cell)), self._titles[index], state, float(cell.metadata.nbgrader.points), message
        )
        self._notes["results"].append(result)
        cell.outputs = [new_output("stream", name="stdout", text=f"{state}: {message}\n")] if message else []
