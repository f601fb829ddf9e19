"""Another of the plain ones: the same formulas, other habits of naming, calling and putting things in order."""

BLOCKS = """
## linear_forward
n = x.shape[0]
flat = x.reshape(n, -1)
out = torch.matmul(flat, w) + b
## linear_backward
x, w, b = cache
n = x.shape[0]
flat = x.reshape(n, -1)
dw = torch.matmul(flat.T, dout)
db = torch.sum(dout, dim=0)
dx = torch.matmul(dout, w.T)
dx = dx.reshape(x.shape)
## relu_forward
out = torch.relu(x)
## relu_backward
mask = (x > 0).float().to(dout.dtype)
dx = mask * dout
## linear_relu_forward
hidden, lin_cache = Linear.forward(x, w, b)
out, act_cache = ReLU.forward(hidden)
cache = lin_cache, act_cache
## linear_relu_backward
lin_cache, act_cache = cache
dhidden = ReLU.backward(dout, act_cache)
dx, dw, db = Linear.backward(dhidden, lin_cache)
## softmax_loss
n = len(x)
x = x - torch.max(x, dim=1, keepdim=True)[0]
log_sum = torch.log(torch.sum(torch.exp(x), dim=1, keepdim=True))
log_p = x - log_sum
idx = torch.arange(n)
loss = -torch.sum(log_p[idx, y]) / n
p = torch.exp(log_p)
p[idx, y] = p[idx, y] - 1
dx = p / n
## two_layer_init
W1 = torch.randn((input_dim, hidden_dim), dtype=dtype, device=device)
W2 = torch.randn((hidden_dim, num_classes), dtype=dtype, device=device)
self.params["W1"] = W1 * weight_scale
self.params["W2"] = W2 * weight_scale
self.params["b1"] = torch.zeros(hidden_dim, dtype=dtype, device=device)
self.params["b2"] = torch.zeros(num_classes, dtype=dtype, device=device)
## two_layer_scores
hidden, first_cache = Linear_ReLU.forward(X, self.params["W1"], self.params["b1"])
scores, second_cache = Linear.forward(hidden, self.params["W2"], self.params["b2"])
## two_layer_loss
grads = {}
loss, dscores = softmax_loss(scores, y)
W1, W2 = self.params["W1"], self.params["W2"]
loss = loss + self.reg * (torch.sum(W1 * W1) + torch.sum(W2 * W2))
dhidden, dW2, db2 = Linear.backward(dscores, second_cache)
_, dW1, db1 = Linear_ReLU.backward(dhidden, first_cache)
grads["W2"] = dW2 + 2 * self.reg * W2
grads["b2"] = db2
grads["W1"] = dW1 + 2 * self.reg * W1
grads["b1"] = db1
## fully_connected_init
layer_dims = [input_dim, *hidden_dims, num_classes]
for l in range(1, len(layer_dims)):
    shape = (layer_dims[l - 1], layer_dims[l])
    self.params["W" + str(l)] = weight_scale * torch.randn(shape, dtype=dtype, device=device)
    self.params["b" + str(l)] = torch.zeros(layer_dims[l], dtype=dtype, device=device)
## fully_connected_scores
linear_caches, drop_caches = [], []
h = X
for l in range(1, self.num_layers):
    W, b = self.params["W" + str(l)], self.params["b" + str(l)]
    h, c = Linear_ReLU.forward(h, W, b)
    linear_caches.append(c)
    if self.use_dropout:
        h, c = Dropout.forward(h, self.dropout_param)
        drop_caches.append(c)
W, b = self.params["W" + str(self.num_layers)], self.params["b" + str(self.num_layers)]
scores, c = Linear.forward(h, W, b)
linear_caches.append(c)
## fully_connected_loss
loss, dh = softmax_loss(scores, y)
grads = {}
for l in range(self.num_layers, 0, -1):
    W = self.params["W" + str(l)]
    loss = loss + 0.5 * self.reg * torch.sum(W * W)
    if l == self.num_layers:
        dh, dW, db = Linear.backward(dh, linear_caches[l - 1])
    else:
        if self.use_dropout:
            dh = Dropout.backward(dh, drop_caches[l - 1])
        dh, dW, db = Linear_ReLU.backward(dh, linear_caches[l - 1])
    grads["W" + str(l)] = dW + self.reg * W
    grads["b" + str(l)] = db
## create_solver_instance
input_dim = data_dict["X_train"].shape[1]
hidden_dim = 128
net = TwoLayerNet(input_dim, hidden_dim, weight_scale=1e-2, reg=1e-5, dtype=dtype, device=device)
solver = Solver(net, data_dict, update_rule=sgd_momentum, optim_config={"learning_rate": 0.05},
                batch_size=100, num_epochs=15, lr_decay=0.9, device=device)
## three_layer_params
weight_scale = 0.1
learning_rate = 0.2
## five_layer_params
weight_scale = 0.14
learning_rate = 0.1
## sgd_momentum
if "velocity" not in config:
    config["velocity"] = torch.zeros_like(w)
lr = config.get("learning_rate", 1e-2)
mu = config.get("momentum", 0.9)
config["velocity"] = mu * config["velocity"] - lr * dw
next_w = w + config["velocity"]
## rmsprop
if "cache" not in config:
    config["cache"] = torch.zeros_like(w)
lr = config.get("learning_rate", 1e-2)
rho = config.get("decay_rate", 0.99)
eps = config.get("epsilon", 1e-8)
config["cache"] = rho * config["cache"] + (1 - rho) * dw * dw
next_w = w - lr * dw / (config["cache"].sqrt() + eps)
## adam
if "m" not in config:
    config["m"] = torch.zeros_like(w)
    config["v"] = torch.zeros_like(w)
    config["t"] = 0
lr = config.get("learning_rate", 1e-3)
b1, b2 = config.get("beta1", 0.9), config.get("beta2", 0.999)
eps = config.get("epsilon", 1e-8)
config["t"] = config["t"] + 1
config["m"] = b1 * config["m"] + (1 - b1) * dw
config["v"] = b2 * config["v"] + (1 - b2) * dw * dw
m_hat = config["m"] / (1 - b1 ** config["t"])
v_hat = config["v"] / (1 - b2 ** config["t"])
next_w = w - lr * m_hat / (v_hat.sqrt() + eps)
## dropout_forward
if dropout_param.get("seed") is not None:
    torch.manual_seed(dropout_param["seed"])
if dropout_param["mode"] == "train":
    keep = 1 - dropout_param["p"]
    mask = (torch.rand_like(x) < keep) / keep
    mask = mask.to(x.dtype)
    out = x * mask
else:
    out, mask = x, None
## dropout_backward
dx = dout * mask if dropout_param["mode"] == "train" else dout
"""

