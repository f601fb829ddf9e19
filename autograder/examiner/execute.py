"""nbgrader's step that runs a notebook: test cells in the examiner, everything else in the student's process."""

import hmac
import os
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Unicode

from .. import assignment
from ..sandbox.bubblewrap import missing
from ..sandbox.provisioner import ADDRESS
from ..sandbox.template import address_of_template
from ..secret import secret_of
from .blocks import Blocks
from .findings import Findings


class RunNotebook(NbGraderPreprocessor):
    """Runs every cell and leaves what was found in resources["hw2"]; nothing printed or shown counts."""

    secret = Unicode("", help="Hidden inputs are drawn from this; empty: from secret.txt").tag(config=True)
    kernel_name = Unicode("hw2-sandbox", help="The kernelspec of the student's process").tag(config=True)
    source = Unicode("", help="The folder source/hw2, whose libs the examiner uses").tag(config=True)
    data = Unicode("", help="The folder that holds mnist/").tag(config=True)
    unsandboxed = Bool(False, help="Run students' code without a sandbox, as you; every result is marked").tag(
        config=True
    )

    warm = Bool(True, help="Fork students' processes from one that has the packages loaded").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Run the notebook; one without tests needs no process."""
        seed = self.seed()
        findings = Findings()
        if any(assignment.is_test(cell) for cell in nb.cells):
            findings = self._run(nb, resources["nbgrader"]["notebook"], Path(resources["metadata"]["path"]), seed)
        resources["hw2"] = {"seed": seed, "findings": findings, "sandboxed": not self.unsandboxed}
        return nb, resources

    def drawn_from(self) -> str:
        """The secret of the course."""
        return secret_of(Path(self.config.CourseDirectory.get("root", ".")), self.secret)

    def seed(self) -> str:
        """What the tests' inputs are drawn from: the same exam for everyone."""
        return hmac.new(self.drawn_from().encode(), b"inputs", "sha256").hexdigest()

    def _run(self, nb: NotebookNode, name: str, folder: Path, seed: str) -> Findings:
        if not self.unsandboxed and missing():
            raise RuntimeError(f"{missing()} Or set c.RunNotebook.unsandboxed = True, which marks every result.")
        from .run import Run  # these two load torch, for which no other step need wait
        from .session import Session

        has_module = name == assignment.MODULE_NOTEBOOK
        session = Session(folder, self._for_students(), self.kernel_name)
        run = Run(nb, name, session, seed, self._blocks(folder) if has_module else None)
        try:
            return run.all_cells(Path(self.source), {**self._environment(), "HW2_SEED": seed})
        finally:
            session.close()

    def _blocks(self, folder: Path) -> Blocks:
        texts = [(place / assignment.MODULE).read_text(encoding="utf-8") for place in (Path(self.source), folder)]
        return Blocks(*texts)

    def _environment(self) -> dict[str, str]:
        """The environment that marks are given in: one thread, the small budget of training."""
        data = {"HW2_DATA": self.data} if self.data else {}
        return {"NBGRADER_EXECUTION": "autograde", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0", **data}

    def _for_students(self) -> dict[str, str]:
        """The same for the student's process, which does not know what the inputs are drawn from."""
        if self.unsandboxed:
            return {**self._environment(), "HW2_UNSANDBOXED": "1"}
        return {**self._environment(), ADDRESS: self.template()}

    def share_template(self) -> None:
        """Start the template here, for all processes that are started from here on."""
        os.environ[ADDRESS] = self.template()

    def template(self) -> str:
        """The address of the template that students' processes are forked from; empty for a cold start."""
        operators = Path(self.source) / "libs" / "torchvision_operators.py"
        return address_of_template(operators, self._environment()) if self.warm and not self.unsandboxed else ""
