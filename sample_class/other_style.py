"""A correct solution in another hand: loops, einsum, float64 inside, in-place updates, copied configs, own gradient."""

from .edits import Edit, in_cell, whole_block, whole_cell

_SUPERVISED = "forward_forward_supervised"

MODULE: tuple[Edit, ...] = (
    whole_block(
        "linear_forward",
        """
        rows = torch.stack([example.flatten() for example in x])
        out = torch.einsum("nd,dm->nm", rows, w)
        out += b
        """,
    ),
    whole_block(
        "linear_backward",
        """
        x, w, b = cache
        rows = x.flatten(start_dim=1)
        dx = torch.zeros_like(rows)
        dw, db = torch.zeros_like(w), torch.zeros_like(b)
        for n in range(len(rows)):
            dx[n] = w @ dout[n]
            dw += torch.outer(rows[n], dout[n])
            db += dout[n]
        dx = dx.view_as(x)
        """,
    ),
    whole_block("relu_forward", "out = torch.where(x > 0, x, torch.zeros_like(x))"),
    whole_block(
        "relu_backward",
        """
        dx = dout.clone()
        dx[x <= 0] = 0
        """,
    ),
    whole_block(
        "softmax_loss",
        """
        fine = x.double()  # more digits inside, the caller's dtype outside
        log_p = fine - torch.logsumexp(fine, dim=1, keepdim=True)
        target = torch.nn.functional.one_hot(y, x.shape[1]).double()
        loss = (-(target * log_p).sum() / x.shape[0]).to(x.dtype)
        dx = ((log_p.exp() - target) / x.shape[0]).to(x.dtype)
        """,
    ),
    whole_block(
        "two_layer_scores",
        """
        W1, b1, W2, b2 = (self.params[name] for name in ("W1", "b1", "W2", "b2"))
        affine, first = Linear.forward(X, W1, b1)
        hidden, middle = ReLU.forward(affine)
        scores, second = Linear.forward(hidden, W2, b2)
        """,
    ),
    whole_block(
        "two_layer_loss",
        """
        loss, dscores = softmax_loss(scores, y)
        dhidden, dW2, db2 = Linear.backward(dscores, second)
        _, dW1, db1 = Linear.backward(ReLU.backward(dhidden, middle), first)
        loss = loss + self.reg * (torch.sum(W1 * W1) + torch.sum(W2 * W2))
        grads = {"b2": db2, "W2": dW2 + 2 * self.reg * W2, "b1": db1, "W1": dW1 + 2 * self.reg * W1}
        """,
    ),
    whole_block(
        "sgd_momentum",
        """
        state = {"learning_rate": 1e-2, "momentum": 0.9, **config}
        velocity = state["velocity"].clone() if "velocity" in state else torch.zeros_like(w)
        velocity.mul_(state["momentum"]).sub_(state["learning_rate"] * dw)
        state["velocity"] = velocity
        config = state
        next_w = w.add_(velocity)
        """,
    ),
    whole_block(
        "rmsprop",
        """
        config = dict({"learning_rate": 1e-2, "decay_rate": 0.99, "epsilon": 1e-8}, **config)
        rate = config["decay_rate"]
        config["cache"] = rate * config.get("cache", 0) + (1 - rate) * dw * dw
        next_w = w - config["learning_rate"] * dw / (config["cache"] ** 0.5 + config["epsilon"])
        """,
    ),
    whole_block(
        "dropout_forward",
        """
        mask, out = None, x.clone()
        if dropout_param["mode"] == "train":
            if "seed" in dropout_param and dropout_param["seed"] is not None:
                torch.manual_seed(dropout_param["seed"])
            mask = torch.rand(x.shape, device=x.device) >= dropout_param["p"]
            out[~mask] = 0
            out /= 1 - dropout_param["p"]
        """,
    ),
    whole_block(
        "dropout_backward",
        """
        dx = dout
        if dropout_param["mode"] == "train":
            dx = torch.where(mask, dout / (1 - dropout_param["p"]), torch.zeros_like(dout))
        """,
    ),
)

