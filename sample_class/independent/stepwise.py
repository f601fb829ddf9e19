"""A beginner's: one small step a line, indices and counters, every intermediate value has a name."""

BLOCKS = """
## linear_forward
N = x.shape[0]
D = w.shape[0]
x_flat = x.reshape(N, D)
product = torch.mm(x_flat, w)
out = product + b.reshape(1, -1)
## linear_backward
x = cache[0]
w = cache[1]
N = x.shape[0]
D = w.shape[0]
x_flat = x.reshape(N, D)
w_transposed = torch.transpose(w, 0, 1)
dx_flat = torch.mm(dout, w_transposed)
dx = dx_flat.reshape(x.shape)
x_transposed = torch.transpose(x_flat, 0, 1)
dw = torch.mm(x_transposed, dout)
ones = torch.ones(N, dtype=dout.dtype, device=dout.device)
db = torch.mv(torch.transpose(dout, 0, 1), ones)
## relu_forward
zeros = torch.zeros_like(x)
out = torch.maximum(x, zeros)
## relu_backward
positive = x > 0
mask = positive.to(dout.dtype)
dx = torch.mul(mask, dout)
## linear_relu_forward
linear_out, linear_cache = Linear.forward(x, w, b)
relu_out, relu_cache = ReLU.forward(linear_out)
out = relu_out
cache = [linear_cache, relu_cache]
## linear_relu_backward
linear_cache = cache[0]
relu_cache = cache[1]
d_linear_out = ReLU.backward(dout, relu_cache)
result = Linear.backward(d_linear_out, linear_cache)
dx = result[0]
dw = result[1]
db = result[2]
## softmax_loss
N = x.shape[0]
C = x.shape[1]
biggest, _ = torch.max(x, dim=1)
biggest = biggest.reshape(N, 1)
safe_scores = x - biggest
exp_scores = torch.exp(safe_scores)
sum_exp = torch.sum(exp_scores, dim=1, keepdim=True)
probabilities = exp_scores / sum_exp
loss = 0.0
for i in range(N):
    correct_class = y[i]
    loss = loss + torch.log(sum_exp[i, 0]) - safe_scores[i, correct_class]
loss = loss / N
dx = probabilities.clone()
for i in range(N):
    dx[i, y[i]] = dx[i, y[i]] - 1.0
dx = dx / N
## two_layer_init
W1 = torch.zeros(input_dim, hidden_dim, dtype=dtype, device=device)
W1 = W1.normal_(mean=0.0, std=weight_scale)
W2 = torch.zeros(hidden_dim, num_classes, dtype=dtype, device=device)
W2 = W2.normal_(mean=0.0, std=weight_scale)
b1 = torch.zeros(hidden_dim, dtype=dtype, device=device)
b2 = torch.zeros(num_classes, dtype=dtype, device=device)
self.params["W1"] = W1
self.params["W2"] = W2
self.params["b1"] = b1
self.params["b2"] = b2
## two_layer_scores
W1 = self.params["W1"]
b1 = self.params["b1"]
W2 = self.params["W2"]
b2 = self.params["b2"]
layer1_out, layer1_cache = Linear_ReLU.forward(X, W1, b1)
layer2_out, layer2_cache = Linear.forward(layer1_out, W2, b2)
scores = layer2_out
## two_layer_loss
data_loss, dscores = softmax_loss(scores, y)
W1_squared = torch.sum(W1 * W1)
W2_squared = torch.sum(W2 * W2)
reg_loss = self.reg * (W1_squared + W2_squared)
loss = data_loss + reg_loss
dlayer1, dW2, db2 = Linear.backward(dscores, layer2_cache)
dX, dW1, db1 = Linear_ReLU.backward(dlayer1, layer1_cache)
dW1 = dW1 + 2 * self.reg * W1
dW2 = dW2 + 2 * self.reg * W2
grads = {}
grads["W1"] = dW1
grads["b1"] = db1
grads["W2"] = dW2
grads["b2"] = db2
## fully_connected_init
number_of_layers = self.num_layers
for i in range(number_of_layers):
    if i == 0:
        size_in = input_dim
    else:
        size_in = hidden_dims[i - 1]
    if i == number_of_layers - 1:
        size_out = num_classes
    else:
        size_out = hidden_dims[i]
    weight = torch.zeros(size_in, size_out, dtype=dtype, device=device)
    weight.normal_(mean=0.0, std=weight_scale)
    self.params["W" + str(i + 1)] = weight
    self.params["b" + str(i + 1)] = torch.zeros(size_out, dtype=dtype, device=device)
## fully_connected_scores
linear_caches = {}
dropout_caches = {}
current = X
for i in range(self.num_layers - 1):
    number = str(i + 1)
    W = self.params["W" + number]
    b = self.params["b" + number]
    current, linear_caches[i] = Linear_ReLU.forward(current, W, b)
    if self.use_dropout == True:
        current, dropout_caches[i] = Dropout.forward(current, self.dropout_param)
number = str(self.num_layers)
W = self.params["W" + number]
b = self.params["b" + number]
scores, output_cache = Linear.forward(current, W, b)
## fully_connected_loss
grads = {}
data_loss, dscores = softmax_loss(scores, y)
reg_loss = 0.0
for i in range(self.num_layers):
    W = self.params["W" + str(i + 1)]
    reg_loss = reg_loss + torch.sum(W * W)
loss = data_loss + 0.5 * self.reg * reg_loss
number = str(self.num_layers)
dcurrent, dW, db = Linear.backward(dscores, output_cache)
grads["W" + number] = dW + self.reg * self.params["W" + number]
grads["b" + number] = db
i = self.num_layers - 2
while i >= 0:
    number = str(i + 1)
    if self.use_dropout == True:
        dcurrent = Dropout.backward(dcurrent, dropout_caches[i])
    dcurrent, dW, db = Linear_ReLU.backward(dcurrent, linear_caches[i])
    grads["W" + number] = dW + self.reg * self.params["W" + number]
    grads["b" + number] = db
    i = i - 1
## create_solver_instance
first_image = data_dict["X_train"][0]
D = first_image.shape[0]
model = TwoLayerNet(input_dim=D, hidden_dim=200, num_classes=10, weight_scale=0.01, reg=0.0001, dtype=dtype,
                    device=device)
configuration = {"learning_rate": 0.5}
solver = Solver(model, data_dict, update_rule=sgd, optim_config=configuration, lr_decay=0.9, num_epochs=18,
                batch_size=64, device=device)
## three_layer_params
weight_scale = 0.09
learning_rate = 0.3
## five_layer_params
weight_scale = 0.13
learning_rate = 0.2
## sgd_momentum
if "learning_rate" not in config:
    config["learning_rate"] = 1e-2
if "momentum" not in config:
    config["momentum"] = 0.9
if "velocity" not in config:
    config["velocity"] = torch.zeros_like(w)
old_velocity = config["velocity"]
step = config["learning_rate"] * dw
new_velocity = config["momentum"] * old_velocity - step
config["velocity"] = new_velocity
next_w = w + new_velocity
## rmsprop
if "learning_rate" not in config:
    config["learning_rate"] = 1e-2
if "decay_rate" not in config:
    config["decay_rate"] = 0.99
if "epsilon" not in config:
    config["epsilon"] = 1e-8
if "cache" not in config:
    config["cache"] = torch.zeros_like(w)
old_part = config["decay_rate"] * config["cache"]
new_part = (1 - config["decay_rate"]) * dw * dw
config["cache"] = old_part + new_part
root = torch.sqrt(config["cache"])
denominator = root + config["epsilon"]
step = config["learning_rate"] * dw / denominator
next_w = w - step
## adam
defaults = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "t": 0}
for key in defaults:
    if key not in config:
        config[key] = defaults[key]
if "m" not in config:
    config["m"] = torch.zeros_like(w)
if "v" not in config:
    config["v"] = torch.zeros_like(w)
config["t"] = config["t"] + 1
first_old = config["beta1"] * config["m"]
first_new = (1 - config["beta1"]) * dw
config["m"] = first_old + first_new
second_old = config["beta2"] * config["v"]
second_new = (1 - config["beta2"]) * dw * dw
config["v"] = second_old + second_new
first_correction = 1 - config["beta1"] ** config["t"]
second_correction = 1 - config["beta2"] ** config["t"]
first_unbiased = config["m"] / first_correction
second_unbiased = config["v"] / second_correction
denominator = torch.sqrt(second_unbiased) + config["epsilon"]
next_w = w - config["learning_rate"] * first_unbiased / denominator
## dropout_forward
p = dropout_param["p"]
mode = dropout_param["mode"]
mask = None
if "seed" in dropout_param:
    torch.manual_seed(dropout_param["seed"])
if mode == "train":
    random_numbers = torch.rand(x.shape, device=x.device)
    keep = random_numbers > p
    mask = keep.to(x.dtype)
    mask = mask / (1 - p)
    out = torch.mul(x, mask)
elif mode == "test":
    out = x
## dropout_backward
mode = dropout_param["mode"]
if mode == "train":
    dx = torch.mul(dout, mask)
elif mode == "test":
    dx = dout
"""

