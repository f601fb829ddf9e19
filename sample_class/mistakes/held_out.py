"""Mistakes thought of once the tests were finished, and written down before they were run: three a notebook."""

from ..edits import in_block, in_cell
from .mistake import NETWORKS, UNSUPERVISED, Mistake
from .supervised_edit import wrong

_V = 'velocity = config["momentum"] * velocity - config["learning_rate"] * dw'
_DRAW = "(torch.rand_like(x) < keep).to(x.dtype)"
_BY_RANK = '(torch.rand_like(x).argsort(-1).argsort(-1) >= round(dropout_param["p"] * x.shape[-1])).to(x.dtype)'
_MEDIAN = "blurred > blurred.flatten(1).median(dim=1).values[:, None, None]"

_NETWORKS = (
    Mistake(
        "Adam's v follows the size of the gradient, not its square",
        NETWORKS,
        (in_block("adam", "(1 - beta2) * dw**2", "(1 - beta2) * dw.abs()"),),
        ("adam_step",),
        hint="root of the new v",
    ),
    Mistake(
        "exactly p of each row's entries are dropped",
        NETWORKS,
        (in_block("dropout_forward", _DRAW, _BY_RANK),),
        ("dropout_mask_rows",),
        hint="mask",
    ),
    Mistake(
        "momentum cuts the gradient down to length 1",
        NETWORKS,
        (in_block("sgd_momentum", _V, f"dw = dw / dw.norm().clamp(min=1)\n    {_V}"),),
        ("sgd_momentum_step",),
        ("sgd_momentum_state", "sgd_momentum_defaults"),
        hint="next_w = w + v",
    ),
)

_SUPERVISED = (
    wrong(
        "label written over the last pixels", "embed_label", "embed_label_one_hot embed_label_rest", "pixel",
        ("x[:, :num_classes]", "x[:, -num_classes:]"), may_lose="embed_label_num_classes ff_net_*",
    ),
    wrong(
        "the loss is a hinge", "ff_loss", "ff_loss_value", "log(1 + exp",
        ("F.softplus(", "F.relu("), may_lose="ff_loss_sides ff_layer_step",
    ),
    wrong(
        "predict averages the squares of each layer", "ff_net", "ff_net_predict", "largest goodness",
        ("total + goodness(h)", "total + h.square().mean(dim=1)"),
    ),
)  # fmt: skip

_UNSUPERVISED = (
    Mistake(
        "mask thresholded at its own median",
        UNSUPERVISED,
        (in_cell(UNSUPERVISED, "make_mask", "blurred > 0.5", _MEDIAN),),
        ("make_mask_share",),
        hint="threshold is 0.5",
    ),
    Mistake(
        "features begin with the image itself",
        UNSUPERVISED,
        (in_cell(UNSUPERVISED, "unsupervised_ff_net", "features = []", "features = [x]"),),
        ("unsupervised_features_shape",),
        ("unsupervised_features_value", "unsupervised_features_normalised"),
        hint="7 + 5 units",
    ),
    Mistake(
        "classifier trained on the first batch only",
        UNSUPERVISED,
        (in_cell(UNSUPERVISED, "train_classifier", "for x, y in loader]", "for x, y in loader][:1]"),),
        ("train_classifier_learns",),
        ("train_classifier_cross_entropy",),
        hint="accuracy",
    ),
)

MISTAKES = (*_NETWORKS, *_SUPERVISED, *_UNSUPERVISED)
