"""Written from the formulas on paper: Greek letters, sums over indices, probabilities by hand."""

BLOCKS = """
## linear_forward
N = len(x)
out = b + (x.reshape(N, -1)[:, :, None] * w[None, :, :]).sum(1) if N * w.numel() < 10**6 else b + x.reshape(N, -1) @ w
## linear_backward
x, w, _b = cache
N, (D, M) = len(x), w.shape
delta = dout
dw = sum(torch.outer(x[n].reshape(D), delta[n]) for n in range(N))
db = sum(delta[n] for n in range(N))
dx = torch.stack([(w * delta[n]).sum(1) for n in range(N)]).reshape(x.shape)
## relu_forward
H = (x > 0).to(x.dtype)
out = H * x
## relu_backward
H = (x > 0).to(x.dtype)
dx = H * dout
## linear_relu_forward
z, (x_, w_, b_) = Linear.forward(x, w, b)
out, z_ = ReLU.forward(z)
cache = (x_, w_, b_, z_)
## linear_relu_backward
*xwb, z = cache
delta = ReLU.backward(dout, z)
dx, dw, db = Linear.backward(delta, xwb)
## softmax_loss
N, C = x.shape
mu = x.max(dim=1).values
Z = sum(torch.exp(x[:, c] - mu) for c in range(C))
p = torch.stack([torch.exp(x[:, c] - mu) / Z for c in range(C)], dim=1)
delta = torch.stack([(y == c).to(x.dtype) for c in range(C)], dim=1)
xy = (x * delta).sum(dim=1)
loss = (mu + torch.log(Z) - xy).sum() / N
dx = (p - delta) / N
## two_layer_init
sigma = weight_scale
D, H, C = input_dim, hidden_dim, num_classes
self.params = {
    "W1": sigma * torch.randn((D, H), dtype=dtype, device=device),
    "b1": 0 * torch.ones(H, dtype=dtype, device=device),
    "W2": sigma * torch.randn((H, C), dtype=dtype, device=device),
    "b2": 0 * torch.ones(C, dtype=dtype, device=device),
}
## two_layer_scores
theta = self.params
a1, k1 = Linear_ReLU.forward(X, theta["W1"], theta["b1"])
z2, k2 = Linear.forward(a1, theta["W2"], theta["b2"])
scores = z2
## two_layer_loss
lam = self.reg
E, delta2 = softmax_loss(scores, y)
delta1, dE_dW2, dE_db2 = Linear.backward(delta2, k2)
_delta0, dE_dW1, dE_db1 = Linear_ReLU.backward(delta1, k1)
R = (theta["W1"] ** 2).sum() + (theta["W2"] ** 2).sum()
loss = E + lam * R
grads = {
    "W1": dE_dW1 + lam * 2 * theta["W1"],
    "W2": dE_dW2 + lam * 2 * theta["W2"],
    "b1": dE_db1,
    "b2": dE_db2,
}
## fully_connected_init
sigma, L = weight_scale, self.num_layers
n = {0: input_dim, L: num_classes}
for l, h in enumerate(hidden_dims):
    n[l + 1] = h
for l in range(1, L + 1):
    self.params["W" + str(l)] = sigma * torch.randn((n[l - 1], n[l]), dtype=dtype, device=device)
    self.params["b" + str(l)] = 0 * torch.ones(n[l], dtype=dtype, device=device)
## fully_connected_scores
theta, L = self.params, self.num_layers
a, k, q = {0: X}, {}, {}
for l in range(1, L):
    a[l], k[l] = Linear_ReLU.forward(a[l - 1], theta["W" + str(l)], theta["b" + str(l)])
    if self.use_dropout:
        a[l], q[l] = Dropout.forward(a[l], self.dropout_param)
a[L], k[L] = Linear.forward(a[L - 1], theta["W" + str(L)], theta["b" + str(L)])
scores = a[L]
## fully_connected_loss
lam, delta, grads = self.reg, {}, {}
E, delta[L] = softmax_loss(scores, y)
R = sum((theta["W" + str(l)] ** 2).sum() for l in range(1, L + 1))
loss = E + lam / 2 * R
delta[L - 1], dW, grads["b" + str(L)] = Linear.backward(delta[L], k[L])
grads["W" + str(L)] = dW + lam * theta["W" + str(L)]
for l in range(L - 1, 0, -1):
    if l in q:
        delta[l] = Dropout.backward(delta[l], q[l])
    delta[l - 1], dW, grads["b" + str(l)] = Linear_ReLU.backward(delta[l], k[l])
    grads["W" + str(l)] = dW + lam * theta["W" + str(l)]
## create_solver_instance
D = data_dict["X_train"].shape[1]
eta, sigma, lam = 0.4, (2 / D) ** 0.5, 1e-6
f = TwoLayerNet(input_dim=D, hidden_dim=80, weight_scale=sigma, reg=lam, dtype=dtype, device=device)
solver = Solver(f, data_dict, update_rule=sgd, optim_config={"learning_rate": eta}, lr_decay=0.93, batch_size=120,
                num_epochs=25, device=device)
## three_layer_params
eta, sigma = 0.15, 0.13
weight_scale, learning_rate = sigma, eta
## five_layer_params
eta, sigma = 0.09, 0.17
weight_scale, learning_rate = sigma, eta
## sgd_momentum
eta, mu = config.setdefault("learning_rate", 1e-2), config.setdefault("momentum", 0.9)
v_old = config.get("velocity", 0)
v_new = mu * v_old - eta * dw
next_w, config["velocity"] = w + v_new, v_new
## rmsprop
eta, rho = config.setdefault("learning_rate", 1e-2), config.setdefault("decay_rate", 0.99)
eps = config.setdefault("epsilon", 1e-8)
c = rho * config.get("cache", 0) + (1 - rho) * dw**2
next_w, config["cache"] = w - eta / (c**0.5 + eps) * dw, c
## adam
eta, eps = config.setdefault("learning_rate", 1e-3), config.setdefault("epsilon", 1e-8)
b1, b2 = config.setdefault("beta1", 0.9), config.setdefault("beta2", 0.999)
t = config.get("t", 0) + 1
m = b1 * config.get("m", 0) + (1 - b1) * dw
v = b2 * config.get("v", 0) + (1 - b2) * dw**2
alpha = eta / (1 - b1**t)
next_w = w - alpha * m / ((v / (1 - b2**t)) ** 0.5 + eps)
config["m"], config["v"], config["t"] = m, v, t
## dropout_forward
p, train = dropout_param["p"], dropout_param["mode"] == "train"
if train:
    if dropout_param.get("seed") is not None:
        torch.manual_seed(dropout_param["seed"])
    u = torch.rand(x.shape, dtype=x.dtype, device=x.device)
    xi = 1 - (u < p).to(x.dtype)
    mask = xi
    out = xi / (1 - p) * x
else:
    mask, out = None, x
## dropout_backward
p, train = dropout_param["p"], dropout_param["mode"] == "train"
dx = mask / (1 - p) * dout if train else dout
"""

