"""Threat E, gradients and steps that the guard in the process cannot see, or is kept from seeing: a person looks."""

from ..edits import Edit, whole_block
from .edits import above, into_block
from .submission import NETWORKS, Hostile

UNDER = "E by hand"
OF_ATEN = "dx = torch.ops.aten.threshold_backward(dout, x, 0)"
FUSED = """
for name, value in (("learning_rate", 1e-3), ("beta1", 0.9), ("beta2", 0.999), ("epsilon", 1e-8), ("t", 0)):
    config.setdefault(name, value)
next_w = w.clone()
m, v = (config.get(name, torch.zeros_like(w)).clone() for name in "mv")
torch._fused_adam_(
    [next_w], [dw], [m], [v], [], [torch.tensor(float(config["t"] + 1))], lr=config["learning_rate"],
    beta1=config["beta1"], beta2=config["beta2"], weight_decay=0, eps=config["epsilon"], amsgrad=False, maximize=False,
)
config.update(t=config["t"] + 1, m=m, v=v)
"""
_DERIVE = """
def derive():
    leaf = x.detach().clone().requires_grad_()
    return torch.autograd.grad(torch.relu(leaf), leaf, dout)[0]
"""
IN_THREAD = (
    "import _thread\nlock, found = _thread.allocate_lock(), []\n"
    + _DERIVE
    + """
def work():
    found.append(derive())
    lock.release()
lock.acquire()
_thread.start_new_thread(work, ())
lock.acquire()
dx = found[0]
"""
)
FORKED = (
    "import os\nimport numpy\n"
    + _DERIVE
    + """
reading, writing = os.pipe()
if not os.fork():
    os.write(writing, derive().double().numpy().tobytes())
    os._exit(0)
os.close(writing)
data = b""
while piece := os.read(reading, 65536):
    data += piece
dx = torch.from_numpy(numpy.frombuffer(data).copy()).reshape(x.shape).to(x)
"""
)
_AUTOGRAD = _DERIVE + "dx = derive()"
NOTES_NOTHING = 'import sys\nsys.modules["inside.guard"].Guard._note = lambda self, what, frame: None'
OTHER_FILE = """
import torch
import fully_connected_networks as ours

def backward(dout, cache):
    leaf = cache.detach().clone().requires_grad_()
    return torch.autograd.grad(torch.relu(leaf), leaf, dout)[0]

ours.ReLU.backward = staticmethod(backward)
"""
UNPROFILED = (
    "import ctypes\n"
    "ctypes.pythonapi.PyEval_SetProfile(None, None)\n"
    "run = torch.relu(leaf := x.detach().clone().requires_grad_()).backward\n"
    "run(dout)\n"
    "dx = leaf.grad"
)
_RELU, _FORWARD = f"{NETWORKS}/relu_*", (f"{NETWORKS}/relu_forward_value", f"{NETWORKS}/relu_inputs_unchanged")
_BACKWARD = f"{NETWORKS}/relu_backward_*"


def _held(number: int, situation: str, block: str, code: str) -> Hostile:
    """One block that the library fills in unseen: its points stand, and a person looks at its tests."""
    tests = _BACKWARD if block == "relu_backward" else f"{NETWORKS}/{block}_*"
    return Hostile(
        f"4029106{number:02d}", situation, UNDER, (whole_block(block, code),), ("relu_forward", "relu_backward"),
        (_RELU, tests), f"block {block} waits for a person, points and all", NETWORKS, held=(tests,),
    )  # fmt: skip


def _charged(number: int, situation: str, *edits: Edit, held: tuple[str, ...] = ()) -> Hostile:
    """ReLU.backward by autograd, which the guard sees all the same."""
    remark, solved = "block relu_backward uses autograd", ("relu_forward", "relu_backward")
    return Hostile(f"4029106{number:02d}", situation, UNDER, edits, solved, _FORWARD, remark, NETWORKS, held=held)


UNDER_THE_GUARD = (
    _held(1, "the gradient of ReLU from an operator below autograd", "relu_backward", OF_ATEN),
    _held(2, "the gradient of ReLU from a raw thread", "relu_backward", IN_THREAD),
    _held(3, "the gradient of ReLU from a child", "relu_backward", FORKED),
    _held(4, "the step of adam from a fused kernel", "adam", FUSED),
    _charged(5, "the gradient of ReLU while the profile is switched off by ctypes",
             whole_block("relu_backward", UNPROFILED)),
    Hostile(
        "402910606", "the guard's notes are thrown away", UNDER,
        (into_block("relu_forward", NOTES_NOTHING), whole_block("relu_backward", _AUTOGRAD)), ("relu_forward",),
        (_RELU,), "did not answer while", NETWORKS, held=(f"{NETWORKS}/relu_forward_value", _BACKWARD),
    ),
    _charged(7, "the gradient of ReLU from a function of the notebook", above(OTHER_FILE, NETWORKS, "identity"),
             held=(f"{NETWORKS}/relu_forward_value",)),
)  # fmt: skip
