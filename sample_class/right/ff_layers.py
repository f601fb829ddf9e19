"""Right ways to write FFLayer, in either notebook: other parameters, other starts, other scalings, other updates."""

from ..edits import in_cell
from ..mistakes.mistake import SUPERVISED, UNSUPERVISED
from .right import Right

_LINEAR = "self.linear = nn.Linear(in_features, out_features)"
_START = "nn.init.kaiming_normal_(self.linear.weight)  # goodness starts close to the number of units"
_OPTIMIZER = "self.optimizer = torch.optim.Adam(self.parameters(), lr=lr)"
_SCALE = "x = F.normalize(x, dim=1) * x.shape[1] ** 0.5"
_OUT = "return F.relu(self.linear(x))"
_BOTH = "h_pos, h_neg = self(torch.cat([x_pos, x_neg])).chunk(2)"
_STEP = "self.optimizer.zero_grad()\n        loss.backward()\n        self.optimizer.step()"
_RETURN = "return h_pos.detach(), h_neg.detach(), loss.item()"
_RATE = 'layer.optimizer.param_groups[0]["lr"] ='
_DECAY = (
    "            for layer in self.layers:  # the steps become smaller from epoch to epoch\n"
    f"                {_RATE} self.lr * (1 - epoch / epochs)\n"
)


def _layer(notebook: str, name: str, *pairs: tuple[str, str], net: tuple[tuple[str, str], ...] = ()) -> Right:
    """FFLayer with each pair (old, new) exchanged, and FFNet with those in net."""
    edits = [in_cell(notebook, "ff_layer", old, new.replace("\n", "\n        ")) for old, new in pairs]
    return Right(name, notebook, (*edits, *(in_cell(notebook, "ff_net", old, new) for old, new in net)))


def _supervised(name: str, *pairs: tuple[str, str], net: tuple[tuple[str, str], ...] = ()) -> Right:
    return _layer(SUPERVISED, f"FFLayer: {name}", *pairs, net=net)


def _unsupervised(name: str, *pairs: tuple[str, str]) -> Right:
    return _layer(UNSUPERVISED, f"FFLayer: {name}", *pairs)


_NO_DECAY = ((_DECAY, ""),)

SUPERVISED_LAYERS = (
    _supervised(
        "parameters of its own and plain products",
        (_LINEAR, "self.W = nn.Parameter(torch.randn(in_features, out_features) * (2 / in_features) ** 0.5)"),
        (_START, "self.b = nn.Parameter(torch.zeros(out_features))"),
        (_OUT, "return (x @ self.W + self.b).clamp(min=0)"),
    ),
    _supervised("nn.Linear's own start", (f"        {_START}\n", "")),
    _supervised("orthogonal start and small biases", (_START, "nn.init.orthogonal_(self.linear.weight, gain=2**0.5)")),
    _supervised(
        "SGD with momentum",
        (_OPTIMIZER, "self.optimizer = torch.optim.SGD(self.parameters(), lr=lr / 3, momentum=0.9)"),
        net=_NO_DECAY,
    ),
    _supervised("AdamW", (_OPTIMIZER, "self.optimizer = torch.optim.AdamW(self.parameters(), lr=lr)"), net=_NO_DECAY),
    _supervised("RMSprop", (_OPTIMIZER, "self.optimizer = torch.optim.RMSprop(self.parameters(), lr=lr / 3)")),
    _supervised(
        "gradients by torch.autograd.grad and Adam by hand",
        (_OPTIMIZER, "self.lr, self.t = lr, 0\nself.moments = [[0, 0] for _ in self.parameters()]"),
        (
            _STEP,
            "self.t += 1\n"
            "gradients = torch.autograd.grad(loss, list(self.parameters()))\n"
            "with torch.no_grad():\n"
            "    for p, g, mv in zip(self.parameters(), gradients, self.moments):\n"
            "        mv[0], mv[1] = 0.9 * mv[0] + 0.1 * g, 0.999 * mv[1] + 0.001 * g * g\n"
            "        m, v = mv[0] / (1 - 0.9**self.t), mv[1] / (1 - 0.999**self.t)\n"
            "        p -= self.lr * m / (v.sqrt() + 1e-8)",
        ),
        net=((_RATE, "layer.lr ="),),
    ),
    _supervised(
        "gradient clipped before the step",
        ("loss.backward()", "loss.backward()\nnn.utils.clip_grad_norm_(self.parameters(), 1.0)"),
    ),
    _supervised(
        "positive and negative rows one after the other, the loss in two halves",
        (_BOTH, "h_pos, h_neg = self.forward(x_pos), self.forward(x_neg)"),
        (
            _STEP,
            "self.zero_grad(set_to_none=True)\nloss.backward(inputs=list(self.parameters()))\nself.optimizer.step()",
        ),
        (_RETURN, "return h_pos.data, h_neg.clone().detach(), float(loss.detach())"),
    ),
    _supervised(
        "activities of after the update returned",
        (_RETURN, "with torch.no_grad():\n    return self(x_pos), self(x_neg), loss.item()"),
    ),
    _supervised(
        "float64 inside and outside",
        (_LINEAR, "self.linear = nn.Linear(in_features, out_features, dtype=torch.float64)"),
        (_SCALE, f"x = x.double()\n{_SCALE}"),
    ),
    _supervised(
        "rows scaled by the root of their mean square",
        (_SCALE, "x = x / x.pow(2).mean(dim=1, keepdim=True).sqrt().clamp(min=1e-12)"),
    ),
    _supervised(
        "rows scaled by nan_to_num",
        (_SCALE, "x = (x / x.norm(dim=1, keepdim=True)).nan_to_num(0.0) * x.shape[1] ** 0.5"),
        (_OUT, "return torch.threshold(F.linear(x, self.linear.weight, self.linear.bias), 0.0, 0.0)"),
    ),
    _supervised(
        "chatter, asserts and logging",
        (_OPTIMIZER, f"{_OPTIMIZER}\nprint(f'a layer from {{in_features}} to {{out_features}}')"),
        (_SCALE, f"assert x.dim() == 2 and not x.isnan().any()\n{_SCALE}"),
        (
            _RETURN,
            "import logging, sys, warnings\n"
            "if loss > 1:\n"
            "    logging.getLogger('ff').warning('loss %.3f', loss)\n"
            "    print('still high', file=sys.stderr)\n"
            "    warnings.warn('high loss')\n" + _RETURN,
        ),
    ),
)