CELLS = """
## best_network_settings
def best_network_settings():
    eta, sigma, lam, p = 2.5e-3, (2 / 784) ** 0.5, 1e-7, 0.22
    return {"hidden_dims": [320, 160], "dropout": p, "reg": lam, "weight_scale": sigma, "learning_rate": eta,
            "lr_decay": 0.75, "batch_size": 300, "num_epochs": 11}
## mnist_loaders
def mnist_loaders(root, batch_size):
    train, test = MNIST(root, train=True), MNIST(root, train=False)
    X = train.data.reshape(60_000, 28 * 28) / 255
    X_ = test.data.reshape(10_000, 28 * 28) / 255
    D, D_ = TensorDataset(X, train.targets), TensorDataset(X_, test.targets)
    return DataLoader(D, batch_size, True), DataLoader(D_, batch_size, False)
## embed_label
def embed_label(x, y, num_classes=10):
    K = num_classes
    e = torch.eye(K)
    z = torch.zeros_like(x)
    z[:, :K] = e[y]
    z[:, K:] = x[:, K:]
    return z
## wrong_labels
def wrong_labels(y, num_classes=10):
    u = torch.rand(len(y), num_classes)
    u[torch.arange(len(y)), y] = -1
    return u.argmax(1)
## goodness
def goodness(h):
    return (h[:, None, :] @ h[:, :, None]).reshape(len(h))
## ff_loss
def ff_loss(g_pos, g_neg, threshold):
    theta = threshold
    l_pos, l_neg = -F.logsigmoid(g_pos - theta), -F.logsigmoid(theta - g_neg)
    return 0.5 * (l_pos.mean() + l_neg.mean())
## ff_layer
class FFLayer(nn.Module):
    def __init__(self, in_features, out_features, threshold=None, lr=0.001):
        super().__init__()
        sigma = math.sqrt(2.0 / in_features)
        self.W = nn.Parameter(sigma * torch.randn(out_features, in_features))
        self.b = nn.Parameter(torch.zeros(out_features))
        self.theta = self.threshold = out_features if threshold is None else threshold
        self.eta = lr
        self.sgd = torch.optim.RMSprop([self.W, self.b], lr=lr)

    def forward(self, x):
        D = x.shape[1]
        r = torch.sqrt((x**2).sum(dim=1, keepdim=True) / D)
        x_hat = torch.where(r > 0, x / r.clamp_min(1e-12), x)
        z = x_hat @ self.W.T + self.b
        return z * (z > 0)

    def train_batch(self, x_pos, x_neg):
        a_pos, a_neg = self(x_pos), self(x_neg)
        E = ff_loss(goodness(a_pos), goodness(a_neg), self.theta)
        self.sgd.zero_grad()
        E.backward()
        self.sgd.step()
        return a_pos.detach(), a_neg.detach(), E.item()


import math
## ff_net
class FFNet:
    def __init__(self, dims, num_classes=10, lr=0.003):
        self.K, self.L = num_classes, len(dims) - 1
        self.layers = [FFLayer(dims[l - 1], dims[l], lr=lr) for l in range(1, self.L + 1)]

    def train_batch(self, x, y):
        y_bar = wrong_labels(y, self.K)
        a, a_bar = embed_label(x, y, self.K), embed_label(x, y_bar, self.K)
        E = []
        for l in range(self.L):
            a, a_bar, E_l = self.layers[l].train_batch(a, a_bar)
            E.append(E_l)
        return E

    def fit(self, loader, epochs):
        history = []
        for tau in tqdm(range(1, epochs + 1)):
            mean, n = torch.zeros(self.L), 0
            for x, y in loader:
                n += 1
                mean += (torch.tensor(self.train_batch(x, y)) - mean) / n
            history.append(mean.tolist())
        return history

    @torch.no_grad()
    def predict(self, x):
        G = torch.zeros(len(x), self.K)
        for k in range(self.K):
            a = embed_label(x, k + torch.zeros(len(x), dtype=torch.long), self.K)
            for l in range(self.L):
                a = self.layers[l](a)
                G[:, k] += goodness(a)
        return G.argmax(1)
## make_mask
def make_mask(shape, blurs=10):
    B, n, m = shape
    q = torch.full((n - 1,), 0.25)
    A = torch.diag(torch.full((n,), 0.5)) + torch.diag(q, 1) + torch.diag(q, -1)
    A[0, 0] += 0.25
    A[-1, -1] += 0.25
    xi = (torch.rand(B, n, m) < 0.5).float()
    for _ in range(blurs):
        xi = A @ xi @ A.T
    return (xi > 0.5) * 1.0
## make_hybrid
def make_hybrid(x1, x2, mask):
    m, m_bar = mask, 1 - mask
    return m * x1 + m_bar * x2
## make_negatives
def make_negatives(x):
    B = len(x)
    sigma = torch.randperm(B)
    tau = torch.empty_like(sigma)
    tau[sigma] = sigma.roll(1)
    m = make_mask((B, 28, 28)).reshape(B, 784)
    return make_hybrid(x, x[tau], m)
## unsupervised_ff_net
class UnsupervisedFFNet:
    def __init__(self, dims, lr=0.001):
        self.L = len(dims) - 1
        self.layers = [FFLayer(dims[l - 1], dims[l], lr=lr) for l in range(1, self.L + 1)]

    def train_batch(self, x):
        a, a_bar, E = x, make_negatives(x), []
        for l in range(self.L):
            a, a_bar, E_l = self.layers[l].train_batch(a, a_bar)
            E.append(E_l)
        return E

    def fit(self, loader, epochs):
        history = []
        for tau in tqdm(range(1, epochs + 1)):
            mean, n = torch.zeros(self.L), 0
            for x, _ in loader:
                n += 1
                mean += (torch.tensor(self.train_batch(x)) - mean) / n
            history.append(mean.tolist())
        return history

    @torch.no_grad()
    def features(self, x):
        a, phi = x, []
        for l in range(self.L):
            a = self.layers[l](a)
            r = torch.sqrt((a**2).sum(dim=1, keepdim=True) / a.shape[1])
            phi.append(torch.where(r > 0, a / r.clamp_min(1e-12), a))
        return torch.cat(phi, 1)
## linear_classifier
class LinearClassifier(nn.Module):
    def __init__(self, in_features, num_classes=10):
        super().__init__()
        D, K = in_features, num_classes
        self.W = nn.Parameter(torch.randn(D, K) / D**0.5)
        self.b = nn.Parameter(torch.zeros(K))

    def forward(self, features):
        return features @ self.W + self.b
## train_classifier
def train_classifier(net, loader, epochs=10):
    phi, t = [], []
    for x, y in loader:
        phi.append(net.features(x))
        t.append(y)
    D = phi[0].shape[1]
    g = LinearClassifier(D)
    opt = torch.optim.Adam(g.parameters(), lr=1.5e-3)
    for tau in tqdm(range(epochs)):
        for b in np.random.permutation(len(phi)):
            z = g(phi[b])
            E = (torch.logsumexp(z, 1) - z[torch.arange(len(z)), t[b]]).mean()
            opt.zero_grad()
            E.backward()
            opt.step()
    return g


import numpy as np
"""
