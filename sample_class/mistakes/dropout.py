"""Mistakes in dropout, and in the place that it has in FullyConnectedNet."""

from ..edits import in_block
from .mistake import NETWORKS, Mistake

_DRAW = "mask = (torch.rand_like(x) < keep).to(x.dtype) / keep"
_BACK = 'dout * mask if dropout_param["mode"] == "train" else dout'
_TRAIN = 'if dropout_param["mode"] == "train":'
_IN_NET, _BACK_IN_NET = "Dropout.forward(hidden, self.dropout_param)", "Dropout.backward(dhidden, caches.pop())"
_SCORES = 'scores, scores_cache = Linear.forward(hidden, self.params[f"W{last}"], self.params[f"b{last}"])'

_LAYER = (
    Mistake(
        "p taken for the probability to keep",
        NETWORKS,
        (in_block("dropout_forward", 'keep = 1 - dropout_param["p"]', 'keep = dropout_param["p"]'),),
        ("dropout_share",),
        ("dropout_p_zero",),
        hint="probability to drop",
    ),
    Mistake(
        "mask drawn from normal numbers",
        NETWORKS,
        (in_block("dropout_forward", "rand_like", "randn_like"),),
        ("dropout_share", "dropout_p_zero"),
        hint="probability to drop",
    ),
    Mistake(
        "dropout without a scale in training",
        NETWORKS,
        (in_block("dropout_forward", _DRAW, _DRAW.removesuffix(" / keep")),),
        ("dropout_scale",),
        hint="expected value",
    ),
    Mistake(
        "what stays is divided by p",
        NETWORKS,
        (in_block("dropout_forward", "/ keep", '/ dropout_param["p"]'),),
        ("dropout_scale",),
        ("dropout_p_zero",),
        hint="expected value",
    ),
    Mistake(
        "what stays is multiplied by 1 - p",
        NETWORKS,
        (in_block("dropout_forward", "/ keep", "* keep"),),
        ("dropout_scale",),
        hint="expected value",
    ),
    Mistake(
        "dropout scales at test time, not in training",
        NETWORKS,
        (
            in_block("dropout_forward", _DRAW, _DRAW.removesuffix(" / keep")),
            in_block("dropout_forward", "out, mask = x, None", 'out, mask = x * (1 - dropout_param["p"]), None'),
        ),
        ("dropout_scale", "dropout_test_mode"),
        hint="nothing is dropped or scaled",
    ),
    Mistake(
        "dropout drops at test time too",
        NETWORKS,
        (in_block("dropout_forward", _TRAIN, "if True:"),),
        ("dropout_test_mode",),
        hint="nothing is dropped or scaled",
    ),
    Mistake(
        "one mask for all rows of the batch",
        NETWORKS,
        (in_block("dropout_forward", "rand_like(x)", "rand_like(x[:1])"),),
        ("dropout_mask_rows",),
        hint="rows different",
    ),
    Mistake(
        "the same mask in every call without a seed",
        NETWORKS,
        (
            in_block("dropout_forward", 'if dropout_param.get("seed") is not None:', "if True:"),
            in_block("dropout_forward", 'dropout_param["seed"]', 'dropout_param.get("seed", 0)'),
        ),
        ("dropout_mask_calls",),
        hint="new mask",
    ),
    Mistake(
        "dropout ignores its seed",
        NETWORKS,
        (in_block("dropout_forward", 'torch.manual_seed(dropout_param["seed"])', "pass"),),
        ("dropout_seed",),
        hint="seed decides",
    ),
    Mistake(
        "dropout backward passes everything on",
        NETWORKS,
        (in_block("dropout_backward", _BACK, "dout"),),
        ("dropout_backward_train",),
        hint="times that constant",
    ),
    Mistake(
        "dropout backward without the scale",
        NETWORKS,
        (in_block("dropout_backward", "dout * mask", "dout * (mask > 0)"),),
        ("dropout_backward_train",),
        hint="times that constant",
    ),
    Mistake(
        "dropout backward scales twice",
        NETWORKS,
        (in_block("dropout_backward", "dout * mask", 'dout * mask / (1 - dropout_param["p"])'),),
        ("dropout_backward_train",),
        hint="times that constant",
    ),
    Mistake(
        "dropout backward draws a mask of its own",
        NETWORKS,
        (
            in_block(
                "dropout_backward",
                "dout * mask",
                'dout * (torch.rand_like(dout) >= dropout_param["p"]) / (1 - dropout_param["p"])',
            ),
        ),
        ("dropout_backward_train",),
        hint="times that constant",
    ),
    Mistake(
        "dropout backward wants a mask at test time",
        NETWORKS,
        (in_block("dropout_backward", _BACK, "dout * mask"),),
        ("dropout_backward_test",),
        hint="NoneType",
    ),
    Mistake(
        "dropout backward scales at test time",
        NETWORKS,
        (in_block("dropout_backward", "else dout", 'else dout * (1 - dropout_param["p"])'),),
        ("dropout_backward_test",),
        hint="derivative of out = x",
    ),
    Mistake(
        "dropout makes no mask for p = 0 and wants one backward",
        NETWORKS,
        (in_block("dropout_forward", _TRAIN, _TRAIN.replace(":", ' and dropout_param["p"]:')),),
        ("dropout_p_zero",),
        hint="NoneType",
    ),
    Mistake(
        "dropout changes x in place",
        NETWORKS,
        (in_block("dropout_forward", "out = x * mask", "out = x.mul_(mask)"),),
        ("dropout_inputs_unchanged",),
        hint="x changed in place",
    ),
    Mistake(
        "dropout changes dout in place",
        NETWORKS,
        (in_block("dropout_backward", "dout * mask", "dout.mul_(mask)"),),
        ("dropout_inputs_unchanged",),
        hint="dout changed in place",
    ),
)

