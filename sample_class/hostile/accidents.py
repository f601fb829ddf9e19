"""Threat C, in code: honest work that chatters, dies, hangs or asks for a desktop; what is right earns its points."""

from ..edits import Edit, whole_block, whole_cell
from .edits import above, into_block, into_function
from .submission import EMBED_LABEL, FF_LOSS, GOODNESS, NETWORKS, SUPERVISED, UNSUPERVISED, WRONG_LABELS, Hostile

CHATTER, DIES, HANGS, FLOODS, DESKTOP = "C chatter", "C dies", "C hangs", "C floods", "C desktop"
_FOUR = tuple(f"{SUPERVISED}/{id}" for id in ("embed_label", "wrong_labels", "goodness", "ff_loss"))
_ALL_FOUR = (EMBED_LABEL, WRONG_LABELS, GOODNESS, FF_LOSS)
_BUT_GOODNESS = (EMBED_LABEL, WRONG_LABELS, FF_LOSS)
TQDM = "from time import sleep\nfor _ in tqdm(range(3), desc='rows'):\n    sleep(0.001)"
THREAD = "from threading import Thread\nworker = Thread(target=lambda: 1 / 0)\nworker.start()\nworker.join()"
NEVER_ENDS = """
import threading, time

for _ in range(3):
    threading.Thread(target=lambda: [time.sleep(0.2) for _ in iter(int, 1)], daemon=False).start()
"""
DEADLOCK = "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()"
HOG = "hog = []\nwhile True:\n    hog.append(bytearray(2**26))"
PROMPTS = "name = input('What is your name? ')\nimport getpass\nsecret = getpass.getpass()"
SHELL = "!pip install -q a-package-that-is-not-there\n%pip install another-one\n!ls\nfiles = !ls"
FORK_BOMB = """
import os
while open("/proc/1/comm").read().strip() == "bwrap":  # never outside of a sandbox
    os.fork()
"""
DEEP = "def deeper(n):\n    return deeper(n + 1) + 1\ndeeper(0)"
SLOW = """
def goodness(h):
    total = torch.zeros(len(h))
    for row in range(len(h)):
        for column in range(h.shape[1]):
            for _ in range(40):  # slow, and right
                square = h[row, column] * h[row, column]
            total[row] = total[row] + square
    return total
"""
NAN = "def goodness(h):\n    return h.square().sum(dim=1) / 0 * 0"
GUI = "import matplotlib\nmatplotlib.use('TkAgg')\nimport matplotlib.pyplot as plt\n%gui qt\n%matplotlib inline"
CUDA = "device = 'cuda'\nmatrix = torch.zeros(2, 2).cuda()\nmatrix = torch.zeros(2, 2).to(device)"
SETTINGS = """
import logging, os, sys, tempfile, warnings
warnings.simplefilter("error")
torch.set_num_threads(2)
torch.set_printoptions(precision=2)
sys.setrecursionlimit(100_000)
logging.basicConfig(level=logging.DEBUG)
os.chdir(tempfile.gettempdir())
"""
CLOSED = """
import os, sys
sys.stdout.close()
sys.stderr.close()
for number in (0, 1, 2):
    os.close(number)
"""


def _fine(number: int, threat: str, situation: str, *edits: Edit) -> Hostile:
    """Four right answers; whatever else happens costs nothing."""
    return Hostile(f"4029300{number:02d}", situation, threat, edits, _FOUR, _ALL_FOUR)


def _in_goodness(number: int, threat: str, situation: str, code: str) -> Hostile:
    """Four right answers, of which one function does not come back."""
    return Hostile(f"4029300{number:02d}", situation, threat, (into_function("goodness", code),), _FOUR, _BUT_GOODNESS)


def _in_section(number: int, threat: str, situation: str, code: str) -> Hostile:
    """A cell of section (a) raises or ends its process when it is run; sections below keep what they earn."""
    remark = "section '(a) Loading the dataset' raises"
    solved = (*_FOUR, f"{SUPERVISED}/mnist_loaders")
    return Hostile(f"4029300{number:02d}", situation, threat, (_below(code),), solved, _ALL_FOUR, remark)


def _below(code: str) -> Edit:
    """Code at the end of the cell of section (a)."""

    def edit(work):
        work.cell(SUPERVISED, "mnist_loaders").source += "\n\n" + code.strip("\n")

    return edit


