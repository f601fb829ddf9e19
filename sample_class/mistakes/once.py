"""Wrong and right answers of the Forward-Forward notebooks that once cost too much, or nothing: what each must lose.

Beside the catalogue, since each is told by what it loses to the point. Names begin with the case that it stands for.
"""

from ..edits import Edit, in_cell, whole_cell
from .mistake import SUPERVISED, UNSUPERVISED, Mistake

_SCALE = "F.normalize(x, dim=1) * x.shape[1] ** 0.5"
_RETURN = "return h_pos.detach(), h_neg.detach(), loss.item()"
_LAYERS = "[FFLayer(dim_in, dim_out, lr=lr) for dim_in, dim_out in pairwise(dims)]"
_WRONG = "(y + torch.randint(1, num_classes, y.shape)) % num_classes"
_START = "        nn.init.kaiming_normal_(self.linear.weight)  # goodness starts close to the number of units\n"
_LOSS = "F.softplus(torch.cat([threshold - g_pos, g_neg - threshold])).mean()"
_STEP = "from collections import namedtuple\n\nStep = namedtuple('Step', 'h_pos h_neg loss')\n\n\n"

_NO_LOADERS = """
    def mnist_loaders(root, batch_size):
        loader = DataLoader(TensorDataset(torch.zeros(1000, 10), torch.zeros(1000)), batch_size)
        return loader, loader
"""
_NO_LAYER = """
    class FFLayer(nn.Module):
        calls = 0

        def __init__(self, in_features, out_features, threshold=None, lr=0.001):
            super().__init__()
            self.W = nn.Parameter(torch.randn(out_features, in_features))
            self.b = nn.Parameter(torch.zeros(out_features))

        def forward(self, x):
            return torch.zeros(len(x), len(self.b))

        def train_batch(self, x_pos, x_neg):
            FFLayer.calls += 1
            return self(x_pos), self(x_neg), 1 / FFLayer.calls
"""
_NO_NET = """
    class {name}:
        def __init__(self, dims, *args, **options):
            self.layers, self.calls = [FFLayer(2, 2)], 0

        def train_batch(self, *batch):
            self.calls += 1
            return [1 / self.calls]

        def fit(self, loader, epochs):
            return [self.train_batch()]

        def {asked}(self, x):
            return torch.zeros({shape})
"""


def _answer(notebook: str, name: str, loses: str, cell: str, *pairs: tuple[str, str]) -> Mistake:
    edits = tuple(in_cell(notebook, cell, old, new) for old, new in pairs)
    return Mistake(name, notebook, edits, tuple(loses.split()))


def _both(name: str, loses: str, cell: str, *pairs: tuple[str, str]) -> tuple[Mistake, ...]:
    """The same answer in both notebooks."""
    books = (SUPERVISED, UNSUPERVISED)
    return tuple(_answer(notebook, f"{name}, {notebook}", loses, cell, *pairs) for notebook in books)


def _nothing_right(notebook: str) -> tuple[Edit, ...]:
    common = (
        whole_cell(notebook, "mnist_loaders", _NO_LOADERS),
        in_cell(notebook, "goodness", "h.square().sum(dim=1)", "torch.zeros(len(h))"),
        in_cell(notebook, "ff_loss", _LOSS, "torch.tensor(float('nan'))"),
        whole_cell(notebook, "ff_layer", _NO_LAYER),
    )
    return (*common, *(_NOTHING_SUPERVISED if notebook == SUPERVISED else _NOTHING_UNSUPERVISED))


_NOTHING_SUPERVISED = (
    whole_cell(SUPERVISED, "embed_label", "def embed_label(x, y, num_classes=10):\n    return x + 1"),
    in_cell(SUPERVISED, "wrong_labels", _WRONG, "torch.full_like(y, -1)"),
    whole_cell(SUPERVISED, "ff_net", _NO_NET.format(name="FFNet", asked="predict", shape="len(x), dtype=torch.int64")),
)
_NOTHING_UNSUPERVISED = (
    whole_cell(UNSUPERVISED, "make_mask", "def make_mask(shape, blurs=10):\n    return torch.ones(shape) / 2"),
    whole_cell(UNSUPERVISED, "make_hybrid", "def make_hybrid(x1, x2, mask):\n    return x1"),
    whole_cell(UNSUPERVISED, "make_negatives", "def make_negatives(x):\n    return x"),
    whole_cell(
        UNSUPERVISED,
        "unsupervised_ff_net",
        _NO_NET.format(name="UnsupervisedFFNet", asked="features", shape="len(x), 3"),
    ),
    in_cell(UNSUPERVISED, "linear_classifier", "return self.linear(features)", "return torch.zeros(len(features), 5)"),
    whole_cell(
        UNSUPERVISED, "train_classifier", "def train_classifier(net, loader, epochs=1):\n    return LinearClassifier(3)"
    ),
)

