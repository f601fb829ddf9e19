"""Guards and double precision inside, explicit dtypes and devices, layers as lists of names, long keyword calls."""

BLOCKS = """
## linear_forward
if x.ndim < 2:
    raise ValueError("x needs rows")
batch = x.shape[0]
features = 1
for extent in x.shape[1:]:
    features *= extent
out = torch.baddbmm(b.expand(1, batch, -1), x.reshape(1, batch, features), w.unsqueeze(0)).squeeze(0)
## linear_backward
saved_x, saved_w, saved_b = cache
features, units = saved_w.shape
grad = dout.reshape(-1, units)
dx = grad.matmul(saved_w.transpose(-1, -2)).reshape(saved_x.shape)
dw = grad.transpose(-1, -2).matmul(saved_x.reshape(-1, features)).transpose(-1, -2)
db = grad.sum(dim=0, dtype=grad.dtype).reshape(saved_b.shape)
## relu_forward
negative = torch.lt(x, 0)
out = x.masked_fill(negative, 0.0)
## relu_backward
active = torch.logical_not(torch.le(x, 0))
dx = dout.masked_fill(~active, 0.0)
## linear_relu_forward
pre, memo_linear = Linear.forward(x, w, b)
post, memo_relu = ReLU.forward(pre)
assert post.shape == pre.shape
out, cache = post, {"pre": memo_linear, "post": memo_relu}
## linear_relu_backward
grad_pre = ReLU.backward(dout, cache["post"])
dx, dw, db = Linear.backward(grad_pre, cache["pre"])
## softmax_loss
batch, classes = x.shape
wide = x.to(torch.float64)
wide = wide - torch.amax(wide, dim=1, keepdim=True)
normaliser = torch.exp(wide).sum(dim=1, keepdim=True).log()
log_prob = wide - normaliser
picked = torch.take_along_dim(log_prob, y.reshape(batch, 1), dim=1).reshape(batch)
loss = torch.neg(picked.mean()).to(dtype=x.dtype)
prob = torch.exp(log_prob)
is_true = torch.arange(classes, device=x.device).reshape(1, classes).eq(y.reshape(batch, 1))
dx = torch.where(is_true, prob - 1.0, prob).div(batch).to(dtype=x.dtype)
## two_layer_init
layout = [("1", input_dim, hidden_dim), ("2", hidden_dim, num_classes)]
for suffix, fan_in, fan_out in layout:
    drawn = torch.randn(size=(fan_in, fan_out), device=device, dtype=dtype)
    self.params["W" + suffix] = drawn.mul(float(weight_scale))
    self.params["b" + suffix] = torch.full(size=(fan_out,), fill_value=0.0, device=device, dtype=dtype)
## two_layer_scores
weights = [self.params[name] for name in ("W1", "W2")]
biases = [self.params[name] for name in ("b1", "b2")]
features, memo_first = Linear_ReLU.forward(X, weights[0], biases[0])
scores, memo_second = Linear.forward(features, weights[1], biases[1])
## two_layer_loss
data_term, grad_scores = softmax_loss(scores, y)
penalty = torch.zeros_like(data_term)
for weight in weights:
    penalty = penalty + weight.pow(2).sum()
loss = data_term + self.reg * penalty
grad_features, grad_w2, grad_b2 = Linear.backward(grad_scores, memo_second)
_, grad_w1, grad_b1 = Linear_ReLU.backward(grad_features, memo_first)
factor = 2.0 * self.reg
grads = {
    "b1": grad_b1,
    "b2": grad_b2,
    "W1": grad_w1 + weights[0].mul(factor),
    "W2": grad_w2 + weights[1].mul(factor),
}
## fully_connected_init
fan_in = int(input_dim)
for position, fan_out in enumerate(list(hidden_dims) + [num_classes], start=1):
    drawn = torch.randn(size=(fan_in, int(fan_out)), device=device, dtype=dtype)
    self.params[f"W{position}"] = drawn.mul(float(weight_scale))
    self.params[f"b{position}"] = torch.full(size=(int(fan_out),), fill_value=0.0, device=device, dtype=dtype)
    fan_in = int(fan_out)
## fully_connected_scores
memo = [None] * self.num_layers
memo_dropout = [None] * self.num_layers
features = X
for position in range(self.num_layers):
    weight, bias = self.params[f"W{position + 1}"], self.params[f"b{position + 1}"]
    is_last = position + 1 == self.num_layers
    if is_last:
        features, memo[position] = Linear.forward(features, weight, bias)
    else:
        features, memo[position] = Linear_ReLU.forward(features, weight, bias)
        if self.use_dropout:
            features, memo_dropout[position] = Dropout.forward(features, self.dropout_param)
scores = features
## fully_connected_loss
data_term, grad = softmax_loss(scores, y)
penalty = torch.zeros_like(data_term)
grads = {}
for position in range(self.num_layers - 1, -1, -1):
    weight = self.params[f"W{position + 1}"]
    if memo_dropout[position] is not None:
        grad = Dropout.backward(grad, memo_dropout[position])
    backward = Linear.backward if position + 1 == self.num_layers else Linear_ReLU.backward
    grad, grad_weight, grad_bias = backward(grad, memo[position])
    penalty = penalty + weight.pow(2).sum()
    grads[f"W{position + 1}"] = grad_weight + weight.mul(self.reg)
    grads[f"b{position + 1}"] = grad_bias
loss = data_term + penalty.mul(0.5 * self.reg)
## create_solver_instance
images = data_dict["X_train"]
if images.ndim != 2:
    images = images.reshape(images.shape[0], -1)
model = TwoLayerNet(
    input_dim=images.shape[1], hidden_dim=192, num_classes=10, weight_scale=2e-2, reg=5e-6, dtype=dtype, device=device
)
solver = Solver(
    model=model, data=data_dict, update_rule=rmsprop, optim_config={"learning_rate": 5e-4, "decay_rate": 0.95},
    lr_decay=0.96, batch_size=160, num_epochs=13, device=device
)
## three_layer_params
weight_scale = 0.105
learning_rate = 0.16
## five_layer_params
weight_scale = 0.135
learning_rate = 0.13
## sgd_momentum
config = dict(config)
rate = float(config.setdefault("learning_rate", 1e-2))
inertia = float(config.setdefault("momentum", 0.9))
before = config.get("velocity", None)
if before is None:
    before = torch.zeros(w.shape, dtype=w.dtype, device=w.device)
after = before.mul(inertia).sub(dw.mul(rate))
config["velocity"] = after
next_w = w.add(after)
## rmsprop
config = dict(config)
rate = float(config.setdefault("learning_rate", 1e-2))
decay = float(config.setdefault("decay_rate", 0.99))
guard = float(config.setdefault("epsilon", 1e-8))
before = config.get("cache", None)
if before is None:
    before = torch.zeros(w.shape, dtype=w.dtype, device=w.device)
after = before.mul(decay).add(dw.pow(2).mul(1.0 - decay))
config["cache"] = after
next_w = w.sub(dw.div(after.sqrt().add(guard)).mul(rate))
## adam
config = dict(config)
rate = float(config.setdefault("learning_rate", 1e-3))
decay_m = float(config.setdefault("beta1", 0.9))
decay_v = float(config.setdefault("beta2", 0.999))
guard = float(config.setdefault("epsilon", 1e-8))
before_m, before_v = config.get("m", None), config.get("v", None)
if before_m is None:
    before_m = torch.zeros(w.shape, dtype=w.dtype, device=w.device)
if before_v is None:
    before_v = torch.zeros(w.shape, dtype=w.dtype, device=w.device)
config["t"] = int(config.get("t", 0)) + 1
config["m"] = before_m.mul(decay_m).add(dw.mul(1.0 - decay_m))
config["v"] = before_v.mul(decay_v).add(dw.pow(2).mul(1.0 - decay_v))
corrected_m = config["m"].div(1.0 - decay_m ** config["t"])
corrected_v = config["v"].div(1.0 - decay_v ** config["t"])
next_w = w.sub(corrected_m.div(corrected_v.sqrt().add(guard)).mul(rate))
## dropout_forward
p = float(dropout_param["p"])
if dropout_param["mode"] not in ("train", "test"):
    raise ValueError("mode is train or test")
if dropout_param["mode"] == "test":
    out, mask = x, None
else:
    seed = dropout_param.get("seed", None)
    if seed is not None:
        torch.manual_seed(int(seed))
    dropped = torch.rand(size=x.shape, device=x.device) < p
    mask = torch.full(size=x.shape, fill_value=1.0 / (1.0 - p), device=x.device, dtype=x.dtype)
    mask = mask.masked_fill(dropped, 0.0)
    out = x.mul(mask)
## dropout_backward
if dropout_param["mode"] == "test" or mask is None:
    dx = dout
else:
    dx = dout.mul(mask)
"""