ACCIDENTS = (
    _fine(1, CHATTER, "a warning inside a tested function",
          into_function("goodness", "import warnings\nwarnings.warn('h is small')")),
    _fine(2, CHATTER, "a progress bar inside a tested function", into_function("goodness", TQDM)),
    _fine(3, CHATTER, "lines on stderr inside a tested function",
          into_function("embed_label", "import sys\nprint('labels', y.shape, file=sys.stderr)")),
    _fine(4, CHATTER, "an exception in a background thread", into_function("goodness", THREAD)),
    _fine(5, CHATTER, "threads that never end", above(NEVER_ENDS, id="embed_label")),
    _fine(6, CHATTER, "logging, warnings as errors and another folder, set at top level", above(SETTINGS)),
    _fine(7, CHATTER, "standard output is closed", above(CLOSED)),
    _fine(10, DIES, "exit() in a function, which IPython only notes for later", into_function("goodness", "exit()")),
    _in_goodness(11, DIES, "os._exit in a function", "import os\nos._exit(0)"),
    _in_goodness(12, DIES, "a segmentation fault in a function", "import ctypes\nctypes.string_at(0)"),
    _in_goodness(13, DIES, "a tensor of 100 GB in a function", "table = torch.ones(25, 10**9)"),
    _in_goodness(14, DIES, "memory taken until there is none", HOG),
    _in_goodness(15, DIES, "recursion without an end", DEEP),
    _in_goodness(16, DIES, "a fork bomb in a function", FORK_BOMB),
    _in_goodness(17, DIES, "KeyboardInterrupt in a function", "raise KeyboardInterrupt"),
    _in_section(18, DIES, "SystemExit at top level", "import sys\nsys.exit('done')"),
    _in_section(19, DIES, "os._exit at top level", "import os\nos._exit(1)"),
    _in_section(20, DIES, "google.colab is imported at top level",
                "from google.colab import drive\ndrive.mount('/content/drive')"),
    _in_goodness(30, HANGS, "an endless loop in a function", "while True:\n    pass"),
    _in_goodness(31, HANGS, "sleep without an end in a function", "import time\ntime.sleep(10**9)"),
    _in_goodness(32, HANGS, "a deadlock in a function", DEADLOCK),
    _in_section(33, HANGS, "an endless loop at top level", "while True:\n    pass"),
    Hostile("402930034", "slow code that is right", HANGS, (whole_cell(SUPERVISED, "goodness", SLOW),),
            _FOUR, _ALL_FOUR),
    Hostile(
        "402930035", "an endless loop in a block of the module", HANGS,
        (into_block("relu_backward", "while True:\n    pass"),),
        ("relu_forward", "relu_backward", "sgd_momentum"),
        (f"{NETWORKS}/relu_forward_value", f"{NETWORKS}/sgd_momentum_*"), alone=NETWORKS,
    ),
    _in_goodness(40, FLOODS, "print without an end in a function", "while True:\n    print('x' * 1000)"),
    _in_section(41, FLOODS, "print without an end at top level", "while True:\n    print('x' * 1000)"),
    _fine(42, FLOODS, "one line of 50 MB", above("print('x' * 50_000_000)")),
    _fine(43, FLOODS, "2,000 figures and pictures",
          above("from IPython.display import display, HTML\nfor _ in range(2000):\n    display(HTML('<b>' * 2000))")),
    _fine(50, DESKTOP, ".cuda() at top level", above(CUDA, id="embed_label")),
    _fine(51, DESKTOP, "input() and getpass() at top level", above(PROMPTS, id="embed_label")),
    _fine(52, DESKTOP, "%reset -f at top level", above("%reset -f", id="goodness")),
    _fine(53, DESKTOP, "!pip install and %pip at top level", above(SHELL)),
    Hostile(
        "402930054", "a %%bash cell where an answer should be", DESKTOP,
        (whole_cell(SUPERVISED, "mnist_loaders", "%%bash\nls\npip install torch"),), _FOUR, _ALL_FOUR,
    ),
    _fine(55, DESKTOP, "a GUI back end of matplotlib", above(GUI)),
    Hostile("402930060", "a function that returns nan", "C values",
            (whole_cell(SUPERVISED, "goodness", NAN),), _FOUR, _BUT_GOODNESS),
    Hostile(
        "402930061", "a block that changes w in place and returns float64", "C values",
        (whole_block("sgd_momentum", """
         config.setdefault("learning_rate", 1e-2)
         config.setdefault("momentum", 0.9)
         config.setdefault("velocity", torch.zeros_like(w, dtype=torch.float64))
         config["velocity"] = config["momentum"] * config["velocity"].double() - config["learning_rate"] * dw
         w += config["velocity"]
         next_w = w.double()
         """),), ("sgd_momentum",), (f"{NETWORKS}/sgd_momentum_*",), alone=NETWORKS,
    ),
    Hostile(
        "402930062", "results that are views, transposed and of float64", "C values",
        (whole_cell(UNSUPERVISED, "make_hybrid", """
         def make_hybrid(x1, x2, mask):
             return (mask * x1 + (1 - mask) * x2).double().mT.contiguous().mT
         """),), (), (f"{UNSUPERVISED}/make_hybrid*",), alone=UNSUPERVISED,
    ),
)  # fmt: skip
