"""Small functions with names: every idea is a helper that is called."""

BLOCKS = """
## linear_forward
def as_rows(batch):
    return batch.reshape(len(batch), -1)


def affine(rows, weights, bias):
    return torch.matmul(rows, weights) + bias


out = affine(as_rows(x), w, b)
## linear_backward
inputs, weights = cache[:2]


def rows_of(batch):
    return batch.reshape(len(batch), -1)


def for_inputs():
    return torch.matmul(dout, weights.T).reshape(inputs.size())


def for_weights():
    return torch.matmul(rows_of(inputs).T, dout)


dx, dw, db = for_inputs(), for_weights(), torch.sum(dout, dim=0)
## relu_forward
def positive_part(values):
    return torch.where(values > 0, values, 0.0)


out = positive_part(x).to(x.dtype)
## relu_backward
def gate(values):
    return (torch.sign(values) + 1) / 2


dx = gate(x) * dout
## linear_relu_forward
def chain(value, *stages):
    memories = []
    for stage in stages:
        value, memory = stage(value)
        memories.append(memory)
    return value, tuple(memories)


out, cache = chain(x, lambda value: Linear.forward(value, w, b), lambda value: ReLU.forward(value))
## linear_relu_backward
of_linear, of_relu = cache
inner = ReLU.backward(dout, of_relu)
dx, dw, db = Linear.backward(inner, of_linear)
## softmax_loss
def log_softmax(scores):
    top = torch.amax(scores, dim=-1, keepdim=True)
    return scores - top - torch.log(torch.sum(torch.exp(scores - top), dim=-1, keepdim=True))


def targets(labels, like):
    rows = torch.zeros_like(like)
    rows.scatter_(1, labels.unsqueeze(1), 1)
    return rows


logs, truth = log_softmax(x), targets(y, x)
loss = torch.mean(torch.sum(-truth * logs, dim=1))
dx = (torch.exp(logs) - truth) / truth.shape[0]
## two_layer_init
def add_layer(number, fan_in, fan_out):
    self.params[f"W{number}"] = torch.empty(fan_in, fan_out, dtype=dtype, device=device).normal_(0, weight_scale)
    self.params[f"b{number}"] = torch.zeros(fan_out, dtype=dtype, device=device)


add_layer(1, input_dim, hidden_dim)
add_layer(2, hidden_dim, num_classes)
## two_layer_scores
def layer(number):
    return self.params[f"W{number}"], self.params[f"b{number}"]


middle, memory1 = Linear_ReLU.forward(X, *layer(1))
scores, memory2 = Linear.forward(middle, *layer(2))
## two_layer_loss
def penalty(name):
    return self.reg * torch.norm(self.params[name]) ** 2


def shrink(name):
    return 2 * self.reg * self.params[name]


loss, at_scores = softmax_loss(scores, y)
loss = loss + penalty("W1") + penalty("W2")
at_middle, w2, b2 = Linear.backward(at_scores, memory2)
w1, b1 = Linear_ReLU.backward(at_middle, memory1)[1:]
grads = {"W1": w1 + shrink("W1"), "W2": w2 + shrink("W2"), "b1": b1, "b2": b2}
## fully_connected_init
def add_layer(number, fan_in, fan_out):
    self.params[f"W{number}"] = torch.empty(fan_in, fan_out, dtype=dtype, device=device).normal_(0, weight_scale)
    self.params[f"b{number}"] = torch.zeros(fan_out, dtype=dtype, device=device)


ins, outs = [input_dim, *hidden_dims], [*hidden_dims, num_classes]
for number, (fan_in, fan_out) in enumerate(zip(ins, outs)):
    add_layer(number + 1, fan_in, fan_out)
## fully_connected_scores
def weights_of(number):
    return self.params[f"W{number}"], self.params[f"b{number}"]


def hidden_layer(value, number):
    value, first = Linear_ReLU.forward(value, *weights_of(number))
    if not self.use_dropout:
        return value, (first, None)
    value, second = Dropout.forward(value, self.dropout_param)
    return value, (first, second)


value, memories = X, []
for number in range(1, self.num_layers):
    value, memory = hidden_layer(value, number)
    memories.append(memory)
scores, last_memory = Linear.forward(value, *weights_of(self.num_layers))
## fully_connected_loss
def back_through(slope, memory):
    first, second = memory
    if second is not None:
        slope = Dropout.backward(slope, second)
    return Linear_ReLU.backward(slope, first)


def note(number, of_weights, of_bias):
    grads[f"W{number}"] = of_weights + self.reg * self.params[f"W{number}"]
    grads[f"b{number}"] = of_bias


grads = {}
loss, slope = softmax_loss(scores, y)
slope, *rest = Linear.backward(slope, last_memory)
note(self.num_layers, *rest)
for number in reversed(range(1, self.num_layers)):
    slope, *rest = back_through(slope, memories[number - 1])
    note(number, *rest)
norms = [torch.norm(self.params[f"W{n}"]) ** 2 for n in range(1, self.num_layers + 1)]
loss = loss + self.reg * torch.stack(norms).sum() / 2
## create_solver_instance
def network(hidden):
    pixels = data_dict["X_train"].shape[1]
    return TwoLayerNet(pixels, hidden, weight_scale=0.02, reg=1e-4, dtype=dtype, device=device)


solver = Solver(
    network(hidden=150),
    data_dict,
    update_rule=adam,
    optim_config={"learning_rate": 1e-3},
    batch_size=50,
    num_epochs=10,
    lr_decay=0.97,
    device=device,
)
## three_layer_params
weight_scale, learning_rate = 0.11, 0.18
## five_layer_params
weight_scale, learning_rate = 0.16, 0.12
## sgd_momentum
def setting(name, default):
    return config.get(name, default)


pushed = setting("learning_rate", 1e-2) * dw
config = {**config, "velocity": setting("momentum", 0.9) * setting("velocity", torch.zeros_like(w)) - pushed}
next_w = w + config["velocity"]
## rmsprop
def setting(name, default):
    return config.get(name, default)


def running(old, new, share):
    return share * old + (1 - share) * new


mean_square = running(setting("cache", torch.zeros_like(w)), dw * dw, setting("decay_rate", 0.99))
config = {**config, "cache": mean_square}
next_w = w - setting("learning_rate", 1e-2) * (dw / (torch.sqrt(mean_square) + setting("epsilon", 1e-8)))
## adam
def setting(name, default):
    return config.get(name, default)


def running(old, new, share):
    return share * old + (1 - share) * new


def unbiased(mean, share, steps):
    return mean / (1 - share**steps)


shares = setting("beta1", 0.9), setting("beta2", 0.999)
steps = setting("t", 0) + 1
first = running(setting("m", torch.zeros_like(w)), dw, shares[0])
second = running(setting("v", torch.zeros_like(w)), dw * dw, shares[1])
scale = torch.sqrt(unbiased(second, shares[1], steps)) + setting("epsilon", 1e-8)
next_w = w - setting("learning_rate", 1e-3) * unbiased(first, shares[0], steps) / scale
config = {**config, "t": steps, "m": first, "v": second}
## dropout_forward
def draw():
    if dropout_param.get("seed") is not None:
        torch.manual_seed(dropout_param["seed"])
    survivors = torch.rand(x.size(), dtype=x.dtype, device=x.device).ge(dropout_param["p"])
    return survivors.to(x.dtype) * (1 / (1 - dropout_param["p"]))


training = dropout_param["mode"] == "train"
mask = draw() if training else None
out = x * mask if training else x
## dropout_backward
def thinned(values):
    return values * mask


dx = thinned(dout) if dropout_param["mode"] == "train" else dout
"""

