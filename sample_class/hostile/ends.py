"""Section E of the threats: ends at any time, sleep, folders and sockets in the way, formulas that cover a page."""

from ..edits import Edit
from ..solved import Work
from .edits import above, into_function
from .submission import EMBED_LABEL, FF_LOSS, GOODNESS, SUPERVISED, WRONG_LABELS, Hostile

ENDS, SLEEPS, LEAVES, COVERS = "E ends", "E sleeps", "E leaves", "E covers"
_FOUR = tuple(f"{SUPERVISED}/{id}" for id in ("embed_label", "wrong_labels", "goodness", "ff_loss"))
_SECTION_C = (GOODNESS, FF_LOSS)
_NAPS = """
import time
end = time.process_time() + 60
while time.process_time() < end:
    now = time.process_time()
    while time.process_time() < now + 0.015:
        pass
    time.sleep(0.085)
"""
_DEEP = """
import os
here = os.getcwd()
for _ in range(3000):
    os.mkdir("x")
    os.chdir("x")
os.chdir(here)
os.makedirs("locked/below")
os.chmod("locked/below", 0)
os.chmod("locked", 0)
"""
_SOCKETS = """
import os
folder = os.path.dirname(os.environ["HW2_CHANNEL"])
for name in [*os.listdir(folder), "k-1", "k-2", "calls"]:
    try:
        os.rename(os.path.join(folder, name), os.path.join(folder, name + "-old"))
    except OSError:
        pass
    try:
        os.symlink("/run/docker.sock", os.path.join(folder, name))
    except OSError:
        pass
if os.path.lexists(os.path.join(folder, "k-1")):
    raise SystemExit("a socket was put there")
"""
_FORMULAS = r"""$\smash{\raise900px{\rule{900px}{900px}}}$ $\gdef\frac{\color{white}}$ $\llap{\Huge 10 of 10}$

The loss is smooth: $\frac{\partial L}{\partial g} = \sigma(g)$."""


def _last(id: str, code: str) -> Edit:
    """Code at the end of an answer cell."""

    def edit(work: Work) -> None:
        work.cell(SUPERVISED, id).source += "\n\n" + code

    return edit


def _answer(text: str) -> Edit:
    def edit(work: Work) -> None:
        work.cell(SUPERVISED, "why_this_loss_answer").source = text

    return edit


def _in_section_b(number: int, situation: str, code: str) -> Hostile:
    """The last cell of section (b) ends its process, at once or later: (b) is lost, (c) keeps what it earns."""
    remark = "section '(b) Making the data' raises"
    edits = (_last("wrong_labels", code),)
    return Hostile(f"4029400{number:02d}", situation, ENDS, edits, _FOUR, _SECTION_C, remark)


def _fine(number: int, threat: str, situation: str, *edits: Edit) -> Hostile:
    earns = (EMBED_LABEL, WRONG_LABELS, *_SECTION_C)
    return Hostile(f"4029400{number:02d}", situation, threat, edits, _FOUR, earns)


ENDS_AND_LEFTOVERS = (
    _in_section_b(1, "exit() at the end of an answer cell", "exit()"),
    _in_section_b(2, "quit() in the middle of an answer cell", "if True:\n    quit()\nlater = 1"),
    _in_section_b(3, "its process killed at the end of an answer cell", "import os\nos.kill(os.getpid(), 9)"),
    _in_section_b(4, "a thread that ends the process half a second after its cell",
                  "import os, threading\nthreading.Timer(0.5, os._exit, (0,)).start()"),
    _in_section_b(5, "a child that kills the process half a second after its cell",
                  "import os, subprocess\nsubprocess.Popen(['sh', '-c', f'sleep 0.5; kill -9 {os.getpid()}'])"),
    _fine(6, ENDS, "an alarm that would end the process a second later", _last("wrong_labels",
          "import signal\nsignal.alarm(1)")),
    Hostile("402940010", "computes for 15 % and sleeps for 85 % of its time", SLEEPS,
            (into_function("goodness", _NAPS),), _FOUR, (EMBED_LABEL, WRONG_LABELS, FF_LOSS)),
    _fine(20, LEAVES, "3,000 folders one in another, and locked ones", above(_DEEP)),
    _fine(21, LEAVES, "links in the place of the sockets", above(_SOCKETS)),
    _fine(30, COVERS, "formulas that cover the page and change those of others", _answer(_FORMULAS)),
)  # fmt: skip