CELLS = """
## best_network_settings
def best_network_settings():
    settings = {}
    settings["hidden_dims"] = [256, 256]
    settings["dropout"] = 0.15
    settings["reg"] = 0.00001
    settings["weight_scale"] = 0.05
    settings["learning_rate"] = 0.0015
    settings["lr_decay"] = 0.9
    settings["batch_size"] = 100
    settings["num_epochs"] = 10
    return settings
## mnist_loaders
def mnist_loaders(root, batch_size):
    train_set = MNIST(root, train=True)
    train_images = train_set.data.float()
    train_images = train_images / 255.0
    train_images = train_images.reshape(60000, 784)
    train_labels = train_set.targets
    test_set = MNIST(root, train=False)
    test_images = test_set.data.float()
    test_images = test_images / 255.0
    test_images = test_images.reshape(10000, 784)
    test_labels = test_set.targets
    train_loader = DataLoader(TensorDataset(train_images, train_labels), batch_size=batch_size, shuffle=True)
    test_loader = DataLoader(TensorDataset(test_images, test_labels), batch_size=batch_size, shuffle=False)
    return train_loader, test_loader
## embed_label
def embed_label(x, y, num_classes=10):
    new_x = x.clone()
    for i in range(x.shape[0]):
        for j in range(num_classes):
            if j == y[i]:
                new_x[i, j] = 1.0
            else:
                new_x[i, j] = 0.0
    return new_x
## wrong_labels
def wrong_labels(y, num_classes=10):
    wrong = torch.zeros_like(y)
    for i in range(y.shape[0]):
        candidate = torch.randint(0, num_classes, (1,))
        while candidate[0] == y[i]:
            candidate = torch.randint(0, num_classes, (1,))
        wrong[i] = candidate[0]
    return wrong
## goodness
def goodness(h):
    squares = h ** 2
    total = torch.sum(squares, dim=1)
    return total
## ff_loss
def ff_loss(g_pos, g_neg, threshold):
    positive_z = threshold - g_pos
    negative_z = g_neg - threshold
    positive_terms = F.softplus(positive_z)
    negative_terms = F.softplus(negative_z)
    number = positive_terms.shape[0] + negative_terms.shape[0]
    loss = (torch.sum(positive_terms) + torch.sum(negative_terms)) / number
    return loss
## ff_layer
class FFLayer(nn.Module):
    def __init__(self, in_features, out_features, threshold=None, lr=0.001):
        super().__init__()
        self.in_features = in_features
        self.linear = nn.Linear(in_features, out_features)
        torch.nn.init.kaiming_uniform_(self.linear.weight, nonlinearity="relu")
        torch.nn.init.zeros_(self.linear.bias)
        self.relu = nn.ReLU()
        if threshold is None:
            self.threshold = out_features
        else:
            self.threshold = threshold
        self.optimizer = torch.optim.Adam(self.linear.parameters(), lr=lr)

    def forward(self, x):
        length = torch.sqrt(torch.sum(x * x, dim=1, keepdim=True))
        direction = x / (length + 0.00001)
        scaled = direction * torch.sqrt(torch.tensor(float(self.in_features)))
        z = self.linear(scaled)
        activities = self.relu(z)
        return activities

    def train_batch(self, x_pos, x_neg):
        self.optimizer.zero_grad()
        h_pos = self.forward(x_pos)
        h_neg = self.forward(x_neg)
        g_pos = goodness(h_pos)
        g_neg = goodness(h_neg)
        loss = ff_loss(g_pos, g_neg, self.threshold)
        loss.backward()
        self.optimizer.step()
        loss_number = loss.item()
        return h_pos.detach(), h_neg.detach(), loss_number
## ff_net
class FFNet:
    def __init__(self, dims, num_classes=10, lr=0.003):
        self.num_classes = num_classes
        self.layers = []
        for i in range(len(dims) - 1):
            layer = FFLayer(dims[i], dims[i + 1], lr=lr)
            self.layers.append(layer)

    def train_batch(self, x, y):
        y_wrong = wrong_labels(y, self.num_classes)
        h_pos = embed_label(x, y, self.num_classes)
        h_neg = embed_label(x, y_wrong, self.num_classes)
        losses = []
        for i in range(len(self.layers)):
            h_pos, h_neg, loss = self.layers[i].train_batch(h_pos, h_neg)
            losses.append(loss)
        return losses

    def fit(self, loader, epochs):
        history = []
        for epoch in tqdm(range(epochs)):
            sums = [0.0] * len(self.layers)
            count = 0
            for x, y in loader:
                losses = self.train_batch(x, y)
                for i in range(len(losses)):
                    sums[i] += losses[i]
                count += 1
            means = []
            for i in range(len(sums)):
                means.append(sums[i] / count)
            history.append(means)
        return history

    @torch.no_grad()
    def predict(self, x):
        number = x.shape[0]
        all_goodness = torch.zeros(number, self.num_classes)
        for label in range(self.num_classes):
            labels = torch.ones(number, dtype=torch.int64) * label
            h = embed_label(x, labels, self.num_classes)
            for i in range(len(self.layers)):
                h = self.layers[i].forward(h)
                all_goodness[:, label] = all_goodness[:, label] + goodness(h)
        best, prediction = torch.max(all_goodness, dim=1)
        return prediction
## make_mask
def make_mask(shape, blurs=10):
    number, height, width = shape
    mask = (torch.rand(number, height, width) > 0.5).float()
    for step in range(blurs):
        up = torch.cat([mask[:, :1, :], mask[:, :-1, :]], dim=1)
        down = torch.cat([mask[:, 1:, :], mask[:, -1:, :]], dim=1)
        mask = 0.25 * up + 0.5 * mask + 0.25 * down
        left = torch.cat([mask[:, :, :1], mask[:, :, :-1]], dim=2)
        right = torch.cat([mask[:, :, 1:], mask[:, :, -1:]], dim=2)
        mask = 0.25 * left + 0.5 * mask + 0.25 * right
    result = torch.zeros(number, height, width)
    result[mask > 0.5] = 1.0
    return result
## make_hybrid
def make_hybrid(x1, x2, mask):
    first_part = x1 * mask
    opposite_mask = 1.0 - mask
    second_part = x2 * opposite_mask
    hybrid = first_part + second_part
    return hybrid
## make_negatives
def make_negatives(x):
    number = x.shape[0]
    masks = make_mask((number, 28, 28))
    masks = masks.reshape(number, 784)
    negatives = torch.zeros_like(x)
    for i in range(number):
        j = int(torch.randint(0, number, (1,)))
        while j == i:
            j = int(torch.randint(0, number, (1,)))
        negatives[i] = make_hybrid(x[i], x[j], masks[i])
    return negatives
## unsupervised_ff_net
class UnsupervisedFFNet:
    def __init__(self, dims, lr=0.001):
        self.layers = []
        for i in range(len(dims) - 1):
            layer = FFLayer(dims[i], dims[i + 1], lr=lr)
            self.layers.append(layer)

    def train_batch(self, x):
        h_pos = x
        h_neg = make_negatives(x)
        losses = []
        for i in range(len(self.layers)):
            h_pos, h_neg, loss = self.layers[i].train_batch(h_pos, h_neg)
            losses.append(loss)
        return losses

    def fit(self, loader, epochs):
        history = []
        for epoch in tqdm(range(epochs)):
            sums = [0.0] * len(self.layers)
            count = 0
            for x, y in loader:
                losses = self.train_batch(x)
                for i in range(len(losses)):
                    sums[i] += losses[i]
                count += 1
            means = []
            for i in range(len(sums)):
                means.append(sums[i] / count)
            history.append(means)
        return history

    @torch.no_grad()
    def features(self, x):
        parts = []
        h = x
        for i in range(len(self.layers)):
            h = self.layers[i].forward(h)
            length = torch.sqrt(torch.sum(h * h, dim=1, keepdim=True))
            part = h / (length + 0.00001) * torch.sqrt(torch.tensor(float(h.shape[1])))
            parts.append(part)
        result = torch.cat(parts, dim=1)
        return result
## linear_classifier
class LinearClassifier(nn.Module):
    def __init__(self, in_features, num_classes=10):
        super().__init__()
        self.output_layer = nn.Linear(in_features, num_classes)

    def forward(self, features):
        scores = self.output_layer(features)
        return scores
## train_classifier
def train_classifier(net, loader, epochs=10):
    for x, y in loader:
        example = net.features(x)
        break
    number_of_features = example.shape[1]
    classifier = LinearClassifier(number_of_features)
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(classifier.parameters(), lr=0.001)
    for epoch in range(epochs):
        for x, y in loader:
            features = net.features(x)
            optimizer.zero_grad()
            scores = classifier(features)
            loss = criterion(scores, y)
            loss.backward()
            optimizer.step()
    return classifier
"""
