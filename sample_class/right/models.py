"""Right ways to write the two networks: other draws of the same distribution, other ways there and back."""

from .right import module

_DRAWS = (
    module(
        "initial weights from torch.normal",
        two_layer_init="""
        sizes = (input_dim, hidden_dim, num_classes)
        for i in (1, 2):
            shape = sizes[i - 1], sizes[i]
            self.params[f"W{i}"] = torch.normal(0.0, weight_scale, size=shape, dtype=dtype, device=device)
            self.params[f"b{i}"] = self.params[f"W{i}"].new_zeros(shape[1])
        """,
        fully_connected_init="""
        sizes = [input_dim] + list(hidden_dims) + [num_classes]
        for i, (rows, columns) in enumerate(zip(sizes, sizes[1:]), start=1):
            self.params["W%d" % i] = torch.normal(mean=torch.zeros(rows, columns), std=weight_scale).to(device, dtype)
            self.params["b%d" % i] = torch.zeros_like(self.params["W%d" % i][0])
        """,
    ),
    module(
        "initial weights from numpy's Generator",
        two_layer_init="""
        import numpy as np
        rng = np.random.default_rng()
        shapes = {"W1": (input_dim, hidden_dim), "W2": (hidden_dim, num_classes)}
        for name, shape in shapes.items():
            self.params[name] = torch.tensor(rng.normal(scale=weight_scale, size=shape), dtype=dtype, device=device)
            self.params["b" + name[1]] = torch.tensor(np.zeros(shape[1]), dtype=dtype, device=device)
        """,
        fully_connected_init="""
        import numpy as np
        sizes = [input_dim, *hidden_dims, num_classes]
        for i in range(len(sizes) - 1):
            w = weight_scale * np.random.randn(sizes[i], sizes[i + 1])
            self.params[f"W{i + 1}"] = torch.from_numpy(w).to(dtype).to(device)
            self.params[f"b{i + 1}"] = torch.zeros((sizes[i + 1],)).to(dtype).to(device)
        """,
    ),
    module(
        "initial weights from a generator of their own",
        two_layer_init="""
        g = torch.Generator(device=device)
        g.manual_seed(torch.initial_seed() % 1000 + 1)
        self.params = {
            "W2": torch.empty(hidden_dim, num_classes, dtype=dtype).normal_(std=weight_scale, generator=g),
            "W1": torch.randn(input_dim, hidden_dim, generator=g, dtype=torch.float64).mul(weight_scale).to(dtype),
            "b1": torch.zeros(hidden_dim).to(dtype), "b2": torch.zeros(num_classes).to(dtype),
        }
        """,
        fully_connected_init="""
        g = torch.Generator()
        g.seed()
        sizes = (input_dim, *hidden_dims, num_classes)
        self.params.update({f"b{i}": torch.zeros(sizes[i], dtype=dtype) for i in range(1, len(sizes))})
        for i in reversed(range(1, len(sizes))):
            self.params[f"W{i}"] = torch.randn(sizes[i - 1 : i + 1], generator=g).to(dtype) * weight_scale
        """,
    ),
    module(
        "initial weights by torch.nn.init and torch.distributions",
        two_layer_init="""
        for i, shape in enumerate(((input_dim, hidden_dim), (hidden_dim, num_classes)), 1):
            w = torch.empty(shape, dtype=dtype, device=device)
            self.params[f"W{i}"] = torch.nn.init.normal_(w, mean=0, std=weight_scale)
            self.params[f"b{i}"] = torch.nn.init.zeros_(torch.empty(shape[1], dtype=dtype, device=device))
        """,
        fully_connected_init="""
        normal = torch.distributions.Normal(0.0, weight_scale)
        before = input_dim
        for i, size in enumerate(hidden_dims + [num_classes]):
            self.params.setdefault(f"W{i + 1}", normal.sample((before, size)).to(dtype=dtype, device=device))
            self.params.setdefault(f"b{i + 1}", torch.zeros(size, dtype=dtype, device=device))
            before = size
        """,
    ),
    module(
        "normal weights made of uniform ones by Box and Muller",
        two_layer_init="""
        def normal(*shape):
            r = torch.sqrt(-2 * torch.log(1 - torch.rand(shape, dtype=torch.float64)))
            return (weight_scale * r * torch.cos(2 * torch.pi * torch.rand(shape, dtype=torch.float64))).to(dtype)

        self.params["W1"], self.params["b1"] = normal(input_dim, hidden_dim), torch.zeros(hidden_dim, dtype=dtype)
        self.params["W2"], self.params["b2"] = normal(hidden_dim, num_classes), torch.zeros(num_classes, dtype=dtype)
        """,
    ),
)

