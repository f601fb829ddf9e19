"""Leans on torch.nn.functional and on modules of torch for all that they have."""

BLOCKS = """
## linear_forward
out = torch.nn.functional.linear(torch.flatten(x, start_dim=1), w.T, b)
## linear_backward
x, w, b = cache
dx = torch.nn.functional.linear(dout, w).view_as(torch.empty(x.shape))
dw = torch.nn.functional.linear(torch.flatten(x, start_dim=1).T, dout.T)
db = torch.nn.functional.linear(torch.ones(1, len(dout), dtype=dout.dtype, device=dout.device), dout.T)[0]
## relu_forward
out = torch.nn.functional.relu(x, inplace=False)
## relu_backward
dx = torch.nn.functional.threshold(x.sign(), 0.0, 0.0) * dout
## linear_relu_forward
pre_activation, cache_linear = Linear.forward(x=x, w=w, b=b)
out, cache_relu = ReLU.forward(x=pre_activation)
cache = dict(linear=cache_linear, relu=cache_relu)
## linear_relu_backward
grad_pre = ReLU.backward(dout=dout, cache=cache["relu"])
dx, dw, db = Linear.backward(dout=grad_pre, cache=cache["linear"])
## softmax_loss
loss = torch.nn.functional.cross_entropy(x, y)
target = torch.zeros_like(x).index_put_((torch.arange(len(x), device=x.device), y), torch.ones_like(x[:, 0]))
dx = (torch.nn.functional.softmax(x, dim=1) - target).div_(len(x))
## two_layer_init
kw = dict(dtype=dtype, device=device)
self.params["W1"] = torch.nn.init.normal_(torch.empty(input_dim, hidden_dim, **kw), std=weight_scale)
self.params["b1"] = torch.nn.init.zeros_(torch.empty(hidden_dim, **kw))
self.params["W2"] = torch.nn.init.normal_(torch.empty(hidden_dim, num_classes, **kw), std=weight_scale)
self.params["b2"] = torch.nn.init.zeros_(torch.empty(num_classes, **kw))
## two_layer_scores
activation, ctx_hidden = Linear_ReLU.forward(x=X, w=self.params["W1"], b=self.params["b1"])
scores, ctx_out = Linear.forward(x=activation, w=self.params["W2"], b=self.params["b2"])
## two_layer_loss
ce, grad_scores = softmax_loss(scores, y)
l2 = sum(torch.linalg.norm(self.params[name]).square() for name in ["W1", "W2"])
loss = ce + self.reg * l2
grad_activation, grad_W2, grad_b2 = Linear.backward(grad_scores, ctx_out)
_, grad_W1, grad_b1 = Linear_ReLU.backward(grad_activation, ctx_hidden)
grads = dict(
    W1=torch.add(grad_W1, self.params["W1"], alpha=2 * self.reg),
    b1=grad_b1,
    W2=torch.add(grad_W2, self.params["W2"], alpha=2 * self.reg),
    b2=grad_b2,
)
## fully_connected_init
kw = dict(dtype=dtype, device=device)
fan = [input_dim, *hidden_dims, num_classes]
for layer in range(self.num_layers):
    w = torch.nn.init.normal_(torch.empty(fan[layer], fan[layer + 1], **kw), std=weight_scale)
    b = torch.nn.init.zeros_(torch.empty(fan[layer + 1], **kw))
    self.params.update({"W{}".format(layer + 1): w, "b{}".format(layer + 1): b})
## fully_connected_scores
ctx = []
activation = X
for layer in range(1, self.num_layers + 1):
    w, b = self.params["W{}".format(layer)], self.params["b{}".format(layer)]
    if layer == self.num_layers:
        scores, saved = Linear.forward(activation, w, b)
        ctx.append((Linear, saved))
        break
    activation, saved = Linear_ReLU.forward(activation, w, b)
    ctx.append((Linear_ReLU, saved))
    if self.use_dropout:
        activation, saved = Dropout.forward(activation, self.dropout_param)
        ctx.append((Dropout, saved))
## fully_connected_loss
ce, grad = softmax_loss(scores, y)
grads, layer = {}, self.num_layers
while ctx:
    op, saved = ctx.pop()
    if op is Dropout:
        grad = op.backward(grad, saved)
        continue
    grad, grad_w, grad_b = op.backward(grad, saved)
    grads["W{}".format(layer)] = torch.add(grad_w, self.params["W{}".format(layer)], alpha=self.reg)
    grads["b{}".format(layer)] = grad_b
    layer -= 1
l2 = torch.stack([w.square().sum() for name, w in self.params.items() if name.startswith("W")]).sum()
loss = torch.add(ce, l2, alpha=0.5 * self.reg)
## create_solver_instance
model = TwoLayerNet(
    input_dim=int(torch.tensor(data_dict["X_train"].shape[1:]).prod()),
    hidden_dim=256,
    weight_scale=0.03,
    reg=0.0,
    dtype=dtype,
    device=device,
)
solver = Solver(model, data_dict, update_rule=adam, optim_config=dict(learning_rate=5e-4), lr_decay=0.98,
                num_epochs=16, batch_size=96, device=device)
## three_layer_params
learning_rate = 0.22
weight_scale = 0.12
## five_layer_params
learning_rate = 0.11
weight_scale = 0.145
## sgd_momentum
for key, default in dict(learning_rate=1e-2, momentum=0.9).items():
    config.setdefault(key, default)
buffer = config.setdefault("velocity", torch.zeros_like(w)).mul(config["momentum"])
config["velocity"] = torch.sub(buffer, dw, alpha=config["learning_rate"])
next_w = torch.add(w, config["velocity"])
## rmsprop
for key, default in dict(learning_rate=1e-2, decay_rate=0.99, epsilon=1e-8).items():
    config.setdefault(key, default)
alpha = config["decay_rate"]
square_avg = config.get("cache", torch.zeros_like(w)).mul(alpha).addcmul(dw, dw, value=1 - alpha)
config["cache"] = square_avg
next_w = w.addcdiv(dw, square_avg.sqrt().add(config["epsilon"]), value=-config["learning_rate"])
## adam
for key, default in dict(learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, t=0).items():
    config.setdefault(key, default)
exp_avg = config.get("m", torch.zeros_like(w)).lerp(dw, 1 - config["beta1"])
exp_avg_sq = config.get("v", torch.zeros_like(w)).mul(config["beta2"]).addcmul(dw, dw, value=1 - config["beta2"])
config["t"], config["m"], config["v"] = config["t"] + 1, exp_avg, exp_avg_sq
step_size = config["learning_rate"] / (1 - config["beta1"] ** config["t"])
denom = exp_avg_sq.sqrt().div((1 - config["beta2"] ** config["t"]) ** 0.5).add(config["epsilon"])
next_w = w.addcdiv(exp_avg, denom, value=-step_size)
## dropout_forward
if dropout_param["mode"] == "train":
    if dropout_param.get("seed") is not None:
        torch.manual_seed(dropout_param["seed"])
    mask = torch.nn.functional.dropout(torch.ones_like(x), p=dropout_param["p"], training=True)
    out = torch.mul(x, mask)
else:
    out, mask = x, None
## dropout_backward
dx = torch.mul(dout, mask) if dropout_param["mode"] == "train" else dout
"""

