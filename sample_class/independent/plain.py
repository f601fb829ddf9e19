"""What most people write: the formula of the docstring, one line for each of its parts."""

BLOCKS = """
## linear_forward
x_flat = x.reshape(x.shape[0], -1)
out = x_flat @ w + b
## linear_backward
x, w, b = cache
x_flat = x.reshape(x.shape[0], -1)
dx = (dout @ w.T).reshape(x.shape)
dw = x_flat.T @ dout
db = dout.sum(dim=0)
## relu_forward
out = torch.clamp(x, min=0)
## relu_backward
dx = dout * (x > 0)
## linear_relu_forward
a, linear_cache = Linear.forward(x, w, b)
out, relu_cache = ReLU.forward(a)
cache = (linear_cache, relu_cache)
## linear_relu_backward
linear_cache, relu_cache = cache
da = ReLU.backward(dout, relu_cache)
dx, dw, db = Linear.backward(da, linear_cache)
## softmax_loss
N = x.shape[0]
shifted = x - x.max(dim=1, keepdim=True).values
exp = shifted.exp()
probs = exp / exp.sum(dim=1, keepdim=True)
log_probs = shifted - exp.sum(dim=1, keepdim=True).log()
loss = -log_probs[torch.arange(N), y].mean()
dx = probs.clone()
dx[torch.arange(N), y] -= 1
dx = dx / N
## two_layer_init
self.params["W1"] = torch.randn(input_dim, hidden_dim, dtype=dtype, device=device) * weight_scale
self.params["b1"] = torch.zeros(hidden_dim, dtype=dtype, device=device)
self.params["W2"] = torch.randn(hidden_dim, num_classes, dtype=dtype, device=device) * weight_scale
self.params["b2"] = torch.zeros(num_classes, dtype=dtype, device=device)
## two_layer_scores
W1, b1 = self.params["W1"], self.params["b1"]
W2, b2 = self.params["W2"], self.params["b2"]
h, cache1 = Linear_ReLU.forward(X, W1, b1)
scores, cache2 = Linear.forward(h, W2, b2)
## two_layer_loss
loss, dscores = softmax_loss(scores, y)
loss = loss + self.reg * ((W1**2).sum() + (W2**2).sum())
dh, dW2, db2 = Linear.backward(dscores, cache2)
dX, dW1, db1 = Linear_ReLU.backward(dh, cache1)
dW1 = dW1 + 2 * self.reg * W1
dW2 = dW2 + 2 * self.reg * W2
grads = {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
## fully_connected_init
dims = [input_dim] + hidden_dims + [num_classes]
for i in range(self.num_layers):
    self.params[f"W{i + 1}"] = torch.randn(dims[i], dims[i + 1], dtype=dtype, device=device) * weight_scale
    self.params[f"b{i + 1}"] = torch.zeros(dims[i + 1], dtype=dtype, device=device)
## fully_connected_scores
caches = []
out = X
for i in range(1, self.num_layers):
    out, cache = Linear_ReLU.forward(out, self.params[f"W{i}"], self.params[f"b{i}"])
    dropout_cache = None
    if self.use_dropout:
        out, dropout_cache = Dropout.forward(out, self.dropout_param)
    caches.append((cache, dropout_cache))
scores, last_cache = Linear.forward(out, self.params[f"W{self.num_layers}"], self.params[f"b{self.num_layers}"])
## fully_connected_loss
loss, dout = softmax_loss(scores, y)
grads = {}
L = self.num_layers
dout, grads[f"W{L}"], grads[f"b{L}"] = Linear.backward(dout, last_cache)
for i in range(L - 1, 0, -1):
    cache, dropout_cache = caches[i - 1]
    if self.use_dropout:
        dout = Dropout.backward(dout, dropout_cache)
    dout, grads[f"W{i}"], grads[f"b{i}"] = Linear_ReLU.backward(dout, cache)
for i in range(1, L + 1):
    W = self.params[f"W{i}"]
    loss = loss + 0.5 * self.reg * (W**2).sum()
    grads[f"W{i}"] = grads[f"W{i}"] + self.reg * W
## create_solver_instance
D = data_dict["X_train"].shape[1]
model = TwoLayerNet(input_dim=D, hidden_dim=100, weight_scale=0.01, reg=1e-4, dtype=dtype, device=device)
solver = Solver(model, data_dict, update_rule=sgd, optim_config={"learning_rate": 0.2}, lr_decay=0.95,
                batch_size=100, num_epochs=20, device=device)
## three_layer_params
weight_scale = 0.1
learning_rate = 0.1
## five_layer_params
weight_scale = 0.15
learning_rate = 0.1
## sgd_momentum
learning_rate = config.setdefault("learning_rate", 1e-2)
momentum = config.setdefault("momentum", 0.9)
v = config.get("velocity", torch.zeros_like(w))
v = momentum * v - learning_rate * dw
config["velocity"] = v
next_w = w + v
## rmsprop
learning_rate = config.setdefault("learning_rate", 1e-2)
decay_rate = config.setdefault("decay_rate", 0.99)
epsilon = config.setdefault("epsilon", 1e-8)
cache = config.get("cache", torch.zeros_like(w))
cache = decay_rate * cache + (1 - decay_rate) * dw**2
config["cache"] = cache
next_w = w - learning_rate * dw / (torch.sqrt(cache) + epsilon)
## adam
learning_rate = config.setdefault("learning_rate", 1e-3)
beta1 = config.setdefault("beta1", 0.9)
beta2 = config.setdefault("beta2", 0.999)
epsilon = config.setdefault("epsilon", 1e-8)
m = config.get("m", torch.zeros_like(w))
v = config.get("v", torch.zeros_like(w))
t = config.get("t", 0) + 1
m = beta1 * m + (1 - beta1) * dw
v = beta2 * v + (1 - beta2) * dw**2
m_hat = m / (1 - beta1**t)
v_hat = v / (1 - beta2**t)
next_w = w - learning_rate * m_hat / (torch.sqrt(v_hat) + epsilon)
config["m"], config["v"], config["t"] = m, v, t
## dropout_forward
p = dropout_param["p"]
if dropout_param["mode"] == "train":
    if "seed" in dropout_param:
        torch.manual_seed(dropout_param["seed"])
    mask = (torch.rand(x.shape, device=x.device) > p).to(x.dtype) / (1 - p)
    out = x * mask
else:
    mask = None
    out = x
## dropout_backward
if dropout_param["mode"] == "train":
    dx = dout * mask
else:
    dx = dout
"""