_WAYS = (
    module(
        "two layers as four matrix products, without the layers",
        two_layer_scores="""
        W1, b1, W2, b2 = [self.params[k] for k in ("W1", "b1", "W2", "b2")]
        flat = X.reshape(X.shape[0], -1)
        hidden = torch.relu(flat @ W1 + b1)
        scores = hidden @ W2 + b2
        """,
        two_layer_loss="""
        N = X.shape[0]
        p = scores.softmax(dim=1)
        loss = torch.nn.functional.nll_loss(scores.log_softmax(dim=1), y)
        loss = loss + self.reg * W1.pow(2).sum() + self.reg * W2.pow(2).sum()
        p[torch.arange(N), y] -= 1
        p = p / N
        dhidden = (p @ W2.T) * (hidden > 0)
        grads = {
            "W1": flat.T @ dhidden + self.reg * 2 * W1, "b1": dhidden.sum(0),
            "W2": hidden.T @ p + self.reg * 2 * W2, "b2": p.sum(0),
        }
        """,
    ),
    module(
        "caches kept in the network",
        two_layer_scores="""
        self.hidden, self.first = Linear_ReLU.forward(X, self.params["W1"], self.params["b1"])
        self.scores, self.second = Linear.forward(self.hidden, self.params["W2"], self.params["b2"])
        scores = self.scores
        """,
        two_layer_loss="""
        from collections import OrderedDict
        grads = OrderedDict()
        loss, self.dscores = softmax_loss(self.scores, y)
        d, grads["W2"], grads["b2"] = Linear.backward(self.dscores, self.second)
        _, grads["W1"], grads["b1"] = Linear_ReLU.backward(d, self.first)
        grads["W1"] += 2 * self.reg * self.params["W1"]
        grads["W2"] += 2 * self.reg * self.params["W2"]
        loss += self.reg * torch.norm(self.params["W1"]) ** 2
        loss += self.reg * torch.norm(self.params["W2"]) ** 2
        """,
    ),
    module(
        "deep network by recursion",
        fully_connected_scores="""
        def forward(h, layer):
            w, b = self.params[f"W{layer}"], self.params[f"b{layer}"]
            if layer == self.num_layers:
                scores, cache = Linear.forward(h, w, b)
                return scores, [cache]
            h, cache = Linear_ReLU.forward(h, w, b)
            h, drop = Dropout.forward(h, self.dropout_param) if self.use_dropout else (h, None)
            scores, later = forward(h, layer + 1)
            return scores, [(cache, drop), *later]

        scores, caches = forward(X, 1)
        """,
        fully_connected_loss="""
        loss, dscores = softmax_loss(scores, y)
        grads = {}

        def backward(layer):
            W, b = f"W{layer}", f"b{layer}"
            if layer == self.num_layers:
                d, grads[W], grads[b] = Linear.backward(dscores, caches[-1])
            else:
                cache, drop = caches[layer - 1]
                d = backward(layer + 1)
                d = Dropout.backward(d, drop) if self.use_dropout else d
                d, grads[W], grads[b] = Linear_ReLU.backward(d, cache)
            grads[W] = grads[W] + self.reg * self.params[W]
            return d

        backward(1)
        loss = loss + sum(0.5 * self.reg * w.square().sum() for k, w in self.params.items() if k[0] == "W")
        """,
    ),
    module(
        "deep network with a tape of closures",
        fully_connected_scores="""
        tape, scores = [], X

        def record(function, names, *inputs):
            out, cache = function.forward(*inputs)
            tape.append(lambda d, grads: _play(function, names, cache, d, grads))
            return out

        def _play(function, names, cache, d, grads):
            found = function.backward(d, cache)
            if not names:
                return found
            grads.update(zip(names, found[1:]))
            return found[0]

        for i in range(1, self.num_layers + 1):
            names = (f"W{i}", f"b{i}")
            scores = record(Linear, names, scores, *(self.params[name] for name in names))
            if i < self.num_layers:
                scores = record(ReLU, (), scores)
                if self.use_dropout:
                    scores = record(Dropout, (), scores, {**self.dropout_param})
        """,
        fully_connected_loss="""
        loss, d = softmax_loss(scores, y)
        grads = {}
        while tape:
            d = tape.pop()(d, grads)
        for name, w in self.params.items():
            if w.dim() == 2:
                loss = loss + self.reg / 2 * torch.einsum("ij,ij->", w, w)
                grads[name] = grads[name] + self.reg * w
        """,
    ),
    module(
        "losses of the networks python floats",
        two_layer_loss="""
        loss, d = softmax_loss(scores, y)
        d, dW2, db2 = Linear.backward(d, scores_cache)
        _, dW1, db1 = Linear_ReLU.backward(d, hidden_cache)
        W1, W2 = self.params["W1"], self.params["W2"]
        grads = dict(W1=dW1 + self.reg * (W1 + W1), b1=db1, W2=dW2 + self.reg * (W2 + W2), b2=db2)
        loss = float(loss) + self.reg * (float((W1 * W1).sum()) + float((W2 * W2).sum()))
        """,
        fully_connected_loss="""
        loss, d = softmax_loss(scores, y)
        loss, grads = loss.item(), {}
        d, grads[f"W{last}"], grads[f"b{last}"] = Linear.backward(d, scores_cache)
        for layer in reversed(range(1, last)):
            d = Dropout.backward(d, caches.pop()) if self.use_dropout else d
            d, grads[f"W{layer}"], grads[f"b{layer}"] = Linear_ReLU.backward(d, caches.pop())
        for name in [name for name in grads if "W" in name]:
            loss += 0.5 * self.reg * self.params[name].pow(2).sum().item()
            grads[name] += self.reg * self.params[name]
        """,
    ),
    module(
        "loss of the deep network of shape () in float64, weights added up flat",
        fully_connected_loss="""
        flat = torch.cat([self.params[f"W{i + 1}"].flatten().double() for i in range(self.num_layers)])
        loss, dout = softmax_loss(scores, y)
        loss = loss.double() + self.reg * flat.dot(flat) / 2
        grads = dict.fromkeys(self.params)
        todo = [(Linear, last, scores_cache)]
        step = 2 if self.use_dropout else 1
        todo += [(Linear_ReLU, i, caches[step * (i - 1)]) for i in range(last - 1, 0, -1)]
        for kind, i, cache in todo:
            if self.use_dropout and kind is Linear_ReLU:
                dout = Dropout.backward(dout, caches[2 * i - 1])
            dout, dw, grads[f"b{i}"] = kind.backward(dout, cache)
            grads[f"W{i}"] = torch.add(dw, self.params[f"W{i}"], alpha=self.reg)
        """,
    ),
)

MODELS = (*_DRAWS, *_WAYS)