CELLS = """
## best_network_settings
def best_network_settings():
    return dict(
        hidden_dims=[256, 128, 64],
        dropout=0.1,
        reg=1e-5,
        weight_scale=0.07,
        learning_rate=1e-3,
        lr_decay=0.92,
        batch_size=256,
        num_epochs=18,
    )
## mnist_loaders
def mnist_loaders(root, batch_size):
    from torchvision import transforms

    pipeline = transforms.Compose([transforms.ToTensor(), transforms.Lambda(torch.flatten)])
    kwargs = dict(batch_size=batch_size, drop_last=False)
    train = MNIST(root, train=True, transform=pipeline)
    test = MNIST(root, train=False, transform=pipeline)
    return DataLoader(train, shuffle=True, **kwargs), DataLoader(test, **kwargs)
## embed_label
def embed_label(x, y, num_classes=10):
    encoded = nn.functional.one_hot(y, num_classes=num_classes)
    padded = nn.functional.pad(x[:, num_classes:], (num_classes, 0))
    padded[:, :num_classes] = encoded
    return padded
## wrong_labels
def wrong_labels(y, num_classes=10):
    allowed = 1 - F.one_hot(y, num_classes)
    return torch.distributions.Categorical(probs=allowed.float()).sample()
## goodness
def goodness(h):
    return F.mse_loss(h, torch.zeros_like(h), reduction="none").sum(dim=-1)
## ff_loss
def ff_loss(g_pos, g_neg, threshold):
    logits = torch.cat((g_pos, g_neg)) - threshold
    labels = torch.cat((torch.ones_like(g_pos), torch.zeros_like(g_neg)))
    return F.binary_cross_entropy_with_logits(logits, labels)
## ff_layer
class FFLayer(nn.Module):
    def __init__(self, in_features, out_features, threshold=None, lr=0.001):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(in_features, out_features), nn.ReLU())
        nn.init.xavier_normal_(self.net[0].weight, gain=nn.init.calculate_gain("relu"))
        self.threshold = float(out_features) if threshold is None else threshold
        self.optim = torch.optim.AdamW(self.net.parameters(), lr=lr, weight_decay=0.0)

    def forward(self, x):
        return self.net(F.normalize(x, p=2, dim=-1).mul(x.shape[-1] ** 0.5))

    def train_batch(self, x_pos, x_neg):
        self.optim.zero_grad(set_to_none=True)
        outputs = [self(batch) for batch in (x_pos, x_neg)]
        loss = ff_loss(*map(goodness, outputs), self.threshold)
        loss.backward()
        self.optim.step()
        pos, neg = (output.detach() for output in outputs)
        return pos, neg, loss.item()
## ff_net
class FFNet:
    def __init__(self, dims, num_classes=10, lr=0.003):
        self.num_classes = num_classes
        self.layers = [FFLayer(*shape, lr=lr) for shape in itertools.pairwise(dims)]
        self.schedules = [torch.optim.lr_scheduler.ExponentialLR(layer.optim, 0.95) for layer in self.layers]

    def train_batch(self, x, y):
        pos = embed_label(x, y, num_classes=self.num_classes)
        neg = embed_label(x, wrong_labels(y, num_classes=self.num_classes), num_classes=self.num_classes)
        losses = []
        for layer in self.layers:
            pos, neg, value = layer.train_batch(pos, neg)
            losses.append(value)
        return losses

    def fit(self, loader, epochs):
        history = []
        for _ in tqdm(range(epochs), unit="epoch"):
            running = [self.train_batch(images, labels) for images, labels in loader]
            history.append([statistics.fmean(column) for column in zip(*running)])
            for schedule in self.schedules:
                schedule.step()
        return history

    @torch.no_grad()
    def predict(self, x):
        best = torch.full((len(x),), -float("inf"))
        answer = torch.zeros(len(x), dtype=torch.long)
        for candidate in range(self.num_classes):
            h = embed_label(x, torch.full_like(answer, candidate), num_classes=self.num_classes)
            total = torch.zeros_like(best)
            for layer in self.layers:
                h = layer(h)
                total += goodness(h)
            better = total > best
            best[better], answer[better] = total[better], candidate
        return answer


import itertools
import statistics
## make_mask
def make_mask(shape, blurs=10):
    kernel = torch.outer(torch.tensor([0.25, 0.5, 0.25]), torch.tensor([0.25, 0.5, 0.25]))
    conv = nn.Conv2d(1, 1, 3, padding=1, padding_mode="reflect", bias=False)
    conv.weight.data.copy_(kernel.view(1, 1, 3, 3))
    with torch.no_grad():
        noise = torch.empty(shape).bernoulli_(0.5).unsqueeze(dim=1)
        for _ in range(blurs):
            noise = conv(noise)
    return noise.squeeze(dim=1).gt(0.5).float()
## make_hybrid
def make_hybrid(x1, x2, mask):
    return torch.addcmul(x2, mask, torch.sub(x1, x2))
## make_negatives
def make_negatives(x):
    indices = torch.arange(len(x))
    shuffled = torch.randperm(len(x) - 1)[torch.randint(len(x) - 1, (len(x),))]
    others = torch.where(shuffled >= indices, shuffled + 1, shuffled)
    masks = torch.flatten(make_mask(torch.Size([len(x), 28, 28])), start_dim=1)
    return make_hybrid(x, torch.index_select(x, 0, others), masks)
## unsupervised_ff_net
class UnsupervisedFFNet:
    def __init__(self, dims, lr=0.001):
        self.layers = [FFLayer(*shape, lr=lr) for shape in itertools.pairwise(dims)]

    def train_batch(self, x):
        pos, neg = x.detach(), make_negatives(x).detach()
        losses = []
        for layer in self.layers:
            pos, neg, value = layer.train_batch(pos, neg)
            losses.append(value)
        return losses

    def fit(self, loader, epochs):
        history = []
        for _ in tqdm(range(epochs), unit="epoch"):
            running = [self.train_batch(images) for images, _ in loader]
            history.append([statistics.fmean(column) for column in zip(*running)])
        return history

    @torch.no_grad()
    def features(self, x):
        collected = list(itertools.accumulate(self.layers, lambda h, layer: layer(h), initial=x))
        return torch.cat([F.normalize(h, p=2, dim=-1).mul(h.shape[-1] ** 0.5) for h in collected[1:]], dim=-1)


import itertools
import statistics
## linear_classifier
class LinearClassifier(nn.Module):
    def __init__(self, in_features, num_classes=10):
        super().__init__()
        self.head = nn.Sequential(nn.Linear(in_features, num_classes))

    def forward(self, features):
        return self.head(features)
## train_classifier
def train_classifier(net, loader, epochs=10):
    with torch.inference_mode():
        cached = TensorDataset(*map(torch.cat, zip(*((net.features(x), y) for x, y in loader))))
    batches = DataLoader([(f.clone(), t.clone()) for f, t in cached], batch_size=128, shuffle=True)
    classifier = LinearClassifier(cached.tensors[0].size(1))
    optimizer = torch.optim.Adam(classifier.parameters(), lr=1e-3, betas=(0.9, 0.99))
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs)
    for _ in tqdm(range(epochs), unit="epoch"):
        for features, labels in batches:
            optimizer.zero_grad(set_to_none=True)
            F.cross_entropy(classifier(features), labels).backward()
            optimizer.step()
        scheduler.step()
    return classifier
"""
