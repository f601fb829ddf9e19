"""Right ways to write dropout: other random numbers, masks of other kinds, the factor in one place or in another."""

from .right import module

_TRAIN = 'dropout_param["mode"] == "train"'


def _dropout(name: str, draw: str, backward: str = ""):
    """Dropout whose forward, in training, is `draw`: it makes mask and out from x, p and seed."""
    lines = "\n".join("            " + line for line in draw.strip("\n").splitlines())
    forward = f"""
        p, seed = dropout_param["p"], dropout_param.get("seed")
        mask, out = None, x
        if {_TRAIN}:
{lines}
        """
    blocks = {"dropout_forward": forward} | ({"dropout_backward": backward} if backward else {})
    return module(name, **blocks)


_SEED = "if seed is not None:\n    torch.manual_seed(seed)\n"
_LATE = f'dx = dout * mask / (1 - dropout_param["p"]) if {_TRAIN} else dout'

DROPOUT = (
    _dropout(
        "dropout mask from torch.bernoulli",
        _SEED + "mask = torch.bernoulli(torch.full(x.shape, 1.0 - p)).to(x.dtype) / (1 - p)\nout = mask * x",
    ),
    _dropout(
        "dropout mask by rand > p, boolean, the factor in both passes",
        _SEED + "mask = torch.rand(x.shape) > p\nout = x * mask / (1 - p)",
        _LATE,
    ),
    _dropout(
        "dropout mask by rand >= p, of bytes",
        _SEED + "mask = (torch.rand(*x.shape, dtype=x.dtype) >= p).to(torch.uint8)\nout = mask * x / (1 - p)",
        _LATE,
    ),
    _dropout(
        "dropout mask from a torch.Generator of its own",
        """
g = torch.Generator()
g.manual_seed(int(torch.randint(2**60, ())) if seed is None else seed)
mask = (torch.rand(x.shape, generator=g) < 1 - p) * (1 / (1 - p))
out = x * mask
        """,
    ),
    _dropout(
        "dropout mask from numpy's Generator",
        """
import numpy as np
rng = np.random.default_rng(seed)
mask = torch.from_numpy(rng.binomial(1, 1 - p, size=tuple(x.shape)) / (1 - p)).to(x.dtype)
out = mask.mul(x)
        """,
    ),
    _dropout(
        "dropout by python's random numbers, entry by entry",
        """
import random
rng = random.Random(seed)
mask = torch.tensor([0.0 if rng.random() < p else 1 / (1 - p) for _ in range(x.numel())], dtype=x.dtype)
mask = mask.reshape(x.shape)
out = mask * x
        """,
    ),
    _dropout(
        "dropout seeded within fork_rng",
        """
from contextlib import nullcontext
with torch.random.fork_rng() if seed is not None else nullcontext():
    if seed is not None:
        torch.manual_seed(seed)
    mask = torch.empty_like(x).uniform_() >= p
out = torch.where(mask, x / (1 - p), 0.0)
        """,
        f'dx = torch.where(mask, dout / (1 - dropout_param["p"]), 0.0) if {_TRAIN} else dout.clone()',
    ),
    _dropout(
        "dropout mask from torch.nn.functional",
        _SEED + "mask = torch.nn.functional.dropout(torch.ones_like(x), p, training=True)\nout = x * mask",
    ),
    _dropout(
        "dropout mask a closure, and the mask of what is dropped",
        _SEED
        + """
dropped = torch.rand_like(x) < p
mask = lambda tensor: tensor.masked_fill(dropped, 0) / (1 - p)
out = mask(x)
        """,
        "dx = dout if mask is None else mask(dout)",
    ),
    module(
        "dropout of p = 0 and of test mode one branch, with a mask of ones",
        dropout_forward="""
        import logging
        if dropout_param["mode"] == "test" or not dropout_param["p"]:
            logging.warning("nothing to drop")
            mask = torch.ones_like(x)
            out = x.clone()
        elif dropout_param["mode"] == "train":
            torch.manual_seed(dropout_param["seed"]) if "seed" in dropout_param else None
            mask = torch.floor(torch.rand_like(x) + 1 - dropout_param["p"]) / (1 - dropout_param["p"])
            out = x.clone().mul_(mask)
        else:
            raise ValueError(dropout_param["mode"])
        """,
        dropout_backward="dx = dout * mask",
    ),
)
