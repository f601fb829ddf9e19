"""A block that has its gradients made by autograd, or its step by torch.optim, earns nothing, however it is spelled."""

import pytest
from mini import findings_of, given, graded, heading

from autograder import assignment
from autograder.result import FAILED, PASSED
from sample_class.edits import whole_block
from sample_class.solved import Work

TESTS = [
    heading("All"),
    given("imports", "import torch\nfrom fully_connected_networks import Linear, TwoLayerNet, sgd_momentum, rmsprop"),
    graded(
        "dx",
        """
        # dx is right.
        x, w, b, dout = torch.randn(4, 3), torch.randn(3, 2), torch.randn(2), torch.randn(4, 2)
        dx, dw, db = Linear.backward(dout, Linear.forward(x, w, b)[1])
        assert torch.allclose(dx, dout @ w.T, atol=1e-3), dx
        """,
        block="linear_backward",
    ),
    graded(
        "forward",
        "# Another block.\nassert Linear.forward(x := torch.ones(1, 2), x.T, torch.ones(1))[0] == 3",
        block="linear_forward",
    ),
    graded(
        "step",
        """
        # The step is right.
        next_w, _ = sgd_momentum(torch.ones(2), torch.ones(2), {"learning_rate": 0.5, "momentum": 0.9})
        assert torch.allclose(next_w, torch.full((2,), 0.5))
        """,
        block="sgd_momentum",
    ),
    graded(
        "network",
        """
        # What is built upon the block keeps its points.
        loss, grads = TwoLayerNet(4, 5, 3).loss(torch.randn(2, 4), torch.tensor([0, 1]))
        assert grads["W1"].shape == (4, 5)
        """,
        block="two_layer_loss",
    ),
]

LEAF = """
x, w, b = (z.detach().clone().requires_grad_() for z in cache)
out = x.reshape(len(x), -1) @ w + b
"""
TAKE = "\ndx, dw, db = x.grad, w.grad, b.grad"
GRADIENTS = {
    "backward": LEAF + "out.backward(dout)" + TAKE,
    "sum and backward": LEAF + "(out * dout).sum().backward()" + TAKE,
    "grad": LEAF + "dx, dw, db = torch.autograd.grad(out, (x, w, b), dout)",
    "another name": LEAF + "from torch.autograd import grad as g\ndx, dw, db = g(out, (x, w, b), dout)",
    "put together": LEAF + "dx, dw, db = getattr(getattr(torch, 'auto' + 'grad'), 'gr' + 'ad')(out, (x, w, b), dout)",
    "torch.func": "_, back = torch.func.vjp(lambda x, w, b: x @ w + b, *cache)\ndx, dw, db = back(dout)",
    "jacobian": """
x, w, b = cache
J = torch.autograd.functional.jacobian(lambda x: x @ w + b, x)
dx, dw, db = torch.einsum("nm,nmij->ij", dout, J), x.T @ dout, dout.sum(0)
""",
    "forward mode": """
x, w, b = cache
J = torch.func.jacfwd(lambda x: x @ w + b)(x)
dx, dw, db = torch.einsum("nm,nmij->ij", dout, J), x.T @ dout, dout.sum(0)
""",
    "the engine itself": LEAF
    + """
engine = torch.autograd.Variable._execution_engine
dx, dw, db = engine.run_backward((out,), (dout,), False, False, (x, w, b), False, False)
""",
    "a language of its own": """
x, w, b = cache
script = torch.jit.CompilationUnit('''
def back(x, w, b, dout):
    x.requires_grad_()
    y = ((x @ w + b) * dout).sum()
    y.backward()
    return x.grad
''')
dx, dw, db = script.back(x.detach().clone(), w, b, dout), x.T @ dout, dout.sum(0)
""",
    "in a thread": LEAF
    + """
import threading
thread = threading.Thread(target=lambda: out.backward(dout))
thread.start()
thread.join()
"""
    + TAKE,
    "the watch switched off": "import sys\nsys.setprofile(None)\n" + LEAF + "out.backward(dout)" + TAKE,
    "far below its block": LEAF
    + """
space = {}
exec(compile("def deep(n, last):\\n    return deep(n - 1, last) if n else last()", __file__, "exec"), space)
space["deep"](20, lambda: out.backward(dout))
"""
    + TAKE,
    "in a file of another name": LEAF
    + """
exec(compile("out.backward(dout)", "nowhere", "exec"), {"out": out, "dout": dout})
"""
    + TAKE,
    "numeric differences": """
from libs import compute_numeric_gradient as numeric
x, w, b = cache
dx = numeric(lambda x: x.double() @ w.double() + b.double(), x, dout)
dw, db = x.T @ dout, dout.sum(0)
""",
}
STEPS = {
    "optimizer": """
p = w.clone().requires_grad_()
p.grad = dw.clone()
torch.optim.SGD([p], lr=config["learning_rate"]).step()
next_w = p.detach()
""",
    "function": """
from torch.optim.sgd import sgd as step
next_w, rates = w.clone(), {"lr": config["learning_rate"], "momentum": 0, "dampening": 0, "weight_decay": 0}
step([next_w], [dw], [None], nesterov=False, maximize=False, **rates)
""",
}
RIGHT = "\nx, w, b = cache\ndx, dw, db = dout @ w.T, x.T @ dout, dout.sum(0)"
INNOCENT = {
    "no_grad": "with torch.no_grad():\n    x, w, b = cache\n    dx, dw, db = dout @ w.T, x.T @ dout, dout.sum(0)",
    "grad switched on but not used": LEAF + "out.sum()" + RIGHT,
    "a module's forward": "torch.nn.Linear(len(dout), 3)(dout.T)" + RIGHT,
    "a function of torch.nn": """
x, w, b = cache
dx = torch.nn.functional.linear(dout, w)
dw, db = torch.einsum("nd,nm->dm", x, dout), torch.inner(dout.T, torch.ones(len(dout)))
""",
}


def found(root, tmp_path, block, text):
    work = Work(root)
    whole_block(block, text)(work)
    findings = findings_of(root, tmp_path, TESTS, work.module, assignment.MODULE_NOTEBOOK)
    return {result.id: result for result in findings.results}, findings.remarks


@pytest.mark.parametrize("text", GRADIENTS.values(), ids=GRADIENTS)
def test_gradients_that_are_made_for_a_block_earn_nothing_for_it_and_cost_nothing_else(root, tmp_path, text):
    results, remarks = found(root, tmp_path, "linear_backward", text)
    assert {id: result.state for id, result in results.items() if id != "dx"} == dict.fromkeys(
        ("forward", "step", "network"), PASSED
    )
    assert results["dx"].state == FAILED
    assert results["dx"].message.startswith("Block linear_backward uses "), results["dx"].message
    assert len(remarks) == 1 and remarks[0].startswith("block linear_backward uses ")


@pytest.mark.parametrize("text", STEPS.values(), ids=STEPS)
def test_a_step_of_torch_optim_earns_nothing(root, tmp_path, text):
    results, _ = found(root, tmp_path, "sgd_momentum", text)
    assert [id for id, result in results.items() if result.state != PASSED] == ["step"]
    assert results["step"].message.startswith("Block sgd_momentum uses torch.optim, so it earns no points")


@pytest.mark.parametrize("text", INNOCENT.values(), ids=INNOCENT)
def test_other_uses_of_torch_are_no_offence(root, tmp_path, text):
    results, remarks = found(root, tmp_path, "linear_backward", text)
    assert [result.message for result in results.values() if result.state != PASSED] == [] and remarks == []