SUPERVISED: tuple[Edit, ...] = (
    whole_cell(
        _SUPERVISED,
        "embed_label",
        """
        def embed_label(x, y, num_classes=10):
            one_hot = torch.eye(num_classes, dtype=x.dtype)[y]
            return torch.cat([one_hot, x[:, num_classes:]], dim=1)
        """,
    ),
    whole_cell(
        _SUPERVISED,
        "wrong_labels",
        """
        def wrong_labels(y, num_classes=10):
            import numpy as np

            answers = []
            for label in y.tolist():
                others = [other for other in range(num_classes) if other != label]
                answers.append(int(np.random.choice(others)))
            print("made", len(answers), "wrong labels")  # a chatty student
            return torch.tensor(answers)
        """,
    ),
    whole_cell(
        _SUPERVISED,
        "ff_loss",
        """
        def ff_loss(g_pos, g_neg, threshold):
            zero = torch.zeros_like(g_pos)
            terms = torch.logaddexp(zero, threshold - g_pos) + torch.logaddexp(zero, g_neg - threshold)
            return terms.sum() / (2 * len(g_pos))
        """,
    ),
    whole_cell(
        _SUPERVISED,
        "ff_layer",
        """
        class FFLayer(nn.Module):
            def __init__(self, in_features, out_features, threshold=None, lr=0.001):
                super().__init__()
                self.W = nn.Parameter(torch.randn(in_features, out_features) * (2 / in_features) ** 0.5)
                self.b = nn.Parameter(torch.zeros(out_features))
                self.threshold = threshold if threshold is not None else out_features
                self.lr = lr
                self.state = {"m": [0, 0], "v": [0, 0], "t": 0}

            def normalised(self, x):
                length = torch.sqrt((x * x).sum(dim=1, keepdim=True))
                return x / (length + 1e-8) * x.shape[1] ** 0.5

            def forward(self, x):
                return torch.clamp(self.normalised(x) @ self.W + self.b, min=0)

            def train_batch(self, x_pos, x_neg):
                with torch.no_grad():  # the gradient is short enough to write down
                    rows = self.normalised(torch.cat([x_pos, x_neg]))
                    h = torch.clamp(rows @ self.W + self.b, min=0)
                    n = len(x_pos)
                    g = goodness(h)
                    loss = ff_loss(g[:n], g[n:], self.threshold).item()
                    slope = torch.sigmoid(g - self.threshold) / (2 * n)
                    slope[:n] -= 1 / (2 * n)
                    dh = 2 * h * slope[:, None]
                    self._adam([(self.W, rows.T @ dh), (self.b, dh.sum(dim=0))])
                return h[:n].clone(), h[n:].clone(), loss

            def _adam(self, pairs):
                s = self.state
                s["t"] += 1
                for i, (w, dw) in enumerate(pairs):
                    s["m"][i] = 0.9 * s["m"][i] + 0.1 * dw
                    s["v"][i] = 0.999 * s["v"][i] + 0.001 * dw**2
                    m, v = s["m"][i] / (1 - 0.9 ** s["t"]), s["v"][i] / (1 - 0.999 ** s["t"])
                    w -= self.lr * m / (v.sqrt() + 1e-8)
        """,
    ),
    in_cell(_SUPERVISED, "ff_net", 'layer.optimizer.param_groups[0]["lr"] =', "layer.lr ="),
)

_UNSUPERVISED = "forward_forward_unsupervised"

UNSUPERVISED: tuple[Edit, ...] = (
    whole_cell(
        _UNSUPERVISED,
        "make_mask",
        """
        import numpy as np

        def make_mask(shape, blurs=10):
            masks = np.random.rand(*shape).round()
            for _ in range(blurs):
                for axis in (1, 2):
                    wide = np.pad(masks, [(1, 1) if i == axis else (0, 0) for i in range(3)], mode="edge")
                    left, right = np.roll(wide, 1, axis), np.roll(wide, -1, axis)
                    inside = [slice(1, -1) if i == axis else slice(None) for i in range(3)]
                    masks = (left / 4 + wide / 2 + right / 4)[tuple(inside)]
            return torch.tensor(masks > 0.5).float()
        """,
    ),
    whole_cell(
        _UNSUPERVISED,
        "make_hybrid",
        """
        def make_hybrid(x1, x2, mask):
            return torch.where(mask > 0.5, x1, x2)
        """,
    ),
    whole_cell(
        _UNSUPERVISED,
        "make_negatives",
        """
        import warnings

        def make_negatives(x):
            warnings.warn("making hybrids")
            rows = []
            masks = make_mask((len(x), 28, 28))
            order = torch.randperm(len(x))
            partner = torch.empty_like(order)
            partner[order] = order.roll(1)  # one cycle through the batch: nobody is their own partner
            for i in range(len(x)):
                rows.append(make_hybrid(x[i], x[partner[i]], masks[i].reshape(-1)))
            return torch.stack(rows)
        """,
    ),
)

EVERYTHING = MODULE + SUPERVISED + UNSUPERVISED
