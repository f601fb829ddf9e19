"""Threat B, files in the upload: what the grader, or a person, is to load, run or read."""

import importlib.util
import json
import marshal
import pickle
from typing import Any

from autograder import assignment

from ..course import ROOT
from ..edits import Edit
from ..solved import Work
from .edits import attack, file
from .names import EVIDENCE
from .submission import EMBED_LABEL, GOODNESS, NETWORKS, SUPERVISED, Hostile

SHADOWS, PICKLES, SCRIPTS = "B shadows", "B pickles", "B scripts"
_EMBED = (f"{SUPERVISED}/embed_label",)
_NOTE = "open('evidence.txt', 'a').write('{evidence}[{what}]\\n')\n"


def _note(what: str) -> str:
    """A line that writes evidence beside the notebook."""
    return _NOTE.format(evidence=EVIDENCE, what=what)


class _Runs:
    """Runs code when it is unpickled."""

    def __init__(self, code: str) -> None:
        self.code = code

    def __reduce__(self) -> tuple[Any, ...]:
        return exec, (self.code,)


LAUNCHER = (
    _note("its own file started the kernel")
    + "import os, runpy, sys\n"
    + "sys.path[:] = [place for place in sys.path if os.path.realpath(place or '.') != os.getcwd()]\n"
    + "runpy.run_module('ipykernel_launcher', run_name='__main__', alter_sys=True)\n"
)
PICKLE = pickle.dumps(_Runs(_note("a pickle of its own was loaded")))


def _stale_pyc(work: Work) -> None:
    """A compiled module, marked as not to be checked, that says other things than the .py beside it."""
    text = Work(ROOT).module
    code = marshal.dumps(compile(str(text), assignment.MODULE, "exec"))
    head = importlib.util.MAGIC_NUMBER + (0b01).to_bytes(4, "little") + bytes(8)
    for folder in ("", "__pycache__/"):
        tag = ".cpython-311" if folder else ""
        work.raw[f"{folder}{assignment.MODULE_NOTEBOOK}{tag}.pyc"] = head + code


def _package(work: Work) -> None:
    """A package of the module's name, which python finds before the module."""
    work.raw[f"{assignment.MODULE_NOTEBOOK}/__init__.py"] = str(Work(ROOT).module).encode()


def _forged_records(work: Work) -> None:
    """Result records that claim full marks, in the grader's own form."""
    for name in assignment.PRACTICALS:
        results = [
            {"id": check.id, "section": check.section, "state": "passed", "max_points": check.points, "message": ""}
            for check in assignment.checks(assignment.read(work.release / f"{name}.ipynb"))
        ]
        record = {"student": "402920109", "notebook": name, "seed": "", "results": results}
        work.raw[f"results/{name}.json"] = json.dumps(record).encode()


def _metadata(work: Work) -> None:
    """Remarks, a pickle and marks in the metadata of the notebook."""
    notebook = work.notebooks[SUPERVISED]
    notebook.metadata["hw2_remarks"] = ["full marks, agreed with the instructor"]
    notebook.metadata["pickle"] = PICKLE.hex()
    for cell in notebook.cells:
        cell.metadata["hw2"] = {"block": "relu_forward", "seconds": 1e9}
        cell.metadata["hw2_result"] = "passed"


def _in_markdown(text: str) -> Edit:
    """A markdown answer."""

    def edit(work: Work) -> None:
        work.cell(SUPERVISED, "why_this_loss_answer").source = f"The loss is smooth.\n\n{text}"

    return edit


def _files(number: int, threat: str, situation: str, *edits: Edit) -> Hostile:
    return Hostile(f"4029201{number:02d}", situation, threat, edits, _EMBED, (EMBED_LABEL,))


def _instead_of_the_module(number: int, situation: str, edit: Edit) -> Hostile:
    """The .py is the hand-out but for ReLU.forward; the solution stands in a file beside it that nobody reads."""
    earns = (f"{NETWORKS}/relu_forward_value",)
    return Hostile(f"4029201{number:02d}", situation, SHADOWS, (edit,), ("relu_forward",), earns, alone=NETWORKS)


def _shown(number: int, situation: str, code: str) -> Hostile:
    edits = (attack("from IPython.display import HTML, SVG, Javascript, display\n" + code, id="goodness"),)
    solved = (*_EMBED, f"{SUPERVISED}/goodness")
    return Hostile(f"4029201{number:02d}", situation, SCRIPTS, edits, solved, (EMBED_LABEL, GOODNESS))


REACHING_WITH_FILES = (
    _files(1, SHADOWS, "numpy.py beside the notebook", file("numpy.py", _note("its numpy.py was imported"))),
    _files(2, SHADOWS, "a package torch beside the notebook",
           file("torch/__init__.py", _note("its package torch was imported"))),
    _files(3, SHADOWS, "sitecustomize.py and usercustomize.py beside the notebook",
           *(file(f"{name}.py", _note(f"its {name}.py was imported")) for name in ("sitecustomize", "usercustomize"))),
    _files(4, SHADOWS, "ipykernel_launcher.py beside the notebook", file("ipykernel_launcher.py", LAUNCHER)),
    _files(5, SHADOWS, "a libs package of its own, in which every check passes",
           file("libs/checks.py", _note("its libs were imported") + "expect = require = lambda *a, **o: None\n")),
    _instead_of_the_module(6, "a compiled module that is not the .py beside it", _stale_pyc),
    _instead_of_the_module(7, "a package of the module's name", _package),
    _files(8, PICKLES, "a saved model whose loading runs code",
           file("best_model.pth", PICKLE), file("results.pkl", PICKLE)),
    _files(9, PICKLES, "result records that claim full marks", _forged_records),
    _files(10, PICKLES, "remarks, marks and a pickle in the metadata of the notebook", _metadata),
    _files(11, SHADOWS, "a configuration of nbgrader beside the notebook",
           file("nbgrader_config.py", _note("its nbgrader_config.py was loaded")),
           file("jupyter_config.py", _note("its jupyter_config.py was loaded"))),
    _files(12, SCRIPTS, "a script in a markdown answer",
           _in_markdown("<script>var hw2Evidence = 1</script> <img src=x onerror='var hw2Evidence = 1'>")),
    _files(13, SCRIPTS, "a link in a markdown answer that runs code",
           _in_markdown("[my source](javascript:hw2Evidence) <a href='javascript:hw2Evidence'>here</a>")),
    _shown(14, "a script in an HTML output", 'display(HTML("<script>var hw2Evidence = 1</script>"))'),
    _shown(15, "a script in an SVG output",
           "display(SVG(\"<svg xmlns='http://www.w3.org/2000/svg'><script>var hw2Evidence = 1</script></svg>\"))"),
    _shown(16, "a Javascript output", 'display(Javascript("var hw2Evidence = 1"))'),
)  # fmt: skip
