"""As in the assignments of well known courses on networks: views, masks, keep ratios, `dout` passed along."""

BLOCKS = """
## linear_forward
num_train = x.size(0)
out = x.reshape(num_train, -1).mm(w) + b
## linear_backward
x, w, b = cache
num_train = x.size(0)
x_row = x.reshape(num_train, -1)
db = torch.sum(dout, 0)
dw = torch.matmul(x_row.t(), dout)
dx = torch.matmul(dout, w.t()).reshape(*x.shape)
## relu_forward
out = x.clone()
out[out < 0] = 0
## relu_backward
dx = dout.clone()
dx[x < 0] = 0
## linear_relu_forward
a, fc_cache = Linear.forward(x, w, b)
out, relu_cache = ReLU.forward(a)
cache = (fc_cache, relu_cache)
## linear_relu_backward
fc_cache, relu_cache = cache
da = ReLU.backward(dout, relu_cache)
dx, dw, db = Linear.backward(da, fc_cache)
## softmax_loss
num_train = x.shape[0]
scores = x - x.max(1)[0].view(-1, 1)
exp = torch.exp(scores)
probs = exp / exp.sum(1).view(-1, 1)
log_probs = scores - torch.log(exp.sum(1)).view(-1, 1)
loss = -log_probs[torch.arange(num_train), y].sum() / num_train
probs[torch.arange(num_train), y] -= 1
dx = probs / num_train
## two_layer_init
self.params["W1"] = torch.normal(0.0, weight_scale, (input_dim, hidden_dim), dtype=dtype, device=device)
self.params["W2"] = torch.normal(0.0, weight_scale, (hidden_dim, num_classes), dtype=dtype, device=device)
self.params["b1"] = torch.zeros((hidden_dim,), dtype=dtype, device=device)
self.params["b2"] = torch.zeros((num_classes,), dtype=dtype, device=device)
## two_layer_scores
W1, b1 = self.params["W1"], self.params["b1"]
W2, b2 = self.params["W2"], self.params["b2"]
l1, cache_l1 = Linear_ReLU.forward(X, W1, b1)
l2, cache_l2 = Linear.forward(l1, W2, b2)
scores = l2
## two_layer_loss
grads = {}
loss, dl2 = softmax_loss(scores, y)
loss += self.reg * (torch.sum(W1**2) + torch.sum(W2**2))
dl1, grads["W2"], grads["b2"] = Linear.backward(dl2, cache_l2)
dx, grads["W1"], grads["b1"] = Linear_ReLU.backward(dl1, cache_l1)
grads["W2"] += 2 * self.reg * W2
grads["W1"] += 2 * self.reg * W1
## fully_connected_init
layer_dim = input_dim
for i, hd in enumerate(hidden_dims):
    self.params["W%d" % (i + 1)] = weight_scale * torch.randn((layer_dim, hd), dtype=dtype, device=device)
    self.params["b%d" % (i + 1)] = weight_scale * torch.zeros(hd, dtype=dtype, device=device)
    layer_dim = hd
self.params["W%d" % self.num_layers] = weight_scale * torch.randn((layer_dim, num_classes), dtype=dtype, device=device)
self.params["b%d" % self.num_layers] = weight_scale * torch.zeros(num_classes, dtype=dtype, device=device)
## fully_connected_scores
layer_input = X
ar_cache = {}
dp_cache = {}
for lay in range(self.num_layers - 1):
    layer_input, ar_cache[lay] = Linear_ReLU.forward(
        layer_input, self.params["W%d" % (lay + 1)], self.params["b%d" % (lay + 1)]
    )
    if self.use_dropout:
        layer_input, dp_cache[lay] = Dropout.forward(layer_input, self.dropout_param)
ar_out, ar_cache[self.num_layers] = Linear.forward(
    layer_input, self.params["W%d" % self.num_layers], self.params["b%d" % self.num_layers]
)
scores = ar_out
## fully_connected_loss
grads = {}
loss, dscores = softmax_loss(scores, y)
dhout = dscores
loss = loss + 0.5 * self.reg * torch.sum(self.params["W%d" % self.num_layers] ** 2)
dx, dw, db = Linear.backward(dhout, ar_cache[self.num_layers])
grads["W%d" % self.num_layers] = dw + self.reg * self.params["W%d" % self.num_layers]
grads["b%d" % self.num_layers] = db
dhout = dx
for idx in range(self.num_layers - 1):
    lay = self.num_layers - 1 - idx - 1
    loss = loss + 0.5 * self.reg * torch.sum(self.params["W%d" % (lay + 1)] ** 2)
    if self.use_dropout:
        dhout = Dropout.backward(dhout, dp_cache[lay])
    dx, dw, db = Linear_ReLU.backward(dhout, ar_cache[lay])
    grads["W%d" % (lay + 1)] = dw + self.reg * self.params["W%d" % (lay + 1)]
    grads["b%d" % (lay + 1)] = db
    dhout = dx
## create_solver_instance
model = TwoLayerNet(
    input_dim=data_dict["X_train"].shape[-1], hidden_dim=160, weight_scale=5e-2, reg=1e-6, dtype=dtype, device=device
)
solver = Solver(
    model, data_dict, optim_config={"learning_rate": 1e-1}, update_rule=sgd_momentum, lr_decay=0.95, num_epochs=12,
    batch_size=200, print_every=1000, device=device
)
## three_layer_params
weight_scale = 1e-1
learning_rate = 1e-1
## five_layer_params
weight_scale = 1.5e-1
learning_rate = 2e-1
## sgd_momentum
config.setdefault("learning_rate", 1e-2)
config.setdefault("momentum", 0.9)
v = config.get("velocity", torch.zeros_like(w))
v = config["momentum"] * v - config["learning_rate"] * dw
next_w = w + v
config["velocity"] = v
## rmsprop
config.setdefault("learning_rate", 1e-2)
config.setdefault("decay_rate", 0.99)
config.setdefault("epsilon", 1e-8)
config.setdefault("cache", torch.zeros_like(w))
cache = config["decay_rate"] * config["cache"] + (1 - config["decay_rate"]) * dw**2
next_w = w + (-config["learning_rate"] * dw) / (torch.sqrt(cache) + config["epsilon"])
config["cache"] = cache
## adam
config.setdefault("learning_rate", 1e-3)
config.setdefault("beta1", 0.9)
config.setdefault("beta2", 0.999)
config.setdefault("epsilon", 1e-8)
config.setdefault("m", torch.zeros_like(w))
config.setdefault("v", torch.zeros_like(w))
config.setdefault("t", 0)
config["t"] += 1
config["m"] = config["beta1"] * config["m"] + (1 - config["beta1"]) * dw
mt = config["m"] / (1 - config["beta1"] ** config["t"])
config["v"] = config["beta2"] * config["v"] + (1 - config["beta2"]) * (dw * dw)
vt = config["v"] / (1 - config["beta2"] ** config["t"])
next_w = w - (config["learning_rate"] * mt) / (torch.sqrt(vt) + config["epsilon"])
## dropout_forward
p, mode = dropout_param["p"], dropout_param["mode"]
if "seed" in dropout_param:
    torch.manual_seed(dropout_param["seed"])
mask = None
out = None
if mode == "train":
    mask = (torch.rand_like(x) > p) / (1.0 - p)
    mask = mask.type(x.dtype)
    out = x * mask
elif mode == "test":
    out = x
## dropout_backward
mode = dropout_param["mode"]
dx = None
if mode == "train":
    dx = dout * mask
elif mode == "test":
    dx = dout
"""

