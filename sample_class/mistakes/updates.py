"""Mistakes in the update rules; those in Adam and in dropout have files of their own."""

from ..edits import in_block
from . import dropout, updates_adam
from .mistake import NETWORKS, Mistake

_V = 'velocity = config["momentum"] * velocity - config["learning_rate"] * dw'
_V_STORED = '    config["velocity"] = velocity\n'
_C = 'cache = config["decay_rate"] * cache + (1 - config["decay_rate"]) * dw**2'
_C_STORED = '    config["cache"] = cache\n'
_C_STEP = 'next_w = w - config["learning_rate"] * dw / (cache.sqrt() + config["epsilon"])'

_MOMENTUM = (
    Mistake(
        "momentum adds the gradient to the velocity",
        NETWORKS,
        (in_block("sgd_momentum", _V, _V.replace(" - ", " + ")),),
        ("sgd_momentum_step",),
        hint="next_w = w + v",
    ),
    Mistake(
        "momentum subtracts the velocity from the weights",
        NETWORKS,
        (in_block("sgd_momentum", "next_w = w + velocity", "next_w = w - velocity"),),
        ("sgd_momentum_step",),
        hint="next_w = w + v",
    ),
    Mistake(
        "momentum never stores its velocity",
        NETWORKS,
        (in_block("sgd_momentum", _V_STORED, ""),),
        ("sgd_momentum_state",),
        hint="velocity",
    ),
    Mistake(
        "momentum ignores the velocity that it is given",
        NETWORKS,
        (in_block("sgd_momentum", 'config.get("velocity", torch.zeros_like(w))', "torch.zeros_like(w)"),),
        ("sgd_momentum_step", "sgd_momentum_state"),
        hint="next_w = w + v",
    ),
    Mistake(
        "momentum keeps its velocity under another key",
        NETWORKS,
        (in_block("sgd_momentum", 'get("velocity"', 'get("v"'), in_block("sgd_momentum", '["velocity"]', '["v"]')),
        ("sgd_momentum_step",),
        hint="next_w = w + v",
    ),
    Mistake(
        "momentum scales the whole velocity by the learning rate",
        NETWORKS,
        (
            in_block("sgd_momentum", _V, 'velocity = config["momentum"] * velocity + dw'),
            in_block("sgd_momentum", "w + velocity", 'w - config["learning_rate"] * velocity'),
        ),
        ("sgd_momentum_step",),
        hint="next_w = w + v",
    ),
    Mistake(
        "momentum moves the weights by the old velocity",
        NETWORKS,
        (
            in_block("sgd_momentum", _V, f"next_w = w + velocity\n    {_V}"),
            in_block("sgd_momentum", "velocity\n    next_w = w + velocity", "velocity"),
        ),
        ("sgd_momentum_step",),
        hint="next_w = w + v",
    ),
    Mistake(
        "Nesterov's momentum in place of the plain one",
        NETWORKS,
        (in_block("sgd_momentum", "next_w = w + velocity", _V.replace("velocity =", "next_w = w +", 1)),),
        ("sgd_momentum_step",),
        hint="next_w = w + v",
    ),
    Mistake(
        "momentum weights the gradient by 1 - momentum",
        NETWORKS,
        (in_block("sgd_momentum", _V, _V.replace(" - ", ' - (1 - config["momentum"]) * ')),),
        ("sgd_momentum_step",),
        hint="next_w = w + v",
    ),
    Mistake(
        "momentum of 0.9 whatever config says",
        NETWORKS,
        (in_block("sgd_momentum", 'config.setdefault("momentum", 0.9)', 'config["momentum"] = 0.9'),),
        ("sgd_momentum_step",),
        hint="next_w = w + v",
    ),
    Mistake(
        "learning rate of momentum is 1e-3 by default",
        NETWORKS,
        (in_block("sgd_momentum", "1e-2", "1e-3"),),
        ("sgd_momentum_defaults",),
        hint="absent keys",
    ),
    Mistake(
        "momentum scales dw in place",
        NETWORKS,
        (
            in_block(
                "sgd_momentum", _V, 'dw *= config["learning_rate"]\n    velocity = config["momentum"] * velocity - dw'
            ),
        ),
        ("sgd_momentum_dw_unchanged",),
        hint="dw changed in place",
    ),
)

