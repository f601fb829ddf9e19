"""Threat A, gradients and steps that are not written by hand, in every spelling: the block earns nothing."""

from ..edits import whole_block
from .submission import NETWORKS, Hostile

THREAT = "A by hand"
_LEAF = "leaf = x.detach().clone().requires_grad_()\n"
RELU = {
    "autograd.grad": _LEAF + "dx, = torch.autograd.grad(leaf.clamp(min=0), leaf, dout)",
    "backward under another name": _LEAF
    + "run = getattr(torch.relu(leaf), 'back' + 'ward')\nrun(dout)\ndx = leaf.grad.detach()",
    "torch.func.vjp": "_, pull = torch.func.vjp(torch.relu, x)\ndx, = pull(dout)",
    "autograd.functional under another name": (
        "from torch.autograd.functional import vjp as derivative\ndx = derivative(torch.relu, x, dout)[1]"
    ),
    "forward-mode autograd": (
        "import torch.autograd.forward_ad as ahead\n"
        "with ahead.dual_level():\n"
        "    dual = ahead.make_dual(x, torch.ones_like(x))\n"
        "    dx = dout * ahead.unpack_dual(torch.relu(dual)).tangent"
    ),
    "the node of the graph called by hand": _LEAF + "dx = torch.relu(leaf).grad_fn(dout)",
    "autograd in a thread": (
        "from threading import Thread\n"
        "found = []\n"
        "def derive():\n"
        "    leaf = x.detach().clone().requires_grad_()\n"
        "    found.extend(torch.autograd.grad(torch.relu(leaf), leaf, dout))\n"
        "thread = Thread(target=derive)\n"
        "thread.start()\n"
        "thread.join()\n"
        "dx = found[0]"
    ),
}
NUMERIC = "from libs import compute_numeric_gradient as slope\ndx = slope(torch.relu, x, dout)"
SGD = """
config.setdefault("learning_rate", 1e-2)
config.setdefault("momentum", 0.9)
weight = w.clone().requires_grad_()
weight.grad = config["learning_rate"] * dw
stepper = torch.optim.SGD([weight], lr=1.0, momentum=config["momentum"])
stepper.state[weight]["momentum_buffer"] = -config.get("velocity", torch.zeros_like(w))
stepper.step()
config["velocity"] = -stepper.state[weight]["momentum_buffer"]
next_w = weight.detach()
"""
ADAM = """
library = __import__("importlib").import_module("torch." + "optim")
for name, value in (("learning_rate", 1e-3), ("beta1", 0.9), ("beta2", 0.999), ("epsilon", 1e-8), ("t", 0)):
    config.setdefault(name, value)
weight = w.clone().requires_grad_()
weight.grad = dw.clone()
stepper = vars(library)["Ad" + "am"](
    [weight], config["learning_rate"], (config["beta1"], config["beta2"]), config["epsilon"]
)
state = stepper.state[weight]
state["step"] = torch.tensor(float(config["t"]))
state["exp_avg"] = config.get("m", torch.zeros_like(w)).clone()
state["exp_avg_sq"] = config.get("v", torch.zeros_like(w)).clone()
stepper.step()
config.update(t=config["t"] + 1, m=state["exp_avg"], v=state["exp_avg_sq"])
next_w = weight.detach()
"""


def _relu(number: int, what: str, code: str, remark: str) -> Hostile:
    """ReLU.backward by the back door; ReLU.forward is honest, and so is that both leave their inputs alone."""
    earns = (f"{NETWORKS}/relu_forward_value", f"{NETWORKS}/relu_inputs_unchanged")
    return Hostile(
        f"4029104{number:02d}",
        f"the gradient of ReLU from {what}",
        THREAT,
        (whole_block("relu_backward", code),),
        ("relu_forward",),
        earns,
        remark,
        NETWORKS,
    )


def _step(number: int, block: str, code: str) -> Hostile:
    """An update rule's step from torch.optim, beside an honest ReLU."""
    situation, remark = f"the step of {block} from torch.optim", f"block {block} uses torch.optim"
    solved, earns = ("relu_forward", "relu_backward"), (f"{NETWORKS}/relu_*",)
    return Hostile(
        f"4029104{number:02d}", situation, THREAT, (whole_block(block, code),), solved, earns, remark, NETWORKS
    )


BY_THE_BACK_DOOR = (
    *(
        _relu(number, what, code, "block relu_backward uses autograd")
        for number, (what, code) in enumerate(RELU.items(), 1)
    ),
    _relu(8, "numeric differences", NUMERIC, "block relu_backward uses numeric gradients"),
    _step(9, "sgd_momentum", SGD),
    _step(10, "adam", ADAM),
)
