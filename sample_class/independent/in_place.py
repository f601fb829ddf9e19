"""For little memory: buffers that are written into, underscored methods, while loops, stacks that are popped."""

BLOCKS = """
## linear_forward
flat = x.contiguous().view(len(x), w.shape[0])
out = torch.empty(len(x), w.shape[1], dtype=x.dtype, device=x.device)
torch.mm(flat, w, out=out)
out += b
## linear_backward
x, w, b = cache
flat = x.contiguous().view(len(x), w.shape[0])
dx = torch.empty_like(flat)
torch.mm(dout, w.t(), out=dx)
dx = dx.view(x.shape)
dw = torch.zeros_like(w).addmm_(flat.t(), dout)
db = torch.zeros_like(b).add_(dout.sum(0))
## relu_forward
out = x.clone().clamp_(min=0)
## relu_backward
dx = dout.clone()
dx.mul_(x.gt(0))
## linear_relu_forward
cache = []
out, saved = Linear.forward(x, w, b)
cache.append(saved)
out, saved = ReLU.forward(out)
cache.append(saved)
## linear_relu_backward
stack = list(cache)
dx = ReLU.backward(dout, stack.pop())
dx, dw, db = Linear.backward(dx, stack.pop())
## softmax_loss
n = x.shape[0]
dx = x.clone()
dx.sub_(dx.max(dim=1, keepdim=True)[0])
right = dx.gather(1, y.view(n, 1)).clone()
dx.exp_()
total = dx.sum(dim=1, keepdim=True)
loss = total.log().sub_(right).sum().div_(n)
dx.div_(total)
dx.scatter_add_(1, y.view(n, 1), torch.full((n, 1), -1.0, dtype=x.dtype, device=x.device))
dx.div_(n)
## two_layer_init
todo = [("W2", "b2", hidden_dim, num_classes), ("W1", "b1", input_dim, hidden_dim)]
while todo:
    weight, bias, rows, columns = todo.pop()
    self.params[weight] = torch.empty((rows, columns), dtype=dtype, device=device)
    self.params[weight].normal_().mul_(weight_scale)
    self.params[bias] = torch.zeros((columns,), dtype=dtype, device=device)
## two_layer_scores
stack = []
scores, saved = Linear_ReLU.forward(X, self.params["W1"], self.params["b1"])
stack.append(saved)
scores, saved = Linear.forward(scores, self.params["W2"], self.params["b2"])
stack.append(saved)
## two_layer_loss
loss, flow = softmax_loss(scores, y)
grads = dict.fromkeys(("W1", "b1", "W2", "b2"))
flow, grads["W2"], grads["b2"] = Linear.backward(flow, stack.pop())
flow, grads["W1"], grads["b1"] = Linear_ReLU.backward(flow, stack.pop())
for key in ("W1", "W2"):
    grads[key].add_(self.params[key], alpha=2 * self.reg)
    loss.add_(torch.dot(self.params[key].flatten(), self.params[key].flatten()), alpha=self.reg)
## fully_connected_init
rows = input_dim
todo = [*hidden_dims, num_classes]
number = 0
while todo:
    columns = todo.pop(0)
    number += 1
    self.params[f"W{number}"] = torch.empty((rows, columns), dtype=dtype, device=device)
    self.params[f"W{number}"].normal_().mul_(weight_scale)
    self.params[f"b{number}"] = torch.zeros((columns,), dtype=dtype, device=device)
    rows = columns
## fully_connected_scores
stack = []
scores = X
number = 1
while number < self.num_layers:
    scores, saved = Linear_ReLU.forward(scores, self.params[f"W{number}"], self.params[f"b{number}"])
    stack.append(saved)
    if self.use_dropout:
        scores, saved = Dropout.forward(scores, self.dropout_param)
        stack.append(saved)
    number += 1
scores, saved = Linear.forward(scores, self.params[f"W{number}"], self.params[f"b{number}"])
stack.append(saved)
## fully_connected_loss
loss, flow = softmax_loss(scores, y)
grads = {}
number = self.num_layers
flow, grads[f"W{number}"], grads[f"b{number}"] = Linear.backward(flow, stack.pop())
while stack:
    number -= 1
    if self.use_dropout:
        flow = Dropout.backward(flow, stack.pop())
    flow, grads[f"W{number}"], grads[f"b{number}"] = Linear_ReLU.backward(flow, stack.pop())
for key, tensor in self.params.items():
    if key.startswith("W"):
        grads[key].add_(tensor, alpha=self.reg)
        loss.add_(torch.dot(tensor.flatten(), tensor.flatten()), alpha=self.reg / 2)
## create_solver_instance
settings = {"num_epochs": 22, "batch_size": 110, "lr_decay": 0.94}
settings["update_rule"] = sgd_momentum
settings["optim_config"] = {"learning_rate": 0.05, "momentum": 0.85}
settings["device"] = device
net = TwoLayerNet(data_dict["X_train"].shape[1], dtype=dtype, device=device, hidden_dim=96, weight_scale=0.04, reg=3e-5)
solver = Solver(net, data_dict, **settings)
## three_layer_params
learning_rate = 0.28
weight_scale = 0.07
## five_layer_params
learning_rate = 0.17
weight_scale = 0.12
## sgd_momentum
config.setdefault("learning_rate", 1e-2)
config.setdefault("momentum", 0.9)
if "velocity" not in config:
    config["velocity"] = torch.zeros_like(w)
config["velocity"] = config["velocity"].clone()
config["velocity"] *= config["momentum"]
config["velocity"] -= config["learning_rate"] * dw
next_w = w.clone()
next_w += config["velocity"]
## rmsprop
config.setdefault("learning_rate", 1e-2)
config.setdefault("decay_rate", 0.99)
config.setdefault("epsilon", 1e-8)
kept = config["cache"].clone() if "cache" in config else torch.zeros_like(w)
kept *= config["decay_rate"]
kept.addcmul_(dw, dw, value=1 - config["decay_rate"])
config["cache"] = kept
next_w = w.clone()
next_w.addcdiv_(dw, kept.sqrt().add_(config["epsilon"]), value=-config["learning_rate"])
## adam
for name, number in {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "t": 0}.items():
    if name not in config:
        config[name] = number
for name in ("m", "v"):
    config[name] = config[name].clone() if name in config else torch.zeros_like(w)
config["t"] += 1
config["m"].mul_(config["beta1"]).add_(dw, alpha=1 - config["beta1"])
config["v"].mul_(config["beta2"]).addcmul_(dw, dw, value=1 - config["beta2"])
root = config["v"].div(1 - config["beta2"] ** config["t"]).sqrt_().add_(config["epsilon"])
next_w = w.clone()
next_w.addcdiv_(config["m"], root, value=-config["learning_rate"] / (1 - config["beta1"] ** config["t"]))
## dropout_forward
out = x
mask = None
if dropout_param["mode"] == "train":
    if "seed" in dropout_param:
        torch.manual_seed(dropout_param["seed"])
    mask = torch.empty_like(x).uniform_()
    torch.ge(mask, dropout_param["p"], out=mask)
    mask.div_(1 - dropout_param["p"])
    out = x.clone()
    out.mul_(mask)
## dropout_backward
dx = dout.clone()
if mask is not None:
    dx.mul_(mask)
"""