UNSUPERVISED_LAYERS = (
    _unsupervised(
        "a Sequential of linear and ReLU",
        (_LINEAR, "self.steps = nn.Sequential(nn.Linear(in_features, out_features), nn.ReLU())"),
        (_START, "nn.init.kaiming_uniform_(self.steps[0].weight, nonlinearity='relu')"),
        (_OUT, "return self.steps(x)"),
    ),
    _unsupervised(
        "weights from numpy's Generator",
        (
            _START,
            "import numpy as np\n"
            "rng = np.random.default_rng(int(torch.randint(10**6, ())))\n"
            "start = rng.normal(0, (2 / in_features) ** 0.5, size=(out_features, in_features))\n"
            "with torch.no_grad():\n"
            "    self.linear.weight.copy_(torch.from_numpy(start))\n"
            "    self.linear.bias.zero_()",
        ),
    ),
    _unsupervised("Xavier's start", (_START, "nn.init.xavier_uniform_(self.linear.weight, gain=1.4)")),
    _unsupervised(
        "SGD with momentum, without labels",
        (_OPTIMIZER, "self.optimizer = torch.optim.SGD(self.parameters(), lr=lr / 3, momentum=0.9)"),
    ),
    _unsupervised(
        "AdamW with little decay",
        (_OPTIMIZER, "self.optimizer = torch.optim.AdamW(self.parameters(), lr=lr, weight_decay=1e-3)"),
    ),
    _unsupervised(
        "NAdam", (_OPTIMIZER, "self.optimizer = torch.optim.NAdam(self.parameters(), lr=lr, betas=(0.9, 0.99))")
    ),
    _unsupervised(
        "gradient written down, momentum by hand",
        (
            _OPTIMIZER,
            "self.lr, self.velocity = lr, [0, 0]\n\n"
            "def scaled(x):\n"
            "    length = (x * x).sum(1, keepdim=True).sqrt()\n"
            "    return torch.where(length > 0, x / length, torch.zeros_like(x)) * x.shape[1] ** 0.5\n\n"
            "self.scaled = scaled",
        ),
        (_SCALE, "x = self.scaled(x)"),
        (_BOTH, "both = torch.cat([x_pos, x_neg])\nwith torch.no_grad():\n    h_pos, h_neg = self(both).chunk(2)"),
        (
            _STEP,
            "with torch.no_grad():\n"
            "    h, n = torch.cat([h_pos, h_neg]), len(both)\n"
            "    side = torch.ones(n)\n"
            "    side[: n // 2] = -1\n"
            "    slope = side * torch.sigmoid(side * (goodness(h) - self.threshold)) / n\n"
            "    dh = 2 * h * slope[:, None]\n"
            "    for i, (p, g) in enumerate(zip(self.parameters(), (dh.T @ self.scaled(both), dh.sum(0)))):\n"
            "        self.velocity[i] = 0.9 * self.velocity[i] - self.lr / 3 * g\n"
            "        p += self.velocity[i]",
        ),
    ),
    _unsupervised(
        "gradient from torch.func",
        (
            _STEP,
            "def loss_of(params):\n"
            "    pos, neg = torch.func.functional_call(self, params, (torch.cat([x_pos, x_neg]),)).chunk(2)\n"
            "    return ff_loss(goodness(pos), goodness(neg), self.threshold)\n\n"
            "gradients = torch.func.grad(loss_of)({name: p.detach() for name, p in self.named_parameters()})\n"
            "for name, p in self.named_parameters():\n"
            "    p.grad = gradients[name]\n"
            "self.optimizer.step()",
        ),
    ),
    _unsupervised(
        "rows scaled by rms_norm",
        (_SCALE, "x = F.rms_norm(x, x.shape[1:], eps=1e-20)"),
        (_RETURN, "return h_pos.detach().clone(), h_neg.detach().clone(), float(loss)"),
    ),
    _unsupervised(
        "threshold a buffer that is not saved",
        (
            "self.threshold = out_features if threshold is None else threshold",
            "value = float(out_features if threshold is None else threshold)\n"
            "self.register_buffer('threshold', torch.tensor(value), persistent=False)",
        ),
    ),
    _unsupervised(
        "results in numpy's memory",
        (
            _RETURN,
            "pos, neg = (torch.from_numpy(h.detach().numpy()) for h in (h_pos, h_neg))\n"
            "return pos, neg, float(loss.detach().numpy())",
        ),
    ),
)