CELLS = """
## best_network_settings
def best_network_settings():
    return {
        "hidden_dims": [256, 128],
        "dropout": 0.2,
        "reg": 1e-5,
        "weight_scale": 0.05,
        "learning_rate": 1e-3,
        "lr_decay": 0.9,
        "batch_size": 128,
        "num_epochs": 15,
    }
## mnist_loaders
def mnist_loaders(root, batch_size):
    train, test = MNIST(root, train=True), MNIST(root, train=False)
    train_data = TensorDataset(train.data.reshape(-1, 784).float() / 255, train.targets)
    test_data = TensorDataset(test.data.reshape(-1, 784).float() / 255, test.targets)
    return DataLoader(train_data, batch_size, shuffle=True), DataLoader(test_data, batch_size, shuffle=False)
## embed_label
def embed_label(x, y, num_classes=10):
    x = x.clone()
    x[:, :num_classes] = 0
    x[torch.arange(len(x)), y] = 1
    return x
## wrong_labels
def wrong_labels(y, num_classes=10):
    shift = torch.randint(1, num_classes, y.shape)
    return (y + shift) % num_classes
## goodness
def goodness(h):
    return (h**2).sum(dim=1)
## ff_loss
def ff_loss(g_pos, g_neg, threshold):
    z = torch.cat([threshold - g_pos, g_neg - threshold])
    return F.softplus(z).mean()
## ff_layer
class FFLayer(nn.Module):
    def __init__(self, in_features, out_features, threshold=None, lr=0.001):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)
        nn.init.kaiming_normal_(self.linear.weight, nonlinearity="relu")
        self.threshold = out_features if threshold is None else threshold
        self.optimizer = torch.optim.Adam(self.parameters(), lr=lr)

    def forward(self, x):
        norm = x.norm(dim=1, keepdim=True)
        x = x / (norm + 1e-8) * x.shape[1] ** 0.5
        return F.relu(self.linear(x))

    def train_batch(self, x_pos, x_neg):
        h_pos = self(x_pos)
        h_neg = self(x_neg)
        loss = ff_loss(goodness(h_pos), goodness(h_neg), self.threshold)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return h_pos.detach(), h_neg.detach(), loss.item()
## ff_net
class FFNet:
    def __init__(self, dims, num_classes=10, lr=0.003):
        self.num_classes = num_classes
        self.layers = [FFLayer(dims[i], dims[i + 1], lr=lr) for i in range(len(dims) - 1)]

    def train_batch(self, x, y):
        h_pos = embed_label(x, y, self.num_classes)
        h_neg = embed_label(x, wrong_labels(y, self.num_classes), self.num_classes)
        losses = []
        for layer in self.layers:
            h_pos, h_neg, loss = layer.train_batch(h_pos, h_neg)
            losses.append(loss)
        return losses

    def fit(self, loader, epochs):
        history = []
        for epoch in tqdm(range(epochs)):
            losses = [self.train_batch(x, y) for x, y in loader]
            history.append(torch.tensor(losses).mean(dim=0).tolist())
        return history

    @torch.no_grad()
    def predict(self, x):
        scores = []
        for label in range(self.num_classes):
            h = embed_label(x, torch.full((len(x),), label), self.num_classes)
            score = torch.zeros(len(x))
            for layer in self.layers:
                h = layer(h)
                score = score + goodness(h)
            scores.append(score)
        return torch.stack(scores, dim=1).argmax(dim=1)
## make_mask
def make_mask(shape, blurs=10):
    mask = torch.randint(0, 2, shape).float().unsqueeze(1)
    kernel = torch.tensor([0.25, 0.5, 0.25])
    for _ in range(blurs):
        mask = F.pad(mask, (1, 1, 1, 1), mode="reflect")
        mask = F.conv2d(mask, kernel.reshape(1, 1, 1, 3))
        mask = F.conv2d(mask, kernel.reshape(1, 1, 3, 1))
    return (mask.squeeze(1) > 0.5).float()
## make_hybrid
def make_hybrid(x1, x2, mask):
    return x1 * mask + x2 * (1 - mask)
## make_negatives
def make_negatives(x):
    mask = make_mask((len(x), 28, 28)).reshape(len(x), -1)
    x2 = torch.roll(x, 1, dims=0)
    return make_hybrid(x, x2, mask)
## unsupervised_ff_net
class UnsupervisedFFNet:
    def __init__(self, dims, lr=0.001):
        self.layers = [FFLayer(dims[i], dims[i + 1], lr=lr) for i in range(len(dims) - 1)]

    def train_batch(self, x):
        h_pos, h_neg = x, make_negatives(x)
        losses = []
        for layer in self.layers:
            h_pos, h_neg, loss = layer.train_batch(h_pos, h_neg)
            losses.append(loss)
        return losses

    def fit(self, loader, epochs):
        history = []
        for epoch in tqdm(range(epochs)):
            losses = [self.train_batch(x) for x, _ in loader]
            history.append(torch.tensor(losses).mean(dim=0).tolist())
        return history

    @torch.no_grad()
    def features(self, x):
        features = []
        for layer in self.layers:
            x = layer(x)
            features.append(x / (x.norm(dim=1, keepdim=True) + 1e-8) * x.shape[1] ** 0.5)
        return torch.cat(features, dim=1)
## linear_classifier
class LinearClassifier(nn.Module):
    def __init__(self, in_features, num_classes=10):
        super().__init__()
        self.linear = nn.Linear(in_features, num_classes)

    def forward(self, features):
        return self.linear(features)
## train_classifier
def train_classifier(net, loader, epochs=10):
    classifier = None
    for epoch in tqdm(range(epochs)):
        for x, y in loader:
            features = net.features(x)
            if classifier is None:
                classifier = LinearClassifier(features.shape[1])
                optimizer = torch.optim.Adam(classifier.parameters(), lr=0.001)
            loss = F.cross_entropy(classifier(features), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return classifier
"""
