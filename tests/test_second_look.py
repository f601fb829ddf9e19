"""What only a look from outside finds waits for a person, with its line and its points; honest answers never do."""

import pytest
from mini import answer, findings_of, given, graded, heading

from autograder import assignment
from autograder.answers.module import lay_module
from autograder.examiner.blocks import Blocks
from autograder.examiner.looked import stands_out
from autograder.policy.second_look import look_at
from autograder.result import FAILED, PASSED
from sample_class.edits import whole_block
from sample_class.hostile.under_the_guard import FORKED, FUSED, IN_THREAD, NOTES_NOTHING, OF_ATEN, OTHER_FILE
from sample_class.independent import NAMES, solution
from sample_class.past_terms import as_in_past_terms
from sample_class.right.catalogue import RIGHT
from sample_class.solved import Work

RELU = graded(
    "relu",
    """
    # dx is right.
    x, dout = torch.randn(4, 3), torch.randn(4, 3)
    assert torch.equal(ReLU.backward(dout, x), dout * (x > 0))
    """,
    block="relu_backward",
)
STEP = graded(
    "step",
    """
    # The step is that of Adam.
    next_w, _ = adam(torch.ones(2), torch.ones(2), {"learning_rate": 0.5})
    assert torch.allclose(next_w, torch.full((2,), 0.5))
    """,
    block="adam",
)
IMPORTS = "import torch\nfrom fully_connected_networks import ReLU, Linear, adam"
LEAF = "leaf = x.detach().clone().requires_grad_()\n"


def found(root, tmp_path, block, text, cell="pass"):
    work = Work(root)
    whole_block(block, text)(work)
    cells = [heading("All"), given("imports", IMPORTS), answer("cell", cell), RELU, STEP]
    findings = findings_of(root, tmp_path, cells, work.module, assignment.MODULE_NOTEBOOK)
    return {result.id: result for result in findings.results}, findings.remarks


@pytest.mark.parametrize("text", [OF_ATEN, IN_THREAD, FORKED], ids=["below autograd", "a raw thread", "a child"])
def test_a_gradient_that_the_guard_cannot_see_waits_with_its_line_and_its_points(root, tmp_path, text):
    results, remarks = found(root, tmp_path, "relu_backward", text)
    assert {id: result.state for id, result in results.items()} == {"relu": PASSED, "step": PASSED}, remarks
    assert results["relu"].held and not results["step"].held
    assert remarks[0].startswith("block relu_backward waits for a person, points and all: ")
    assert any(repr(line.strip()[:120]) in remarks[0] for line in text.splitlines()), remarks


def test_a_step_of_a_fused_kernel_waits_for_a_person(root, tmp_path):
    results, remarks = found(root, tmp_path, "adam", FUSED)
    assert results["step"].state == PASSED and results["step"].held and "torch._fused_adam_" in remarks[0]
    assert not results["relu"].held


def test_a_guard_that_was_silenced_is_found_by_its_silence_and_costs_nothing_by_itself(root, tmp_path):
    results, remarks = found(root, tmp_path, "relu_forward", "out = x.clamp(min=0)", NOTES_NOTHING)
    assert {result.state for result in results.values()} == {PASSED} and all(r.held for r in results.values())
    assert any("did not answer while ReLU.backward, adam was called" in remark for remark in remarks), remarks
    assert any("answer cell cell uses sys.modules" in remark for remark in remarks)


LYING = """
agent = __import__("sys").modules["inside.agent"].Agent
if not hasattr(agent, "before"):
    agent.before = agent._call

    def told(self, request, buffers):
        return self.before(request, buffers)

    agent._call = told
dx = dout * (x > 0)
"""


def test_the_end_of_the_watch_itself_is_charged_to_nobody(root, tmp_path):
    results, remarks = found(root, tmp_path, "relu_backward", LYING)
    assert results["relu"].state == PASSED and results["relu"].held, remarks


def test_what_both_find_is_charged_and_not_held(root, tmp_path):
    results, remarks = found(
        root, tmp_path, "relu_backward", LEAF + "dx, = torch.autograd.grad(leaf.relu(), leaf, dout)"
    )
    assert results["relu"].state == FAILED and not results["relu"].held and len(remarks) == 1