_NET = (
    Mistake(
        "the deep network has no dropout",
        NETWORKS,
        tuple(in_block(f"fully_connected_{part}", "if self.use_dropout:", "if False:") for part in ("scores", "loss")),
        ("fully_connected_dropout_layers",),
        hint="after each",
    ),
    Mistake(
        "the deep network drops after its first ReLU only",
        NETWORKS,
        tuple(
            in_block(f"fully_connected_{part}", "if self.use_dropout:", "if self.use_dropout and layer == 1:")
            for part in ("scores", "loss")
        ),
        ("fully_connected_dropout_layers",),
        hint="after each",
    ),
    Mistake(
        "the deep network drops scores too",
        NETWORKS,
        (
            in_block(
                "fully_connected_scores",
                _SCORES,
                f"{_SCORES}\n        if self.use_dropout:\n            "
                "scores, last_cache = Dropout.forward(scores, self.dropout_param)",
            ),
            in_block(
                "fully_connected_loss",
                "grads = {}",
                "grads = {}\n        if self.use_dropout:\n            dscores = Dropout.backward(dscores, last_cache)",
            ),
        ),
        ("fully_connected_dropout_layers", "fully_connected_dropout_grads"),
    ),
    Mistake(
        "the deep network drops pixels too",
        NETWORKS,
        (
            in_block(
                "fully_connected_scores",
                "hidden, caches = X, []",
                f"hidden, caches = X, []\n        if self.use_dropout:\n            hidden, _ = {_IN_NET}",
            ),
        ),
        ("fully_connected_dropout_layers", "fully_connected_dropout_grads"),
    ),
    Mistake(
        "the deep network hands 1 - p to its dropout",
        NETWORKS,
        (
            in_block(
                "fully_connected_scores",
                _IN_NET,
                'Dropout.forward(hidden, {**self.dropout_param, "p": 1 - self.dropout_param["p"]})',
            ),
        ),
        ("fully_connected_dropout_layers", "fully_connected_dropout_grads"),
    ),
    Mistake(
        "the deep network forgets dropout on the way back",
        NETWORKS,
        (in_block("fully_connected_loss", f"dhidden = {_BACK_IN_NET}", "caches.pop()"),),
        ("fully_connected_dropout_grads",),
        hint="must be the gradient",
    ),
    Mistake(
        "the deep network keeps the cache of its last dropout only",
        NETWORKS,
        (
            in_block(
                "fully_connected_scores",
                f"hidden, cache = {_IN_NET}\n                caches.append(cache)",
                f"hidden, dropped = {_IN_NET}",
            ),
            in_block("fully_connected_loss", _BACK_IN_NET, "Dropout.backward(dhidden, dropped)"),
        ),
        ("fully_connected_dropout_grads",),
    ),
    Mistake(
        "the deep network hands no seed to its dropout",
        NETWORKS,
        (
            in_block(
                "fully_connected_scores",
                _IN_NET,
                'Dropout.forward(hidden, {name: self.dropout_param[name] for name in ("mode", "p")})',
            ),
        ),
        ("fully_connected_dropout_grads",),
    ),
    Mistake(
        "the deep network drops at test time",
        NETWORKS,
        (
            in_block(
                "fully_connected_scores", _IN_NET, 'Dropout.forward(hidden, {**self.dropout_param, "mode": "train"})'
            ),
        ),
        ("fully_connected_dropout_test_time",),
        hint="whole network",
    ),
    Mistake(
        "the deep network trains without dropout once it was evaluated",
        NETWORKS,
        (
            in_block(
                "fully_connected_scores",
                "hidden, caches = X, []",
                "hidden, caches = X, []\n        if y is None:\n            self.use_dropout = False",
            ),
        ),
        ("fully_connected_dropout_layers",),
    ),
)

MISTAKES = (*_LAYER, *_NET)