_RMSPROP = (
    Mistake(
        "RMSProp's epsilon inside the root",
        NETWORKS,
        (in_block("rmsprop", 'cache.sqrt() + config["epsilon"]', '(cache + config["epsilon"]).sqrt()'),),
        ("rmsprop_epsilon",),
        hint="sqrt(c) + epsilon",
    ),
    Mistake(
        "RMSProp without epsilon",
        NETWORKS,
        (in_block("rmsprop", '(cache.sqrt() + config["epsilon"])', "cache.sqrt()"),),
        ("rmsprop_epsilon",),
        hint="sqrt(c) + epsilon",
    ),
    Mistake(
        "RMSProp's epsilon is 1e-6 by default",
        NETWORKS,
        (in_block("rmsprop", "1e-8", "1e-6"),),
        ("rmsprop_epsilon",),
        hint="sqrt(c) + epsilon",
    ),
    Mistake(
        "RMSProp's decay rate is 0.9 by default",
        NETWORKS,
        (in_block("rmsprop", "0.99", "0.9"),),
        ("rmsprop_defaults",),
        hint="absent keys",
    ),
    Mistake(
        "RMSProp never stores its cache",
        NETWORKS,
        (in_block("rmsprop", _C_STORED, ""),),
        ("rmsprop_state",),
        hint="cache",
    ),
    Mistake(
        "RMSProp stores the root of its cache",
        NETWORKS,
        (in_block("rmsprop", _C_STORED, '    config["cache"] = cache.sqrt()\n'),),
        ("rmsprop_state",),
        hint="cache",
    ),
    Mistake(
        "RMSProp divides by the root of the old cache",
        NETWORKS,
        (in_block("rmsprop", _C, f"{_C_STEP}\n    {_C}"), in_block("rmsprop", f"= cache\n    {_C_STEP}", "= cache")),
        ("rmsprop_step",),
        hint="root of the new cache",
    ),
    Mistake(
        "RMSProp forgets the root",
        NETWORKS,
        (in_block("rmsprop", "cache.sqrt()", "cache"),),
        ("rmsprop_step",),
        hint="root of the new cache",
    ),
    Mistake(
        "RMSProp with the two decay factors exchanged",
        NETWORKS,
        (
            in_block("rmsprop", 'config["decay_rate"] * cache', '(1 - config["decay_rate"]) * cache'),
            in_block("rmsprop", '(1 - config["decay_rate"]) * dw', 'config["decay_rate"] * dw'),
        ),
        ("rmsprop_step",),
        hint="root of the new cache",
    ),
    Mistake(
        "RMSProp sums squares without decay, as AdaGrad",
        NETWORKS,
        (in_block("rmsprop", _C, "cache = cache + dw**2"),),
        ("rmsprop_step",),
        hint="root of the new cache",
    ),
    Mistake(
        "RMSProp climbs the gradient",
        NETWORKS,
        (in_block("rmsprop", "next_w = w - ", "next_w = w + "),),
        ("rmsprop_step",),
        hint="root of the new cache",
    ),
    Mistake(
        "RMSProp scales dw in place",
        NETWORKS,
        (
            in_block(
                "rmsprop",
                _C_STEP,
                'dw *= config["learning_rate"]\n    next_w = w - dw / (cache.sqrt() + config["epsilon"])',
            ),
        ),
        ("rmsprop_dw_unchanged",),
        hint="dw changed in place",
    ),
)

MISTAKES = (*_MOMENTUM, *_RMSPROP, *updates_adam.MISTAKES, *dropout.MISTAKES)