CELLS = """
## best_network_settings
def best_network_settings():
    found = {"hidden_dims": [200, 200], "learning_rate": 1.8e-3, "weight_scale": 0.06}
    found.update(num_epochs=15, batch_size=180, lr_decay=0.82)
    found.update(dropout=0.12, reg=2e-6)
    return found
## mnist_loaders
def mnist_loaders(root, batch_size):
    loaders = []
    for train in [True, False]:
        raw = MNIST(root, train=train)
        pixels = torch.empty(len(raw), 784)
        pixels.copy_(raw.data.view(len(raw), 784)).div_(255)
        loaders.append(DataLoader(TensorDataset(pixels, raw.targets), batch_size=batch_size, shuffle=train))
    train_loader, test_loader = loaders
    return train_loader, test_loader
## embed_label
def embed_label(x, y, num_classes=10):
    out = x.clone()
    out[:, :num_classes].zero_()
    out.scatter_(1, y[:, None], 1.0)
    return out
## wrong_labels
def wrong_labels(y, num_classes=10):
    wrong = y.clone().random_(num_classes)
    while (wrong == y).any():
        again = wrong == y
        wrong[again] = torch.randint(num_classes, (int(again.sum()),))
    return wrong
## goodness
def goodness(h):
    return h.square().sum(-1)
## ff_loss
def ff_loss(g_pos, g_neg, threshold):
    z = torch.empty(2 * len(g_pos), dtype=g_pos.dtype)
    z[: len(g_pos)] = threshold - g_pos
    z[len(g_pos) :] = g_neg - threshold
    return F.softplus(z).sum() / len(z)
## ff_layer
class FFLayer(nn.Module):
    def __init__(self, in_features, out_features, threshold=None, lr=0.001):
        super().__init__()
        self.dense = nn.Linear(in_features, out_features)
        with torch.no_grad():
            self.dense.weight.normal_().mul_((2 / in_features) ** 0.5)
            self.dense.bias.zero_()
        self.threshold = threshold
        if self.threshold is None:
            self.threshold = out_features
        self.updater = torch.optim.Adam([self.dense.weight, self.dense.bias], lr=lr)

    def forward(self, x):
        scale = x.norm(dim=1, keepdim=True)
        scale[scale == 0] = 1
        return self.dense(x.div(scale).mul_(x.shape[1] ** 0.5)).clamp_(min=0)

    def train_batch(self, x_pos, x_neg):
        n = len(x_pos)
        h = self.forward(torch.cat((x_pos, x_neg), 0))
        g = goodness(h)
        loss = ff_loss(g[:n], g[n:], self.threshold)
        for parameter in self.parameters():
            parameter.grad = None
        loss.backward()
        self.updater.step()
        h = h.detach()
        return h[:n], h[n:], float(loss.detach())
## ff_net
class FFNet:
    def __init__(self, dims, num_classes=10, lr=0.003):
        self.count, self.layers = num_classes, []
        while len(self.layers) < len(dims) - 1:
            at = len(self.layers)
            self.layers.append(FFLayer(dims[at], dims[at + 1], lr=lr))

    def train_batch(self, x, y):
        pos, neg = embed_label(x, y, self.count), embed_label(x, wrong_labels(y, self.count), self.count)
        losses = [0.0] * len(self.layers)
        for at, layer in enumerate(self.layers):
            pos, neg, losses[at] = layer.train_batch(pos, neg)
        return losses

    def fit(self, loader, epochs):
        history = []
        bar = tqdm(total=epochs)
        while len(history) < epochs:
            total = torch.zeros(len(self.layers))
            batches = 0
            for x, y in loader:
                total.add_(torch.tensor(self.train_batch(x, y)))
                batches += 1
            history.append(total.div_(batches).tolist())
            bar.update(1)
        bar.close()
        return history

    @torch.no_grad()
    def predict(self, x):
        totals = torch.zeros(len(x), self.count)
        label = 0
        while label < self.count:
            h = embed_label(x, torch.zeros(len(x), dtype=torch.long).fill_(label), self.count)
            for layer in self.layers:
                h = layer(h)
                totals[:, label].add_(goodness(h))
            label += 1
        return totals.max(dim=1).indices
## make_mask
def make_mask(shape, blurs=10):
    field = torch.empty(shape).random_(2)
    padded = torch.empty(shape[0], shape[1] + 2, shape[2] + 2)
    while blurs > 0:
        padded[:, 1:-1, 1:-1] = field
        padded[:, 0], padded[:, -1] = padded[:, 1], padded[:, -2]
        padded[:, :, 0], padded[:, :, -1] = padded[:, :, 1], padded[:, :, -2]
        rows = padded[:, :-2].mul(0.25).add_(padded[:, 1:-1], alpha=0.5).add_(padded[:, 2:], alpha=0.25)
        field = rows[:, :, :-2].mul(0.25).add_(rows[:, :, 1:-1], alpha=0.5).add_(rows[:, :, 2:], alpha=0.25)
        blurs -= 1
    return field.gt(0.5).float()
## make_hybrid
def make_hybrid(x1, x2, mask):
    out = x2.clone()
    chosen = mask.bool()
    out.masked_scatter_(chosen, x1.masked_select(chosen))
    return out
## make_negatives
def make_negatives(x):
    out = torch.empty_like(x)
    masks = make_mask((len(x), 28, 28)).view(len(x), -1)
    step = torch.randint(1, len(x), (1,)).item()
    at = 0
    while at < len(x):
        out[at] = make_hybrid(x[at], x[(at + step) % len(x)], masks[at])
        at += 1
    return out
## unsupervised_ff_net
class UnsupervisedFFNet:
    def __init__(self, dims, lr=0.001):
        self.layers = []
        while len(self.layers) < len(dims) - 1:
            at = len(self.layers)
            self.layers.append(FFLayer(dims[at], dims[at + 1], lr=lr))

    def train_batch(self, x):
        pos, neg = x, make_negatives(x)
        losses = [0.0] * len(self.layers)
        for at, layer in enumerate(self.layers):
            pos, neg, losses[at] = layer.train_batch(pos, neg)
        return losses

    def fit(self, loader, epochs):
        history = []
        bar = tqdm(total=epochs)
        while len(history) < epochs:
            total = torch.zeros(len(self.layers))
            batches = 0
            for x, _ in loader:
                total.add_(torch.tensor(self.train_batch(x)))
                batches += 1
            history.append(total.div_(batches).tolist())
            bar.update(1)
        bar.close()
        return history

    @torch.no_grad()
    def features(self, x):
        found = []
        for layer in self.layers:
            x = layer(x)
            scale = x.norm(dim=1, keepdim=True)
            scale[scale == 0] = 1
            found.append(x.div(scale).mul_(x.shape[1] ** 0.5))
        return torch.hstack(found)
## linear_classifier
class LinearClassifier(nn.Module):
    def __init__(self, in_features, num_classes=10):
        super().__init__()
        self.dense = nn.Linear(in_features, num_classes)
        with torch.no_grad():
            self.dense.bias.zero_()

    def forward(self, features):
        return self.dense(features)
## train_classifier
def train_classifier(net, loader, epochs=10):
    classifier, updater = None, None
    bar = tqdm(total=epochs)
    while epochs > 0:
        for x, y in loader:
            inputs = net.features(x).clone()
            if classifier is None:
                classifier = LinearClassifier(inputs.shape[1])
                updater = torch.optim.SGD(classifier.parameters(), lr=0.05, momentum=0.95)
            for parameter in classifier.parameters():
                parameter.grad = None
            F.cross_entropy(classifier(inputs), y, reduction="sum").div(len(y)).backward()
            updater.step()
        epochs -= 1
        bar.update(1)
    return classifier
"""
