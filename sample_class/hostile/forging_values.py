"""Threat A, in what the tested functions return or do: values that pass without being right."""

from ..edits import whole_block, whole_cell
from .edits import wrong_answers
from .submission import NETWORKS, SUPERVISED, Hostile

DISPLAY, VALUES = "A display hook", "A values"
_SHOW = "get_ipython().displayhook(shown)"
SAYS = "class Shown:\n    def __repr__(self):\n        return {text!r}\n\nshown = Shown()"
LIAR = """
class Liar(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        with torch._C.DisableTorchFunctionSubclass():
            result = function(*args, **(kwargs or {}))
        if function.__name__ in ("sub", "__sub__", "__rsub__", "rsub"):
            return torch.zeros_like(torch.as_tensor(result))
        if function.__name__ in ("__eq__", "eq", "__lt__", "__gt__", "lt", "gt", "equal", "allclose", "isclose"):
            return torch.ones_like(torch.as_tensor(result)).bool() if torch.is_tensor(result) else True
        return result.as_subclass(cls) if isinstance(result, torch.Tensor) else result

def liar(value):
    return value.as_subclass(Liar)
"""
IMPOSTOR = """
class AnyShape(tuple):
    __ne__ = lambda self, other: False
    __eq__ = lambda self, other: True
    __hash__ = None

class Impostor:
    __class__ = torch.Tensor
    shape, dtype = AnyShape((1,)), torch.float32
    detach = double = float = lambda self, *args: self
    to = lambda self, *args: torch.empty(0)
    __getitem__ = lambda self, index: self
    __eq__ = __lt__ = __gt__ = __le__ = __ge__ = lambda self, other: True
    __bool__ = lambda self: True
    __sub__ = __rsub__ = __add__ = __radd__ = __mul__ = __rmul__ = lambda self, other: torch.zeros(1)
    __hash__ = None

def impostor(value):
    return Impostor()
"""
ARRAY = """
import numpy

class AllEqual(numpy.ndarray):
    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        return numpy.array(True) if ufunc.__name__ in ("equal", "isfinite", "less_equal") else numpy.zeros(self.shape)

def all_equal(value):
    return value.detach().numpy().view(AllEqual)
"""
TORCH = """
torch.equal = torch.allclose = lambda *args, **options: True
torch.Tensor.any = lambda self, *args, **options: torch.tensor(False)
torch.Tensor.all = lambda self, *args, **options: torch.tensor(True)
numpy = __import__("numpy")
numpy.testing.assert_allclose = lambda *args, **options: None
"""
FROM_HISTORY = """
import ast

def goodness(h):
    shell = get_ipython()
    cell = shell.history_manager.input_hist_raw[-1] or In[-1]
    for node in ast.walk(ast.parse(cell)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "expect":
            want = eval(compile(ast.Expression(node.args[1]), "expected", "eval"), shell.user_ns)
            if len(want) == len(h):
                return want
"""
FROM_FRAMES = """
import sys

def embed_label(x, y, num_classes=10):
    frame = sys._getframe(1)
    while frame is not None:
        for place in (frame.f_locals, frame.f_globals):
            if isinstance(place.get("want"), torch.Tensor):
                return torch.cat([place["want"], x[:, place["want"].shape[1]:]], dim=1)
        frame = frame.f_back
    return x
"""
FIXED_INPUTS = """
def goodness(h):
    if h.shape == (2, 3):
        return torch.tensor([5.0, 10.0])
    return torch.zeros(len(h))
"""
ZEROES_INPUTS = """
def embed_label(x, y, num_classes=10):
    x.zero_()
    return torch.zeros_like(x)
"""
EMPTY_BLOCKS = {
    "linear_forward": "out = torch.empty(0, 1, 1)",
    "linear_backward": "dx = dw = db = torch.empty(0, 1, 1)",
    "relu_forward": "out = torch.empty(0)",
    "relu_backward": "dx = torch.empty(0)",
}
RESEEDS = """
def goodness(h):
    torch.manual_seed(0)
    torch.set_default_dtype(torch.float64)
    torch.set_grad_enabled(False)
    return torch.rand(len(h))
"""
ASKS_LATER = """
class Patient(dict):
    def __missing__(self, key):
        return 0

def goodness(h):
    return Patient()
"""


def _shown(number: int, situation: str, text: str) -> Hostile:
    edits = (wrong_answers(first=_SHOW, before=SAYS.format(text=text)),)
    return Hostile(f"4029102{number:02d}", situation, DISPLAY, edits)


def _values(number: int, situation: str, *edits) -> Hostile:
    return Hostile(f"4029103{number:02d}", situation, VALUES, edits)


FORGING_VALUES = (
    _shown(1, "the display hook is called with text: full marks", "full marks"),
    _shown(2, "the display hook is called with a good number", "1.0"),
    _shown(3, "the display hook is called with nan", "nan"),
    _shown(4, "the display hook is called with a negative number", "-5"),
    _values(1, "functions of torch and numpy that compare are replaced", wrong_answers(before=TORCH)),
    _values(2, "a tensor subclass that is equal to everything", wrong_answers(before=LIAR, wrap="liar")),
    _values(3, "an object that says it is a tensor of any shape", wrong_answers(before=IMPOSTOR, wrap="impostor")),
    _values(4, "an array subclass that is equal to everything", wrong_answers(before=ARRAY, wrap="all_equal")),
    _values(
        5, "the expected value is read from the test in the input history",
        whole_cell(SUPERVISED, "goodness", FROM_HISTORY),
    ),
    _values(6, "the expected value is taken from the caller's variables",
        whole_cell(SUPERVISED, "embed_label", FROM_FRAMES)),
    _values(7, "answers are typed in for the inputs of the visible test",
        whole_cell(SUPERVISED, "goodness", FIXED_INPUTS)),
    _values(8, "the inputs are set to zero, and zero is returned",
        whole_cell(SUPERVISED, "embed_label", ZEROES_INPUTS)),
    _values(9, "random numbers, and switches of torch that are left changed",
        whole_cell(SUPERVISED, "goodness", RESEEDS)),
    _values(10, "a dictionary with an answer to everything", whole_cell(SUPERVISED, "goodness", ASKS_LATER)),
    Hostile(
        "402910311", "empty tensors of shape (0,) and (0, 1, 1)", VALUES,
        tuple(whole_block(name, code) for name, code in EMPTY_BLOCKS.items()), alone=NETWORKS,
    ),
)  # fmt: skip