def test_a_function_put_in_the_place_of_a_block_is_charged_like_the_block(root, tmp_path):
    results, remarks = found(root, tmp_path, "relu_forward", "out = x.clamp(min=0)", OTHER_FILE)
    assert results["relu"].state == FAILED and results["step"].state == PASSED, remarks
    assert remarks[0].startswith("block relu_backward uses autograd")


def honest(root):
    """Every right answer to the notebook and every independent solution, as it is and as a file of a past term."""
    works = {right.name: right.work() for right in RIGHT if right.notebook == assignment.MODULE_NOTEBOOK}
    for name in NAMES:
        works[name] = Work(root)
        for edit in solution(name).edits():
            edit(works[name])
    for name, work in works.items():
        yield name, work, work.module
        yield f"{name}, as in past terms", work, as_in_past_terms(work.module)


def test_no_honest_answer_waits_for_a_person(root):
    instructor = (assignment.source_folder(root) / assignment.MODULE).read_text(encoding="utf-8")
    held, seen = {}, 0
    for name, work, module in honest(root):
        laid, _ = lay_module(instructor, module.encode(), assignment.MODULE)
        cells = work.notebooks[assignment.MODULE_NOTEBOOK].cells
        held[name], seen = stands_out(Blocks(instructor, laid), cells, {}), seen + 1
    assert {name: what for name, what in held.items() if what} == {} and seen > 150


SPELLED = [
    "import torch.optim as o\no.SGD",
    "from torch.optim import SGD",
    "from torch import *\nautograd.grad(a, b)",
    "import torch\nt = torch\nt.func.vjp(f, x)",
    "import torch\nhand([torch])",
    "import torch\ngetattr(torch, 'o' + 'ps')",
    "import torch\ngetattr(torch, 'ops').aten",
    "import torch as t\nt.nn.functional.torch.jit",
    "import torch\nmatch torch:\n    case object(autograd=a): pass",
    "import torch\ntorch.threshold_backward(a, b, 0)",
    "import torch\ntorch.nn.grad.conv2d_input",
    "import torch\nlayer = torch.nn.ReLU()\nx.grad",
    "look = getattr",
    "import logging\nlogging.sys.setprofile(None)",
    "from libs import compute_numeric_gradient as n",
    "import jax",
    "exec(text)",
    "x.__class__.__mro__[1]",
    "(lambda: 0).__code__",
    "import __main__",
    "from os import fork as spoon",
]
PLAIN = [
    "import torch\nout = torch.nn.functional.cross_entropy(x, y)",
    "import torch.nn as nn\nnn.init.normal_(w)",
    "import torch\nF = torch.nn.functional\nF.relu(x)",
    "import torch\nfor layer in (a, b):\n    d = layer.backward(d)",
    "class Value:\n    def __init__(self):\n        self.grad = 0\n\nv = Value().grad",
    "optim = Rule()\noptim.step(w)",
    "import sys\nprint(1, file=sys.stderr)",
    "import copy\ncopy = x.clone()\nuse(copy)",
    "def linear_backward(d): return d\nlinear_backward(1)",
    "setattr(self, 'W' + str(i), w)",
]


@pytest.mark.parametrize("text", SPELLED)
def test_what_lies_below_and_around_is_told_however_it_is_spelled(text):
    assert look_at(text)


@pytest.mark.parametrize("text", PLAIN)
def test_plain_work_is_not_told(text):
    assert look_at(text) == []


def test_a_helper_concerns_the_blocks_that_lead_to_it(root):
    work = Work(root)
    whole_block("relu_backward", "dx = outer(dout, x)")(work)
    inner = "def inner(d, x):\n    return torch.ops.aten.threshold_backward(d, x, 0)"
    helpers = inner + "\n\n\ndef outer(d, x):\n    return inner(d, x)\n"
    work.module = work.module.replace("\n\nclass Linear:", f"\n\n{helpers}\n\nclass Linear:", 1)
    instructor = (assignment.source_folder(root) / assignment.MODULE).read_text(encoding="utf-8")
    laid, _ = lay_module(instructor, work.module.encode(), assignment.MODULE)
    ((what, concerned),) = stands_out(Blocks(instructor, laid), [], {})
    assert concerned == {"relu_backward"} and "torch.ops.aten.threshold_backward" in what