CELLS = """
## best_network_settings
def best_network_settings():
    width = 448
    return {
        "hidden_dims": [width, width // 2],
        "dropout": 0.18,
        "reg": 1e-6,
        "weight_scale": 0.035,
        "learning_rate": 9e-4,
        "lr_decay": 0.87,
        "batch_size": 220,
        "num_epochs": 17,
    }
## mnist_loaders
def mnist_loaders(root, batch_size):
    def dataset(train):
        source = MNIST(root=root, train=train)
        images = source.data.to(dtype=torch.float32).reshape(len(source), -1).mul(1.0 / 255.0)
        labels = source.targets.to(dtype=torch.int64)
        if len(images) != len(labels):
            raise ValueError("as many images as labels")
        return TensorDataset(images, labels)

    return (
        DataLoader(dataset=dataset(True), batch_size=int(batch_size), shuffle=True, drop_last=False),
        DataLoader(dataset=dataset(False), batch_size=int(batch_size), shuffle=False, drop_last=False),
    )
## embed_label
def embed_label(x, y, num_classes=10):
    pixel = torch.arange(x.shape[1], device=x.device).reshape(1, -1)
    is_code = pixel < num_classes
    is_true = pixel == y.reshape(-1, 1)
    return torch.where(is_code, is_true.to(x.dtype), x)
## wrong_labels
def wrong_labels(y, num_classes=10):
    order = torch.rand(y.shape[0], num_classes, device=y.device).argsort(dim=1)
    first, second = order[:, 0], order[:, 1]
    return torch.where(first == y, second, first)
## goodness
def goodness(h):
    if h.ndim != 2:
        raise ValueError("h needs rows")
    return h.pow(2).mean(dim=1).mul(h.shape[1])
## ff_loss
def ff_loss(g_pos, g_neg, threshold):
    margin = torch.cat((g_pos.neg().add(threshold), g_neg.sub(threshold)), dim=0)
    return torch.nn.Softplus()(margin).mean(dim=0)
## ff_layer
class FFLayer(nn.Module):
    def __init__(self, in_features, out_features, threshold=None, lr=0.001):
        super().__init__()
        self.width_in, self.width_out = int(in_features), int(out_features)
        self.projection = nn.Linear(in_features=self.width_in, out_features=self.width_out, bias=True)
        nn.init.normal_(self.projection.weight, mean=0.0, std=(2.0 / self.width_in) ** 0.5)
        nn.init.constant_(self.projection.bias, 0.0)
        self.threshold = float(self.width_out if threshold is None else threshold)
        self.trainer = torch.optim.Adam(params=self.parameters(), lr=float(lr), betas=(0.9, 0.999))

    def forward(self, x):
        mean_square = x.pow(2).mean(dim=1, keepdim=True)
        inverse = torch.where(mean_square > 0, mean_square.clamp(min=1e-20).rsqrt(), torch.zeros_like(mean_square))
        return self.projection(x.mul(inverse)).clamp(min=0.0)

    def train_batch(self, x_pos, x_neg):
        with torch.enable_grad():
            active_pos = self.forward(x_pos.detach())
            active_neg = self.forward(x_neg.detach())
            objective = ff_loss(goodness(active_pos), goodness(active_neg), self.threshold)
        value = float(objective.item())
        self.trainer.zero_grad()
        objective.backward()
        self.trainer.step()
        return active_pos.detach(), active_neg.detach(), value
## ff_net
class FFNet:
    def __init__(self, dims, num_classes=10, lr=0.003):
        self.classes = int(num_classes)
        self.layers = []
        previous = dims[0]
        for width in dims[1:]:
            self.layers.append(FFLayer(in_features=previous, out_features=width, lr=lr))
            previous = width

    def train_batch(self, x, y):
        flow = (embed_label(x, y, self.classes), embed_label(x, wrong_labels(y, self.classes), self.classes))
        values = []
        for layer in self.layers:
            result = layer.train_batch(flow[0], flow[1])
            flow, value = result[:2], result[2]
            values.append(float(value))
        return values

    def fit(self, loader, epochs):
        history = []
        progress = tqdm(range(int(epochs)), desc="training")
        for _ in progress:
            collected = {index: [] for index in range(len(self.layers))}
            for images, labels in loader:
                for index, value in enumerate(self.train_batch(images, labels)):
                    collected[index].append(value)
            history.append([sum(values) / max(len(values), 1) for values in collected.values()])
        return history

    @torch.no_grad()
    def predict(self, x):
        columns = []
        for candidate in range(self.classes):
            labels = x.new_full((x.shape[0],), candidate, dtype=torch.int64)
            flow = embed_label(x, labels, self.classes)
            column = x.new_zeros(x.shape[0])
            for layer in self.layers:
                flow = layer.forward(flow)
                column = column.add(goodness(flow))
            columns.append(column)
        return torch.stack(columns, dim=1).max(dim=1).indices
## make_mask
def make_mask(shape, blurs=10):
    batch, height, width = (int(extent) for extent in shape)
    smooth = torch.rand(batch, height, width).ge(0.5).to(torch.float32)
    for _ in range(int(blurs)):
        for dim in (1, 2):
            first = smooth.narrow(dim, 0, 1)
            last = smooth.narrow(dim, smooth.shape[dim] - 1, 1)
            wide = torch.cat((first, smooth, last), dim=dim)
            smooth = wide.unfold(dim, 3, 1).mul(torch.tensor([0.25, 0.5, 0.25])).sum(dim=-1)
    return smooth.gt(0.5).to(torch.float32)
## make_hybrid
def make_hybrid(x1, x2, mask):
    if x1.shape != x2.shape:
        raise ValueError("two images of one shape")
    return torch.where(mask.eq(1), x1, x2)
## make_negatives
def make_negatives(x):
    batch = x.shape[0]
    if batch < 2:
        raise ValueError("two images are needed")
    distance = torch.randint(low=1, high=batch, size=(batch,), device=x.device)
    partner = torch.remainder(torch.arange(batch, device=x.device).add(distance), batch)
    masks = make_mask((batch, 28, 28)).reshape(batch, -1).to(x.device)
    return make_hybrid(x, x.index_select(dim=0, index=partner), masks)
## unsupervised_ff_net
class UnsupervisedFFNet:
    def __init__(self, dims, lr=0.001):
        self.layers = []
        previous = dims[0]
        for width in dims[1:]:
            self.layers.append(FFLayer(in_features=previous, out_features=width, lr=lr))
            previous = width

    def train_batch(self, x):
        flow = (x, make_negatives(x))
        values = []
        for layer in self.layers:
            result = layer.train_batch(flow[0], flow[1])
            flow, value = result[:2], result[2]
            values.append(float(value))
        return values

    def fit(self, loader, epochs):
        history = []
        progress = tqdm(range(int(epochs)), desc="training")
        for _ in progress:
            collected = {index: [] for index in range(len(self.layers))}
            for images, _labels in loader:
                for index, value in enumerate(self.train_batch(images)):
                    collected[index].append(value)
            history.append([sum(values) / max(len(values), 1) for values in collected.values()])
        return history

    @torch.no_grad()
    def features(self, x):
        flow, parts = x, []
        for layer in self.layers:
            flow = layer.forward(flow)
            mean_square = flow.pow(2).mean(dim=1, keepdim=True)
            inverse = torch.where(mean_square > 0, mean_square.clamp(min=1e-20).rsqrt(), torch.zeros_like(mean_square))
            parts.append(flow.mul(inverse))
        return torch.cat(tensors=parts, dim=1)
## linear_classifier
class LinearClassifier(nn.Module):
    def __init__(self, in_features, num_classes=10):
        super().__init__()
        self.projection = nn.Linear(in_features=int(in_features), out_features=int(num_classes), bias=True)
        nn.init.normal_(self.projection.weight, mean=0.0, std=0.01)

    def forward(self, features):
        return self.projection(features.to(self.projection.weight.dtype))
## train_classifier
def train_classifier(net, loader, epochs=10):
    images, labels = zip(*[(images, labels) for images, labels in loader])
    inputs = [net.features(batch).detach() for batch in images]
    model = LinearClassifier(in_features=inputs[0].shape[1], num_classes=10)
    trainer = torch.optim.Adam(params=model.parameters(), lr=2.5e-3)
    measure = nn.CrossEntropyLoss(reduction="mean")
    for _ in tqdm(range(int(epochs)), desc="classifier"):
        for batch, truth in zip(inputs, labels):
            trainer.zero_grad()
            objective = measure(model(batch), truth.long())
            objective.backward()
            trainer.step()
    return model.eval()
"""
