"""Answer cells as students really send them: magics, missing packages, another Python, code too deep to be read."""

import pytest
from mini import answer, findings_of, given, graded, heading

from autograder.answers.carried import needed, pieces
from autograder.answers.newer_python import with_python

DEEP = "+".join(["1"] * 6000)
MAGICS = """
%matplotlib widget
%load_ext tensorboard
%load_ext autoreload
%autoreload 2
%pip install x
%tensorboard --logdir runs
%no_such_magic at all
files = !ls
?len
if True:
    %matplotlib notebook

def magics():
    return len(files) + 1

%time at_once = magics()
"""
IMPORTS = """
import pandas
import seaborn as sns
from torchviz import make_dot
import torch.nope
from torch.utils.data import DataLoader, Nope
try:
    import cupy as xp
except ImportError:
    xp = torch

def imports():
    return xp.ones(9).sum().item() if DataLoader else 0

def plotted():
    return sns.heatmap([])
"""
LINE_ENDS = "def ends():\n    return 'a\u2028b\x0cc\x85'  # \u2029 x\x0b !ls"
CELLS = [
    heading("start"), given("setup", "import torch"),
    heading("magics"), answer("m", MAGICS), graded("magics", "assert magics() == at_once"),
    heading("cell magic"), answer("c", "%%time\ndef timed():\n    return 1"), graded("cell", "assert timed()"),
    heading("unknown"), answer("u", "%%memit\ndef measured():\n    return 1"), graded("unknown", "assert measured()"),
    heading("imports"), answer("i", IMPORTS), graded("imports", "assert imports() == 9"), graded("plot", "plotted()"),
    heading("use"), answer("e", "import seaborn\nseaborn.set_theme()\ndef used():\n    pass"), graded("use", "used()"),
    heading("newer"), answer("n", 'd = {"a": 1}\ndef newer():\n    return f"{d["a"]}"'), graded("newer", "newer()"),
    heading("sum"), answer("s", f"def total():\n    return {DEEP}"), graded("sum", "total()"),
    heading("minus"), answer("d", f"def minus():\n    return {'-' * 20000}1"), graded("minus", "minus()"),
    heading("lists"), answer("l", f"def lists():\n    return {'[' * 3000}{']' * 3000}"), graded("lists", "lists()"),
    heading("lines"), answer("v", LINE_ENDS), graded("ends", "assert ends()"),
    heading("last"), answer("z", "def last():\n    return 1"), graded("last", "assert last()"),
]  # fmt: skip


@pytest.fixture(scope="module")
def found(root, tmp_path_factory):
    return findings_of(root, tmp_path_factory.mktemp("cells"), CELLS)


@pytest.fixture(scope="module")
def results(found):
    return {result.id: result for result in found.results}


@pytest.mark.parametrize("id", ["magics", "cell", "unknown", "imports", "ends", "last"])
def test_what_cannot_work_while_grading_costs_nothing_where_nothing_needs_it(results, id):
    assert results[id].points == 2, results[id].message


@pytest.mark.parametrize("id, package", [("plot", "seaborn"), ("use", "seaborn")])
def test_the_use_of_a_package_that_is_not_there_names_it(results, id, package):
    assert results[id].points == 0
    assert f"No module named '{package}' (it is not there when homework is graded)" in results[id].message


def test_code_of_a_newer_python_is_told_with_both_versions(found, results):
    if found.raised.get("newer") is None:
        pytest.skip("this Python reads it")
    for said in (found.raised["newer"], results["newer"].message):
        assert "written for Python 3.12 or newer; it is graded with Python 3." in said


@pytest.mark.parametrize("id", ["sum", "minus", "lists"])
def test_code_that_is_too_deep_is_its_own_cells_matter(found, results, id):
    assert results[id].points == 0 and found.raised[id].startswith("SyntaxError: ")


@pytest.mark.parametrize(
    "source, version",
    [
        ('x = f"{info["mean"]:.3f}"', "3.12"),
        ("x = f'{a['b']!r:>{w['x']}}' 'tail'", "3.12"),
        ('x = f"{"\\n".join(a)}"', "3.12"),
        ("def f[T](x: T) -> T:\n    return x", "3.12"),
        ("type X[T] = list[T]", "3.12"),
        ("class A[T: int, U = int](B):\n    pass", "3.13"),
        ('x = t"hi {name}"', "3.14"),
        ("try:\n    pass\nexcept ValueError, TypeError:\n    pass", "3.14"),
    ],
)
def test_words_of_a_newer_python_are_known_by_their_kind(source, version, monkeypatch):
    monkeypatch.setattr("sys.version_info", (3, 11, 0))
    assert with_python("invalid syntax", source).startswith(f"written for Python {version} or newer; ")


@pytest.mark.parametrize("source", ["def f(:", 'x = f"{a["', 'print "x"', 'f"{a b}"', "except ValueError, e:\n  pass"])
def test_a_mistake_is_not_taken_for_a_newer_python(source):
    assert with_python("invalid syntax", source) == "invalid syntax"


def test_a_mistake_beside_newer_words_is_told_without_certainty():
    assert with_python("invalid syntax", 'x = f"{a["b"]}"\ndef f(:').startswith("it may be written for a newer Python")


HELPERS = '''!pip install x
import torch.nn.functional as nnf
%matplotlib inline
A, B = 1, 2; raise SystemExit
if A:
    D = 1
else:
    D = 2
try:
    import foo
except ImportError:
    foo = None
CONFIG = {"text": """x
  y"""}
CONFIG["lr"] = 0.1
xs = []
xs.append(1)
xs += [2]
with open("/dev/null") as opened:
    data = opened.read()
for step in range(3):
    xs.append(step)
if (walrus := 10) > 5: pass
async def coroutine(): pass
match A:
    case 1: matched = 5
def set_up():
    global COUNT
    COUNT = 3
set_up()
from math import *
'''


@pytest.mark.parametrize(
    "name, value",
    [("A", 1), ("D", 1), ("foo", None),
     ("CONFIG", {"text": "x\n  y", "lr": 0.1}), ("xs", [1, 2, 0, 1, 2]), ("data", ""),
     ("walrus", 10), ("matched", 5), ("COUNT", 3)],
)  # fmt: skip
def test_what_an_answer_needs_comes_along_whatever_statements_made_it(name, value):
    names = {}
    exec("\n".join(piece.text for piece in needed(pieces(HELPERS), {name}, set())), names)
    assert names[name] == value and "nnf" not in names


def test_a_name_that_nothing_makes_is_looked_for_behind_a_star():
    names = {}
    exec("\n".join(piece.text for piece in needed(pieces(HELPERS), {"sqrt", "len"}, set())), names)
    assert names["sqrt"](4) == 2 and "A" not in names
