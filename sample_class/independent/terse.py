"""Short: chained methods, comprehensions, as few names as possible."""

BLOCKS = """
## linear_forward
out = torch.addmm(b, x.flatten(1), w)
## linear_backward
x, w, b = cache
dx, dw, db = dout.mm(w.t()).reshape_as(x), x.flatten(1).t().mm(dout), dout.sum(0)
## relu_forward
out = torch.relu(x)
## relu_backward
dx = dout.masked_fill(x <= 0, 0)
## linear_relu_forward
a, fc = Linear.forward(x, w, b)
out, r = ReLU.forward(a)
cache = fc, r
## linear_relu_backward
dx, dw, db = Linear.backward(ReLU.backward(dout, cache[1]), cache[0])
## softmax_loss
lp = x.log_softmax(1)
loss = -lp.gather(1, y[:, None]).mean()
dx = (lp.exp() - torch.eye(x.shape[1], dtype=x.dtype, device=x.device)[y]) / x.shape[0]
## two_layer_init
for i, (m, n) in enumerate([(input_dim, hidden_dim), (hidden_dim, num_classes)], 1):
    self.params[f"W{i}"] = torch.randn(m, n, dtype=dtype, device=device).mul(weight_scale)
    self.params[f"b{i}"] = torch.zeros(n, dtype=dtype, device=device)
## two_layer_scores
p = self.params
h, c1 = Linear_ReLU.forward(X, p["W1"], p["b1"])
scores, c2 = Linear.forward(h, p["W2"], p["b2"])
## two_layer_loss
loss, d = softmax_loss(scores, y)
loss = loss + self.reg * sum(p[k].pow(2).sum() for k in ("W1", "W2"))
d, dW2, db2 = Linear.backward(d, c2)
_, dW1, db1 = Linear_ReLU.backward(d, c1)
grads = dict(W1=dW1 + 2 * self.reg * p["W1"], b1=db1, W2=dW2 + 2 * self.reg * p["W2"], b2=db2)
## fully_connected_init
sizes = [input_dim] + list(hidden_dims) + [num_classes]
for i, (m, n) in enumerate(zip(sizes, sizes[1:]), 1):
    self.params.update({
        f"W{i}": torch.randn(m, n, dtype=dtype, device=device).mul(weight_scale),
        f"b{i}": torch.zeros(n, dtype=dtype, device=device),
    })
## fully_connected_scores
p, L, h, stack = self.params, self.num_layers, X, []
for i in range(1, L):
    h, lc = Linear_ReLU.forward(h, p[f"W{i}"], p[f"b{i}"])
    h, dc = Dropout.forward(h, self.dropout_param) if self.use_dropout else (h, None)
    stack.append((lc, dc))
scores, top = Linear.forward(h, p[f"W{L}"], p[f"b{L}"])
## fully_connected_loss
loss, d = softmax_loss(scores, y)
loss = loss + self.reg / 2 * sum(p[f"W{i}"].pow(2).sum() for i in range(1, L + 1))
d, dW, db = Linear.backward(d, top)
grads = {f"W{L}": dW + self.reg * p[f"W{L}"], f"b{L}": db}
for i, (lc, dc) in reversed(list(enumerate(stack, 1))):
    d, dW, db = Linear_ReLU.backward(Dropout.backward(d, dc) if dc else d, lc)
    grads |= {f"W{i}": dW + self.reg * p[f"W{i}"], f"b{i}": db}
## create_solver_instance
model = TwoLayerNet(data_dict["X_train"].shape[1], 128, weight_scale=0.05, dtype=dtype, device=device)
solver = Solver(model, data_dict, update_rule=adam, optim_config={"learning_rate": 2e-3}, batch_size=128,
                num_epochs=15, lr_decay=0.9, device=device)
## three_layer_params
weight_scale, learning_rate = 0.08, 0.25
## five_layer_params
weight_scale, learning_rate = 0.14, 0.15
## sgd_momentum
config = {"learning_rate": 1e-2, "momentum": 0.9, "velocity": 0 * w} | config
config["velocity"] = config["momentum"] * config["velocity"] - config["learning_rate"] * dw
next_w = w + config["velocity"]
## rmsprop
config = {"learning_rate": 1e-2, "decay_rate": 0.99, "epsilon": 1e-8, "cache": 0 * w} | config
config["cache"] = torch.lerp(dw.square(), config["cache"], config["decay_rate"])
next_w = w - config["learning_rate"] * dw / config["cache"].sqrt().add(config["epsilon"])
## adam
config = dict(learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, m=0 * w, v=0 * w, t=0) | config
a, e, t = config["learning_rate"], config["epsilon"], config["t"] + 1
m = torch.lerp(dw, config["m"], config["beta1"])
v = torch.lerp(dw.square(), config["v"], config["beta2"])
next_w = w - a * m / (1 - config["beta1"] ** t) / ((v / (1 - config["beta2"] ** t)).sqrt() + e)
config |= dict(m=m, v=v, t=t)
## dropout_forward
mask, out = None, x
if dropout_param["mode"] == "train":
    if "seed" in dropout_param:
        torch.manual_seed(dropout_param["seed"])
    mask = torch.empty_like(x).bernoulli_(1 - dropout_param["p"])
    out = x * mask / (1 - dropout_param["p"])
## dropout_backward
dx = dout if mask is None else dout * mask / (1 - dropout_param["p"])
"""