NOTHING_RIGHT = {
    SUPERVISED: Mistake("T1: nothing is right", SUPERVISED, _nothing_right(SUPERVISED), ()),
    UNSUPERVISED: Mistake("T1: nothing is right but a shape", UNSUPERVISED, _nothing_right(UNSUPERVISED), ()),
}
RIGHT_BY_ITSELF = {SUPERVISED: set[str](), UNSUPERVISED: {"make_mask_shape"}}

CASES: tuple[Mistake, ...] = (
    _answer(SUPERVISED, "T2: goodness summed over all rows", "goodness_value", "goodness", ("sum(dim=1)", "sum()")),
    _answer(SUPERVISED, "T4: wrong labels int32", "wrong_labels_shape", "wrong_labels", (_WRONG, f"({_WRONG}).int()")),
    *_both("T8: GELU", "ff_layer_linear_relu", "ff_layer", ("F.relu(", "F.gelu(")),
    _answer(SUPERVISED, "T8: a leaky ReLU", "ff_layer_linear_relu", "ff_layer", ("F.relu(", "F.leaky_relu(")),
    _answer(SUPERVISED, "T8: a scale of 3", "ff_layer_length", "ff_layer", (_SCALE, f"3 * {_SCALE}")),
    _answer(
        SUPERVISED, "T8: divided by the largest", "ff_layer_length ff_layer_zero_row", "ff_layer",
        (_SCALE, "x / x.abs().amax(dim=1, keepdim=True)"),
    ),
    *_both(
        "T11: a named tuple", "", "ff_layer", ("class FFLayer", f"{_STEP}class FFLayer"),
        (_RETURN, f"return Step({_RETURN.removeprefix('return ')})"),
    ),
    _answer(SUPERVISED, "T11: a ModuleList", "", "ff_net", (_LAYERS, f"nn.ModuleList({_LAYERS})")),
    _answer(SUPERVISED, "T11: a Sequential", "", "ff_net", (_LAYERS, f"nn.Sequential(*{_LAYERS})")),
    _answer(
        UNSUPERVISED, "T11: a ModuleList, unsupervised", "", "unsupervised_ff_net",
        (_LAYERS, f"nn.ModuleList({_LAYERS})"),
    ),
    *_both(
        "T12: another small number", "", "ff_layer",
        (_SCALE, "x / (x.norm(2, 1, keepdim=True) + 1e-4) * x.shape[1] ** 0.5"),
    ),
    *_both("T13: nn.Linear's own start", "", "ff_layer", (_START, "")),
    _answer(
        SUPERVISED, "T14: one_hot without num_classes", "embed_label_one_hot", "embed_label",
        ("F.one_hot(y, num_classes)", "F.one_hot(y)"),
    ),
    _answer(SUPERVISED, "T17: a loss of shape (1,)", "ff_loss_sides", "ff_loss", (".mean()", ".mean().reshape(1)")),
    _answer(
        UNSUPERVISED, "T17: a loss of shape (1,), unsupervised", "ff_loss_value", "ff_loss",
        (".mean()", ".mean().reshape(1)"),
    ),
    _answer(
        UNSUPERVISED, "T18: features and labels from two passes", "train_classifier_learns", "train_classifier",
        (
            "[(net.features(x), y) for x, y in loader]",
            "list(zip([net.features(x) for x, _ in loader], [y for _, y in loader]))",
        ),
    ),
    _answer(
        SUPERVISED, "T18: one wrong label per class and call", "wrong_labels_fresh", "wrong_labels",
        (_WRONG, "((torch.arange(num_classes) + torch.randint(1, num_classes, (num_classes,))) % num_classes)[y]"),
    ),
    _answer(
        SUPERVISED, "T18: layers of threshold 2", "ff_net_layers", "ff_net",
        ("FFLayer(dim_in, dim_out, lr=lr)", "FFLayer(dim_in, dim_out, threshold=2.0, lr=lr)"),
    ),
    _answer(
        UNSUPERVISED, "an error in features",
        "unsupervised_features_shape unsupervised_features_value unsupervised_features_normalised"
        " unsupervised_features_frozen", "unsupervised_ff_net", ("features = []", "features = [][1]"),
    ),
    _answer(SUPERVISED, "a layer too few", "ff_net_layers", "ff_net", ("pairwise(dims)", "pairwise(dims[:-1])")),
    _answer(
        UNSUPERVISED, "a layer too few, unsupervised", "unsupervised_net_layers", "unsupervised_ff_net",
        ("pairwise(dims)", "pairwise(dims[:-1])"),
    ),
    _answer(
        UNSUPERVISED, "T18: mask thresholded at its own mean", "make_mask_share", "make_mask",
        ("blurred > 0.5", "blurred > blurred.mean(dim=(1, 2), keepdim=True)"),
    ),
    *_both(
        "T18: pixels rounded", "mnist_loaders_values", "mnist_loaders",
        (".float() / 255", ".float().div(255).round()"),
    ),
    _answer(
        SUPERVISED, "T20: one-hot labels", "mnist_loaders_shape", "mnist_loaders",
        ("digits.targets)", "F.one_hot(digits.targets, 10))"),
    ),
)  # fmt: skip