CELLS = """
## best_network_settings
def best_network_settings():
    hidden_dims = [300, 150]
    return {"hidden_dims": hidden_dims, "dropout": 0.1, "reg": 0.0, "weight_scale": 0.04, "learning_rate": 1e-3,
            "lr_decay": 0.95, "batch_size": 200, "num_epochs": 12}
## mnist_loaders
def mnist_loaders(root, batch_size):
    loaders = []
    for is_train in (True, False):
        dataset = MNIST(root, train=is_train)
        x = dataset.data.float().reshape(len(dataset), 784) / 255.0
        loaders.append(DataLoader(TensorDataset(x, dataset.targets), batch_size=batch_size, shuffle=is_train))
    return loaders[0], loaders[1]
## embed_label
def embed_label(x, y, num_classes=10):
    result = x.clone()
    result[:, :num_classes] = F.one_hot(y, num_classes).float()
    return result
## wrong_labels
def wrong_labels(y, num_classes=10):
    offset = torch.randint(1, num_classes, (len(y),))
    wrong = y + offset
    return wrong % num_classes
## goodness
def goodness(h):
    return torch.sum(h**2, dim=1)
## ff_loss
def ff_loss(g_pos, g_neg, threshold):
    loss_pos = F.softplus(threshold - g_pos)
    loss_neg = F.softplus(g_neg - threshold)
    return torch.cat([loss_pos, loss_neg]).mean()
## ff_layer
class FFLayer(nn.Module):
    def __init__(self, in_features, out_features, threshold=None, lr=0.001):
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)
        nn.init.kaiming_normal_(self.linear.weight)
        self.threshold = threshold if threshold is not None else out_features
        self.optimizer = torch.optim.Adam(self.parameters(), lr=lr)

    def forward(self, x):
        x = F.normalize(x, dim=1) * (x.shape[1] ** 0.5)
        return torch.relu(self.linear(x))

    def train_batch(self, x_pos, x_neg):
        h_pos, h_neg = self.forward(x_pos), self.forward(x_neg)
        g_pos, g_neg = goodness(h_pos), goodness(h_neg)
        loss = ff_loss(g_pos, g_neg, self.threshold)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return h_pos.detach(), h_neg.detach(), loss.item()
## ff_net
class FFNet:
    def __init__(self, dims, num_classes=10, lr=0.003):
        self.layers = []
        for d_in, d_out in zip(dims[:-1], dims[1:]):
            self.layers.append(FFLayer(d_in, d_out, lr=lr))
        self.num_classes = num_classes

    def train_batch(self, x, y):
        x_pos = embed_label(x, y, self.num_classes)
        x_neg = embed_label(x, wrong_labels(y, self.num_classes), self.num_classes)
        losses = []
        for layer in self.layers:
            x_pos, x_neg, loss = layer.train_batch(x_pos, x_neg)
            losses.append(loss)
        return losses

    def fit(self, loader, epochs):
        history = []
        for epoch in tqdm(range(epochs)):
            epoch_losses = []
            for x, y in loader:
                epoch_losses.append(self.train_batch(x, y))
            history.append(torch.tensor(epoch_losses).mean(0).tolist())
        return history

    @torch.no_grad()
    def predict(self, x):
        totals = torch.zeros(len(x), self.num_classes)
        for c in range(self.num_classes):
            labels = torch.full((len(x),), c, dtype=torch.long)
            h = embed_label(x, labels, self.num_classes)
            for layer in self.layers:
                h = layer(h)
                totals[:, c] += goodness(h)
        return totals.argmax(dim=1)
## make_mask
def make_mask(shape, blurs=10):
    m = (torch.rand(shape) > 0.5).float()[:, None]
    k = torch.tensor([[0.25, 0.5, 0.25]])
    kernel = (k.T @ k)[None, None]
    for i in range(blurs):
        m = F.conv2d(F.pad(m, (1, 1, 1, 1), mode="reflect"), kernel)
    return (m[:, 0] > 0.5).float()
## make_hybrid
def make_hybrid(x1, x2, mask):
    return mask * x1 + (1 - mask) * x2
## make_negatives
def make_negatives(x):
    masks = make_mask((x.shape[0], 28, 28)).reshape(x.shape[0], 784)
    k = int(torch.randint(1, x.shape[0], (1,)))
    other = torch.roll(x, k, 0)
    return make_hybrid(x, other, masks)
## unsupervised_ff_net
class UnsupervisedFFNet:
    def __init__(self, dims, lr=0.001):
        self.layers = []
        for d_in, d_out in zip(dims[:-1], dims[1:]):
            self.layers.append(FFLayer(d_in, d_out, lr=lr))

    def train_batch(self, x):
        x_pos = x
        x_neg = make_negatives(x)
        losses = []
        for layer in self.layers:
            x_pos, x_neg, loss = layer.train_batch(x_pos, x_neg)
            losses.append(loss)
        return losses

    def fit(self, loader, epochs):
        history = []
        for epoch in tqdm(range(epochs)):
            epoch_losses = []
            for x, _ in loader:
                epoch_losses.append(self.train_batch(x))
            history.append(torch.tensor(epoch_losses).mean(0).tolist())
        return history

    @torch.no_grad()
    def features(self, x):
        outputs = []
        h = x
        for layer in self.layers:
            h = layer(h)
            outputs.append(F.normalize(h, dim=1) * (h.shape[1] ** 0.5))
        return torch.cat(outputs, dim=1)
## linear_classifier
class LinearClassifier(nn.Module):
    def __init__(self, in_features, num_classes=10):
        super().__init__()
        self.fc = nn.Linear(in_features, num_classes)

    def forward(self, features):
        return self.fc(features)
## train_classifier
def train_classifier(net, loader, epochs=10):
    in_features = sum(layer.linear.out_features for layer in net.layers)
    classifier = LinearClassifier(in_features)
    optimizer = torch.optim.Adam(classifier.parameters(), lr=1e-3)
    criterion = nn.CrossEntropyLoss()
    for epoch in tqdm(range(epochs)):
        for x, y in loader:
            out = classifier(net.features(x))
            loss = criterion(out, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return classifier
"""