CELLS = """
## best_network_settings
def best_network_settings():
    return dict(hidden_dims=[512], dropout=0.1, reg=0.0, weight_scale=0.03, learning_rate=1e-3, lr_decay=0.85,
                batch_size=200, num_epochs=14)
## mnist_loaders
def mnist_loaders(root, batch_size):
    def get(train):
        d = MNIST(root, train=train)
        return DataLoader(TensorDataset(d.data.flatten(1) / 255, d.targets), batch_size=batch_size, shuffle=train)

    return get(True), get(False)
## embed_label
def embed_label(x, y, num_classes=10):
    return torch.cat([F.one_hot(y, num_classes).to(x), x[:, num_classes:]], 1)
## wrong_labels
def wrong_labels(y, num_classes=10):
    r = torch.randint_like(y, num_classes - 1)
    return r + (r >= y)
## goodness
def goodness(h):
    return (h * h).sum(1)
## ff_loss
def ff_loss(g_pos, g_neg, threshold):
    return (F.softplus(threshold - g_pos).mean() + F.softplus(g_neg - threshold).mean()) / 2
## ff_layer
class FFLayer(nn.Module):
    def __init__(self, in_features, out_features, threshold=None, lr=0.001):
        super().__init__()
        self.fc = nn.Linear(in_features, out_features)
        self.fc.weight.data.normal_(0, (2 / in_features) ** 0.5)
        self.threshold = out_features if threshold is None else threshold
        self.opt = torch.optim.Adam(self.parameters(), lr)

    def forward(self, x):
        return self.fc(x / x.pow(2).mean(1, keepdim=True).sqrt().clamp(min=1e-8)).relu()

    def train_batch(self, x_pos, x_neg):
        p, n = self(x_pos), self(x_neg)
        loss = ff_loss(goodness(p), goodness(n), self.threshold)
        self.opt.zero_grad(), loss.backward(), self.opt.step()
        return p.detach(), n.detach(), loss.item()
## ff_net
class FFNet:
    def __init__(self, dims, num_classes=10, lr=0.003):
        self.k = num_classes
        self.layers = [FFLayer(a, b, lr=lr) for a, b in zip(dims, dims[1:])]

    def train_batch(self, x, y):
        p, n = embed_label(x, y, self.k), embed_label(x, wrong_labels(y, self.k), self.k)
        out = []
        for layer in self.layers:
            p, n, l = layer.train_batch(p, n)
            out += [l]
        return out

    def fit(self, loader, epochs):
        return [torch.tensor([self.train_batch(x, y) for x, y in loader]).mean(0).tolist() for _ in tqdm(range(epochs))]

    @torch.no_grad()
    def predict(self, x):
        def score(c):
            h, s = embed_label(x, torch.full((len(x),), c), self.k), 0
            for layer in self.layers:
                s = s + goodness(h := layer(h))
            return s

        return torch.stack([score(c) for c in range(self.k)]).argmax(0)
## make_mask
def make_mask(shape, blurs=10):
    m = torch.randint(0, 2, shape).float()[:, None]
    k = torch.tensor([1.0, 2, 1]) / 4
    k = (k[:, None] * k)[None, None]
    for _ in range(blurs):
        m = F.conv2d(F.pad(m, (1, 1, 1, 1), mode="replicate"), k)
    return (m[:, 0] > 0.5).float()
## make_hybrid
def make_hybrid(x1, x2, mask):
    return x2 + mask * (x1 - x2)
## make_negatives
def make_negatives(x):
    return make_hybrid(x, x.roll(random.randrange(1, len(x)), 0), make_mask((len(x), 28, 28)).flatten(1))


import random
## unsupervised_ff_net
class UnsupervisedFFNet:
    def __init__(self, dims, lr=0.001):
        self.layers = [FFLayer(a, b, lr=lr) for a, b in zip(dims, dims[1:])]

    def train_batch(self, x):
        p, n, out = x, make_negatives(x), []
        for layer in self.layers:
            p, n, l = layer.train_batch(p, n)
            out += [l]
        return out

    def fit(self, loader, epochs):
        return [torch.tensor([self.train_batch(x) for x, _ in loader]).mean(0).tolist() for _ in tqdm(range(epochs))]

    @torch.no_grad()
    def features(self, x):
        hs = [x := layer(x) for layer in self.layers]
        return torch.cat([h / h.square().mean(1, True).sqrt().clamp(min=1e-8) for h in hs], 1)
## linear_classifier
class LinearClassifier(nn.Linear):
    def __init__(self, in_features, num_classes=10):
        super().__init__(in_features, num_classes)

    def forward(self, features):
        return super().forward(features)
## train_classifier
def train_classifier(net, loader, epochs=10):
    c = opt = None
    for _ in tqdm(range(epochs)):
        for x, y in loader:
            f = net.features(x)
            if c is None:
                c = LinearClassifier(f.shape[1])
                opt = torch.optim.AdamW(c.parameters(), 2e-3)
            loss = F.cross_entropy(c(f), y)
            opt.zero_grad(), loss.backward(), opt.step()
    return c
"""
