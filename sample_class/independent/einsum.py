"""Index notation wherever it can be had, dicts built by comprehension, sums written as contractions."""

BLOCKS = """
## linear_forward
out = torch.einsum("nd,dm->nm", x.flatten(1), w).add(b)
## linear_backward
x, w, b = cache
dx = torch.einsum("nm,dm->nd", dout, w).unflatten(1, x.shape[1:])
dw = torch.einsum("nd,nm->dm", x.flatten(1), dout)
db = torch.einsum("nm->m", dout)
## relu_forward
out = (x + x.abs()) / 2
## relu_backward
dx = torch.einsum("...,...->...", dout, torch.heaviside(x, torch.zeros_like(x)))
## linear_relu_forward
out, cache = x, []
for step in (lambda z: Linear.forward(z, w, b), ReLU.forward):
    out, memory = step(out)
    cache.append(memory)
## linear_relu_backward
dx = ReLU.backward(dout, cache[-1])
dx, dw, db = Linear.backward(dx, cache[0])
## softmax_loss
logits = x - torch.logsumexp(x, 1)[:, None]
onehot = torch.nn.functional.one_hot(y, x.shape[1]).to(x)
loss = -torch.einsum("nc,nc->", logits, onehot) / len(x)
dx = logits.exp().sub(onehot).div(len(x))
## two_layer_init
shapes = {"W1": (input_dim, hidden_dim), "b1": (hidden_dim,), "W2": (hidden_dim, num_classes), "b2": (num_classes,)}
spread = {"W": weight_scale, "b": 0}
self.params = {k: torch.randn(s, dtype=dtype, device=device) * spread[k[0]] for k, s in shapes.items()}
## two_layer_scores
hidden, tape0 = Linear_ReLU.forward(X, *(self.params[k] for k in ("W1", "b1")))
scores, tape1 = Linear.forward(hidden, *(self.params[k] for k in ("W2", "b2")))
## two_layer_loss
loss, upstream = softmax_loss(scores, y)
upstream, *top = Linear.backward(upstream, tape1)
bottom = Linear_ReLU.backward(upstream, tape0)[1:]
grads = dict(zip(["W1", "b1", "W2", "b2"], [*bottom, *top]))
for k, weight in self.params.items():
    if weight.dim() == 2:
        loss = loss + self.reg * torch.einsum("ij,ij->", weight, weight)
        grads[k] = grads[k] + weight.mul(2 * self.reg)
## fully_connected_init
widths = (input_dim, *hidden_dims, num_classes)
pairs = dict(enumerate(zip(widths[:-1], widths[1:]), start=1))
weights = {f"W{k}": torch.randn(pair, dtype=dtype, device=device) * weight_scale for k, pair in pairs.items()}
biases = {f"b{k}": torch.zeros(out_width, dtype=dtype, device=device) for k, (_, out_width) in pairs.items()}
self.params = {**weights, **biases}
## fully_connected_scores
tapes, signal = {}, X
for k in range(1, self.num_layers + 1):
    kind = Linear_ReLU if k < self.num_layers else Linear
    signal, tapes["linear", k] = kind.forward(signal, self.params[f"W{k}"], self.params[f"b{k}"])
    if self.use_dropout and k < self.num_layers:
        signal, tapes["dropout", k] = Dropout.forward(signal, self.dropout_param)
scores = signal
## fully_connected_loss
(loss, upstream), grads = softmax_loss(scores, y), {}
for k in range(self.num_layers, 0, -1):
    if ("dropout", k) in tapes:
        upstream = Dropout.backward(upstream, tapes["dropout", k])
    kind = Linear_ReLU if k < self.num_layers else Linear
    upstream, grads[f"W{k}"], grads[f"b{k}"] = kind.backward(upstream, tapes["linear", k])
for k, weight in self.params.items():
    if k[0] == "W":
        loss = loss + self.reg * 0.5 * torch.einsum("ij,ij->", weight, weight)
        grads[k] = torch.add(grads[k], weight, alpha=self.reg)
## create_solver_instance
width = data_dict["X_train"].flatten(1).size(1)
network = TwoLayerNet(width, hidden_dim=120, weight_scale=width**-0.5, reg=2e-5, dtype=dtype, device=device)
recipe = {"update_rule": rmsprop, "optim_config": {"learning_rate": 1e-3}, "lr_decay": 0.92, "batch_size": 80}
solver = Solver(network, data_dict, num_epochs=14, device=device, **recipe)
## three_layer_params
weight_scale, learning_rate = (2 / 100) ** 0.5, 0.12
## five_layer_params
weight_scale, learning_rate = (2 / 100) ** 0.5, 0.08
## sgd_momentum
rate, mu = config.get("learning_rate", 1e-2), config.get("momentum", 0.9)
past = config.get("velocity")
velocity = -rate * dw if past is None else mu * past - rate * dw
config = {"learning_rate": rate, "momentum": mu, "velocity": velocity}
next_w = torch.add(w, velocity)
## rmsprop
rate, keep = config.get("learning_rate", 1e-2), config.get("decay_rate", 0.99)
tiny, past = config.get("epsilon", 1e-8), config.get("cache", torch.zeros_like(w))
power = keep * past + (1 - keep) * torch.einsum("...,...->...", dw, dw)
config = {"learning_rate": rate, "decay_rate": keep, "epsilon": tiny, "cache": power}
next_w = torch.addcdiv(w, dw, power.sqrt() + tiny, value=-rate)
## adam
rate, tiny, t = config.get("learning_rate", 1e-3), config.get("epsilon", 1e-8), config.get("t", 0) + 1
betas = [config.get("beta1", 0.9), config.get("beta2", 0.999)]
moments = [config.get(k, torch.zeros_like(w)) for k in "mv"]
moments = [k * old + (1 - k) * dw**n for n, (k, old) in enumerate(zip(betas, moments), start=1)]
mean, square = (moment / (1 - k**t) for moment, k in zip(moments, betas))
config = {"learning_rate": rate, "epsilon": tiny, "t": t}
config |= {**dict(zip(("beta1", "beta2"), betas)), **dict(zip("mv", moments))}
next_w = torch.addcdiv(w, mean, square.sqrt() + tiny, value=-rate)
## dropout_forward
mask, out = None, x
if dropout_param["mode"] == "train":
    source = torch.Generator(x.device)
    if dropout_param.get("seed") is None:
        source.seed()
    else:
        source.manual_seed(dropout_param["seed"])
    stay = 1.0 - dropout_param["p"]
    chance = torch.full(x.shape, stay, dtype=x.dtype, device=x.device)
    mask = torch.bernoulli(chance, generator=source).div(stay)
    out = torch.einsum("...,...->...", x, mask)
## dropout_backward
dx = torch.einsum("...,...->...", dout, mask) if mask is not None else dout
"""