CELLS = """
## best_network_settings
def best_network_settings():
    return {
        "hidden_dims": [300, 100],
        "dropout": 0.25,
        "reg": 1e-4,
        "weight_scale": 5e-2,
        "learning_rate": 1e-3,
        "lr_decay": 0.95,
        "batch_size": 128,
        "num_epochs": 20,
    }
## mnist_loaders
def mnist_loaders(root, batch_size):
    transform = lambda img: torch.from_numpy(np.array(img, dtype=np.float32)).flatten() / 255.0
    train_loader = DataLoader(MNIST(root, train=True, transform=transform), batch_size=batch_size, shuffle=True)
    test_loader = DataLoader(MNIST(root, train=False, transform=transform), batch_size=batch_size, shuffle=False)
    return train_loader, test_loader


import numpy as np
## embed_label
def embed_label(x, y, num_classes=10):
    x_ = x.clone()
    x_[:, :num_classes] *= 0.0
    x_[range(x.shape[0]), y] = 1.0
    return x_
## wrong_labels
def wrong_labels(y, num_classes=10):
    weights = torch.ones(y.shape[0], num_classes)
    weights[torch.arange(y.shape[0]), y] = 0
    return torch.multinomial(weights, 1).squeeze(1)
## goodness
def goodness(h):
    return h.pow(2).sum(1)
## ff_loss
def ff_loss(g_pos, g_neg, threshold):
    z = torch.cat([-g_pos + threshold, g_neg - threshold])
    return torch.where(z > 0, z + torch.log1p(torch.exp(-z.abs())), torch.log1p(torch.exp(-z.abs()))).mean()
## ff_layer
class FFLayer(nn.Module):
    def __init__(self, in_features, out_features, threshold=None, lr=0.001):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(out_features, in_features))
        self.bias = nn.Parameter(torch.zeros(out_features))
        nn.init.normal_(self.weight, std=(2.0 / in_features) ** 0.5)
        self.relu = torch.nn.ReLU()
        self.threshold = threshold or out_features
        self.opt = torch.optim.Adam(self.parameters(), lr=lr)

    def forward(self, x):
        x_direction = x / (x.norm(2, 1, keepdim=True) + 1e-8) * x.size(1) ** 0.5
        return self.relu(torch.mm(x_direction, self.weight.T) + self.bias.unsqueeze(0))

    def train_batch(self, x_pos, x_neg):
        out_pos, out_neg = self.forward(x_pos), self.forward(x_neg)
        loss = ff_loss(out_pos.pow(2).sum(1), out_neg.pow(2).sum(1), self.threshold)
        self.opt.zero_grad()
        loss.backward()
        self.opt.step()
        return out_pos.detach(), out_neg.detach(), loss.item()
## ff_net
class FFNet:
    def __init__(self, dims, num_classes=10, lr=0.003):
        self.layers = []
        self.num_classes = num_classes
        for d in range(len(dims) - 1):
            self.layers += [FFLayer(dims[d], dims[d + 1], None, lr)]

    def train_batch(self, x, y):
        h_pos = embed_label(x, y, self.num_classes)
        h_neg = embed_label(x, wrong_labels(y, self.num_classes), self.num_classes)
        losses = []
        for i, layer in enumerate(self.layers):
            h_pos, h_neg, loss = layer.train_batch(h_pos, h_neg)
            losses.append(loss)
        return losses

    def fit(self, loader, epochs):
        history = []
        for i in tqdm(range(epochs)):
            total = np.zeros(len(self.layers))
            for x, y in loader:
                total += np.array(self.train_batch(x, y))
            history.append(list(total / len(loader)))
        return history

    @torch.no_grad()
    def predict(self, x):
        goodness_per_label = []
        for label in range(self.num_classes):
            h = embed_label(x, torch.tensor([label]).repeat(x.shape[0]), self.num_classes)
            goodness_ = []
            for layer in self.layers:
                h = layer(h)
                goodness_ += [h.pow(2).sum(1)]
            goodness_per_label += [sum(goodness_).unsqueeze(1)]
        goodness_per_label = torch.cat(goodness_per_label, 1)
        return goodness_per_label.argmax(1)


import numpy as np
## make_mask
def make_mask(shape, blurs=10):
    img = torch.bernoulli(torch.full(shape, 0.5)).unsqueeze(1)
    row = torch.tensor([0.25, 0.5, 0.25]).view(1, 1, 1, 3)
    col = row.view(1, 1, 3, 1)
    for _ in range(blurs):
        img = F.conv2d(F.pad(img, (1, 1, 0, 0), mode="reflect"), row)
        img = F.conv2d(F.pad(img, (0, 0, 1, 1), mode="reflect"), col)
    return torch.gt(img, 0.5).float().squeeze(1)
## make_hybrid
def make_hybrid(x1, x2, mask):
    x_hybrid = x2.clone()
    x_hybrid[mask == 1] = x1[mask == 1]
    return x_hybrid
## make_negatives
def make_negatives(x):
    n = x.shape[0]
    idx = (torch.arange(n) + torch.randint(1, n, (n,))) % n
    mask = make_mask((n, 28, 28)).view(n, -1)
    return make_hybrid(x, x[idx], mask)
## unsupervised_ff_net
class UnsupervisedFFNet:
    def __init__(self, dims, lr=0.001):
        self.layers = []
        for d in range(len(dims) - 1):
            self.layers += [FFLayer(dims[d], dims[d + 1], None, lr)]

    def train_batch(self, x):
        h_pos, h_neg = x, make_negatives(x)
        losses = []
        for i, layer in enumerate(self.layers):
            h_pos, h_neg, loss = layer.train_batch(h_pos, h_neg)
            losses.append(loss)
        return losses

    def fit(self, loader, epochs):
        history = []
        for i in tqdm(range(epochs)):
            total = np.zeros(len(self.layers))
            for x, _ in loader:
                total += np.array(self.train_batch(x))
            history.append(list(total / len(loader)))
        return history

    @torch.no_grad()
    def features(self, x):
        outs = []
        for layer in self.layers:
            x = layer(x)
            outs.append(x / (x.norm(2, 1, keepdim=True) + 1e-8) * x.size(1) ** 0.5)
        return torch.cat(outs, 1)


import numpy as np
## linear_classifier
class LinearClassifier(nn.Module):
    def __init__(self, in_features, num_classes=10):
        super(LinearClassifier, self).__init__()
        self.fc = nn.Linear(in_features, num_classes, bias=True)

    def forward(self, features):
        return self.fc(features)
## train_classifier
def train_classifier(net, loader, epochs=10):
    in_features = sum(layer.weight.shape[0] for layer in net.layers)
    model = LinearClassifier(in_features)
    criterion = nn.CrossEntropyLoss()
    opt = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    for epoch in tqdm(range(epochs)):
        for x, y in loader:
            with torch.no_grad():
                feat = net.features(x)
            loss = criterion(model(feat), y)
            opt.zero_grad()
            loss.backward()
            opt.step()
    return model
"""