CELLS = """
## best_network_settings
def best_network_settings():
    size = {"hidden_dims": [384, 192], "weight_scale": 0.04}
    training = {"learning_rate": 8e-4, "lr_decay": 0.9, "batch_size": 64, "num_epochs": 9}
    return {**size, **training, "dropout": 0.2, "reg": 5e-6}
## mnist_loaders
def as_dataset(root, train):
    digits = MNIST(root, train=train)
    pixels = digits.data.to(torch.float32).view(-1, 28 * 28)
    return TensorDataset(pixels.mul(1 / 255), digits.targets)


def mnist_loaders(root, batch_size):
    training = DataLoader(as_dataset(root, True), batch_size=batch_size, shuffle=True)
    testing = DataLoader(as_dataset(root, False), batch_size=batch_size)
    return training, testing
## embed_label
def one_hot_rows(labels, size):
    rows = torch.zeros(len(labels), size)
    return rows.scatter(1, labels.view(-1, 1), 1.0)


def embed_label(x, y, num_classes=10):
    marked = torch.empty_like(x)
    marked[:, num_classes:] = x[:, num_classes:]
    marked[:, :num_classes] = one_hot_rows(y, num_classes)
    return marked
## wrong_labels
def others(label, count):
    return [other for other in range(count) if other != label]


def wrong_labels(y, num_classes=10):
    table = torch.tensor([others(label, num_classes) for label in range(num_classes)])
    return table[y].gather(1, torch.randint(num_classes - 1, (len(y), 1))).flatten()
## goodness
def goodness(h):
    return torch.linalg.vector_norm(h, dim=1) ** 2
## ff_loss
def penalty(z):
    return torch.clamp(z, min=0) + torch.log1p(torch.exp(-torch.abs(z)))


def ff_loss(g_pos, g_neg, threshold):
    return torch.cat([penalty(threshold - g_pos), penalty(g_neg - threshold)]).mean()
## ff_layer
def unit_mean_square(rows):
    length = torch.linalg.vector_norm(rows, dim=1, keepdim=True)
    return rows * (rows.shape[1] ** 0.5 / torch.clamp(length, min=1e-10))


class FFLayer(nn.Module):
    def __init__(self, in_features, out_features, threshold=None, lr=0.001):
        super().__init__()
        self.affine = self.started(nn.Linear(in_features, out_features))
        self.threshold = out_features if threshold is None else threshold
        self.adam = torch.optim.Adam(self.affine.parameters(), lr=lr)

    @staticmethod
    def started(affine):
        nn.init.kaiming_normal_(affine.weight, nonlinearity="relu")
        nn.init.zeros_(affine.bias)
        return affine

    def forward(self, x):
        return torch.relu(self.affine(unit_mean_square(x)))

    def loss_of(self, active, resting):
        return ff_loss(goodness(active), goodness(resting), self.threshold)

    def improve(self, loss):
        self.adam.zero_grad()
        loss.backward()
        self.adam.step()
        return loss.detach().item()

    def train_batch(self, x_pos, x_neg):
        active, resting = self(x_pos), self(x_neg)
        loss = self.improve(self.loss_of(active, resting))
        return active.detach(), resting.detach(), loss
## ff_net
class FFNet:
    def __init__(self, dims, num_classes=10, lr=0.003):
        self.num_classes = num_classes
        self.layers = [self.new_layer(dims, depth, lr) for depth in range(1, len(dims))]

    @staticmethod
    def new_layer(dims, depth, lr):
        return FFLayer(dims[depth - 1], dims[depth], lr=lr)

    def marked(self, x, y):
        return embed_label(x, y, self.num_classes)

    def train_batch(self, x, y):
        good, bad = self.marked(x, y), self.marked(x, wrong_labels(y, self.num_classes))
        return list(self.pass_through(good, bad))

    def pass_through(self, good, bad):
        for layer in self.layers:
            good, bad, loss = layer.train_batch(good, bad)
            yield loss

    def one_epoch(self, loader):
        columns = zip(*(self.train_batch(x, y) for x, y in loader))
        return [sum(column) / len(column) for column in columns]

    def fit(self, loader, epochs):
        return [self.one_epoch(loader) for _ in tqdm(range(epochs))]

    def support(self, x, label):
        h, total = self.marked(x, torch.full((x.shape[0],), label, dtype=torch.long)), torch.zeros(x.shape[0])
        for layer in self.layers:
            h = layer(h)
            total = total + goodness(h)
        return total

    @torch.no_grad()
    def predict(self, x):
        votes = torch.stack([self.support(x, label) for label in range(self.num_classes)], dim=-1)
        return votes.argmax(dim=-1)
## make_mask
def blur_along(image, dim):
    size = image.shape[dim]
    before = image.index_select(dim, torch.arange(-1, size - 1).clamp(min=0))
    after = image.index_select(dim, torch.arange(1, size + 1).clamp(max=size - 1))
    return (before + 2 * image + after) / 4


def make_mask(shape, blurs=10):
    image = torch.randint(0, 2, shape, dtype=torch.float32)
    for _ in range(blurs):
        image = blur_along(blur_along(image, 1), 2)
    return torch.where(image > 0.5, 1.0, 0.0)
## make_hybrid
def inverse(mask):
    return 1 - mask


def make_hybrid(x1, x2, mask):
    return mask.mul(x1).add(inverse(mask).mul(x2))
## make_negatives
def partners(count):
    while True:
        order = torch.randperm(count)
        if not (order == torch.arange(count)).any():
            return order


def make_negatives(x):
    masks = make_mask((x.shape[0], 28, 28)).reshape(x.shape)
    return make_hybrid(x, x[partners(x.shape[0])], masks)
## unsupervised_ff_net
class UnsupervisedFFNet:
    def __init__(self, dims, lr=0.001):
        self.layers = [self.new_layer(dims, depth, lr) for depth in range(1, len(dims))]

    @staticmethod
    def new_layer(dims, depth, lr):
        return FFLayer(dims[depth - 1], dims[depth], lr=lr)

    def train_batch(self, x):
        return list(self.pass_through(x, make_negatives(x)))

    def pass_through(self, good, bad):
        for layer in self.layers:
            good, bad, loss = layer.train_batch(good, bad)
            yield loss

    def one_epoch(self, loader):
        columns = zip(*(self.train_batch(x) for x, _ in loader))
        return [sum(column) / len(column) for column in columns]

    def fit(self, loader, epochs):
        return [self.one_epoch(loader) for _ in tqdm(range(epochs))]

    def activities(self, x):
        for layer in self.layers:
            x = layer(x)
            yield x

    @torch.no_grad()
    def features(self, x):
        return torch.cat([unit_mean_square(h) for h in self.activities(x)], dim=-1)
## linear_classifier
class LinearClassifier(nn.Module):
    def __init__(self, in_features, num_classes=10):
        super().__init__()
        self.affine = nn.Linear(in_features, num_classes)
        nn.init.zeros_(self.affine.weight)

    def forward(self, features):
        return self.affine(features)
## train_classifier
def improve(classifier, adam, features, y):
    adam.zero_grad()
    nn.functional.cross_entropy(classifier(features), y).backward()
    adam.step()


def train_classifier(net, loader, epochs=10):
    seen = [(net.features(x), y) for x, y in loader]
    classifier = LinearClassifier(seen[0][0].shape[-1])
    adam = torch.optim.Adam(classifier.parameters(), lr=0.002)
    for _ in tqdm(range(epochs)):
        for features, y in seen:
            improve(classifier, adam, features, y)
    return classifier
"""