CELLS = """
## best_network_settings
def best_network_settings():
    keys = "hidden_dims dropout reg weight_scale learning_rate lr_decay batch_size num_epochs".split()
    return dict(zip(keys, ([350, 150], 0.3, 0.0, 0.045, 1.2e-3, 0.88, 150, 16)))
## mnist_loaders
def mnist_loaders(root, batch_size):
    sets = {split: MNIST(root, train=split == "train") for split in ("train", "test")}
    tensors = {k: TensorDataset(d.data.div(255).flatten(1), d.targets) for k, d in sets.items()}
    return tuple(DataLoader(tensors[k], batch_size, shuffle=k == "train") for k in ("train", "test"))
## embed_label
def embed_label(x, y, num_classes=10):
    classes = torch.arange(num_classes)
    code = (classes[None, :] == y[:, None]).to(x.dtype)
    return torch.hstack((code, x[:, num_classes:]))
## wrong_labels
def wrong_labels(y, num_classes=10):
    offset = 1 + torch.floor(torch.rand(len(y)) * (num_classes - 1)).long()
    return torch.remainder(y + offset, num_classes)
## goodness
def goodness(h):
    return torch.einsum("bh,bh->b", h, h)
## ff_loss
def ff_loss(g_pos, g_neg, threshold):
    signs = torch.tensor([[-1.0], [1.0]])
    z = signs * (torch.stack([g_pos, g_neg]) - threshold)
    return torch.logaddexp(z, torch.zeros(())).mean()
## ff_layer
class FFLayer(nn.Module):
    def __init__(self, in_features, out_features, threshold=None, lr=0.001):
        super().__init__()
        self.A = nn.Parameter(torch.randn(in_features, out_features) * math.sqrt(2 / in_features))
        self.c = nn.Parameter(torch.zeros(out_features))
        self.threshold = {None: out_features}.get(threshold, threshold)
        self.solver = torch.optim.Adam([self.A, self.c], lr=lr)

    def forward(self, x):
        rms = torch.einsum("bd,bd->b", x, x).div(x.shape[1]).sqrt()
        unit = torch.einsum("bd,b->bd", x, 1 / rms.clamp(min=1e-7))
        return F.relu(torch.einsum("bd,dh->bh", unit, self.A) + self.c)

    def train_batch(self, x_pos, x_neg):
        both = self.forward(torch.stack([x_pos, x_neg]).flatten(0, 1)).unflatten(0, (2, -1))
        loss = ff_loss(*(goodness(h) for h in both), self.threshold)
        for parameter, slope in zip((self.A, self.c), torch.autograd.grad(loss, (self.A, self.c))):
            parameter.grad = slope
        self.solver.step()
        return *both.detach(), float(loss)


import math
## ff_net
class FFNet:
    def __init__(self, dims, num_classes=10, lr=0.003):
        self.num_classes = num_classes
        self.layers = list(map(lambda pair: FFLayer(*pair, lr=lr), zip(dims[:-1], dims[1:])))

    def train_batch(self, x, y):
        pair = [embed_label(x, labels, self.num_classes) for labels in (y, wrong_labels(y, self.num_classes))]
        losses = []
        for layer in self.layers:
            *pair, loss = layer.train_batch(*pair)
            losses.append(loss)
        return losses

    def fit(self, loader, epochs):
        history = []
        with tqdm(total=epochs) as bar:
            while len(history) < epochs:
                table = np.array([self.train_batch(*batch) for batch in loader])
                history.append(table.mean(axis=0).tolist())
                bar.update()
        return history

    @torch.no_grad()
    def predict(self, x):
        B, C = len(x), self.num_classes
        signal = embed_label(x.repeat(C, 1), torch.arange(C).repeat_interleave(B), C)
        table = torch.zeros(C, B)
        for layer in self.layers:
            signal = layer(signal)
            table += goodness(signal).view(C, B)
        return table.argmax(dim=0)


import numpy as np
## make_mask
def make_mask(shape, blurs=10):
    def blur(size):
        near = torch.arange(size)
        A = torch.zeros(size, size)
        for shift, share in ((-1, 0.25), (0, 0.5), (1, 0.25)):
            A[near, (near + shift).clamp(0, size - 1)] += share
        return torch.linalg.matrix_power(A, blurs)

    bits = torch.rand(shape).round()
    smooth = torch.einsum("ij,bjk,lk->bil", blur(shape[1]), bits, blur(shape[2]))
    return smooth.gt(0.5).to(torch.float32)
## make_hybrid
def make_hybrid(x1, x2, mask):
    return torch.lerp(x2, x1, mask)
## make_negatives
def make_negatives(x):
    B = len(x)
    order = torch.randperm(B)
    partner = torch.empty(B, dtype=torch.long).scatter_(0, order, torch.cat([order[1:], order[:1]]))
    return make_hybrid(x, x[partner], make_mask((B, 28, 28)).view(B, 784))
## unsupervised_ff_net
class UnsupervisedFFNet:
    def __init__(self, dims, lr=0.001):
        self.layers = list(map(lambda pair: FFLayer(*pair, lr=lr), zip(dims[:-1], dims[1:])))

    def train_batch(self, x):
        pair, losses = (x, make_negatives(x)), []
        for layer in self.layers:
            *pair, loss = layer.train_batch(*pair)
            losses.append(loss)
        return losses

    def fit(self, loader, epochs):
        history = []
        with tqdm(total=epochs) as bar:
            while len(history) < epochs:
                table = np.array([self.train_batch(images) for images, _ in loader])
                history.append(table.mean(axis=0).tolist())
                bar.update()
        return history

    @torch.no_grad()
    def features(self, x):
        signals = [x]
        for layer in self.layers:
            signals.append(layer(signals[-1]))
        rms = [torch.einsum("bd,bd->b", s, s).div(s.shape[1]).sqrt().clamp(min=1e-7) for s in signals[1:]]
        return torch.hstack([torch.einsum("bd,b->bd", s, 1 / r) for s, r in zip(signals[1:], rms)])


import numpy as np
## linear_classifier
class LinearClassifier(nn.Module):
    def __init__(self, in_features, num_classes=10):
        super().__init__()
        self.A = nn.Parameter(torch.zeros(num_classes, in_features))
        self.c = nn.Parameter(torch.zeros(num_classes))

    def forward(self, features):
        return torch.einsum("bd,cd->bc", features, self.A) + self.c
## train_classifier
def train_classifier(net, loader, epochs=10):
    stored = [(net.features(images), labels) for images, labels in loader]
    X, y = (torch.cat(parts) for parts in zip(*stored))
    model = LinearClassifier(X.shape[1])
    solver = torch.optim.Adam(model.parameters(), lr=3e-3)
    for _ in tqdm(range(epochs)):
        for rows in torch.randperm(len(X)).split(100):
            solver.zero_grad()
            F.nll_loss(F.log_softmax(model(X[rows]), dim=1), y[rows]).backward()
            solver.step()
    return model
"""
