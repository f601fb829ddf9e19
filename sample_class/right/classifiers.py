"""Right ways to write the unsupervised network, its features and the linear classifier."""

from ..mistakes.mistake import UNSUPERVISED
from .right import Right, changed, unsupervised

_HYBRIDS = "h_pos, h_neg, losses = x, make_negatives(x), []"
_EPOCH = """            losses = torch.tensor([self.train_batch(x) for x, _ in loader])
            history.append(losses.mean(dim=0).tolist())
            bar.set_postfix(loss=" ".join(f"{loss:.3f}" for loss in history[-1]))"""
_FEATURES = """        features = []
        for layer in self.layers:
            x = layer(x)
            features.append(F.normalize(x, dim=1) * x.shape[1] ** 0.5)
        return torch.cat(features, dim=1)"""
_LINEAR, _SCORES = "self.linear = nn.Linear(in_features, num_classes)", "return self.linear(features)"


def _net(name: str, *pairs: tuple[str, str]) -> Right:
    return changed(UNSUPERVISED, f"UnsupervisedFFNet: {name}", "unsupervised_ff_net", *pairs)


def _trained(name: str, body: str) -> Right:
    """train_classifier with this body."""
    lines = "\n".join("    " + line if line else "" for line in body.strip("\n").splitlines())
    return unsupervised(f"train_classifier: {name}", train_classifier=_HEAD + lines)


_HEAD = "def train_classifier(net, loader, epochs=10):\n"

_NETS = (
    _net(
        "features in one buffer, scaled by the root of their mean square",
        (
            _FEATURES,
            """        sizes = [layer(torch.zeros(1, n)).shape[1] for layer, n in zip(self.layers, self.dims)]
        out, start = torch.zeros(len(x), sum(sizes)), 0
        for layer, size in zip(self.layers, sizes):
            x = layer(x)
            scale = x.square().mean(1, keepdim=True).sqrt()
            out[:, start : start + size] = torch.where(scale > 0, x / scale, x)
            start += size
        return out""",
        ),
        ("        self.layers = [", "        self.dims = list(dims)\n        self.layers = ["),
    ),
    _net(
        "features as a transposed view, in float64, through nan_to_num",
        (
            _FEATURES,
            """        parts = []
        for layer in self.layers:
            x = layer.forward(x).detach()
            wide = x.double().T
            length = wide.norm(dim=0)
            parts.append((wide / length).nan_to_num() * len(wide) ** 0.5)
        return torch.vstack(parts).T.float()""",
        ),
    ),
    _net(
        "features by recursion",
        (
            _FEATURES,
            """        def rows(h, layers):
            if not layers:
                return []
            h = layers[0](h)
            return [F.rms_norm(h, h.shape[1:], eps=1e-20), *rows(h, layers[1:])]

        return torch.hstack(rows(x.clone(), self.layers))""",
        ),
    ),
    _net(
        "running sums in numpy, batches not unpacked",
        (
            _EPOCH,
            """            import numpy as np
            sums, steps = np.zeros(len(self.layers)), 0
            for batch in loader:
                sums, steps = sums + self.train_batch(batch[0]), steps + 1
            history.append((sums / steps).tolist())
            print(f"mean loss {sum(history[-1]):.3f}")""",
        ),
    ),
    _net(
        "half of the rate in later epochs, a running mean of the losses",
        (
            _EPOCH,
            """            means, seen = [0.0] * len(self.layers), 0
            for x, *_ in loader:
                seen += 1
                for i, loss in enumerate(self.train_batch(x)):
                    means[i] += (loss - means[i]) / seen
            history.append(means)
            if len(history) == 5:
                for layer in self.layers:
                    layer.optimizer.param_groups[0]["lr"] /= 2""",
        ),
    ),
    _net(
        "order of the rows of a batch drawn anew, hybrids made by itself",
        (
            _HYBRIDS,
            """x = x[torch.randperm(len(x))]
        masks = make_mask((len(x), 28, 28)).flatten(1)
        h_neg = make_hybrid(x, x.roll(1, 0), masks) if len(x) > 1 else make_negatives(x.repeat(2, 1))[:1]
        h_pos, losses = x.detach().clone(), []""",
        ),
    ),
)

_CLASSIFIERS = (
    changed(
        UNSUPERVISED,
        "LinearClassifier: weights of its own that begin at zero",
        "linear_classifier",
        (_LINEAR, "self.W, self.b = (nn.Parameter(torch.zeros(s)) for s in ((in_features, num_classes), num_classes))"),
        (_SCORES, "return features @ self.W + self.b"),
    ),
    changed(
        UNSUPERVISED,
        "LinearClassifier: no bias",
        "linear_classifier",
        (_LINEAR, "self.linear = nn.Linear(in_features, num_classes, bias=False)"),
    ),
    changed(
        UNSUPERVISED,
        "LinearClassifier: a Sequential of one layer, with checks",
        "linear_classifier",
        (_LINEAR, "self.in_features, self.net = in_features, nn.Sequential(nn.Linear(in_features, num_classes))"),
        (
            _SCORES,
            "if features.shape[1] != self.in_features:\n"
            '            raise ValueError(f"{features.shape[1]} features, not {self.in_features}")\n'
            "        return self.net(features)",
        ),
    ),
    _trained(
        "SGD with momentum, features made in every epoch",
        """
with torch.no_grad():
    classifier = LinearClassifier(net.features(next(iter(loader))[0]).shape[1])
optimizer = torch.optim.SGD(classifier.parameters(), lr=0.02, momentum=0.9)
criterion = nn.CrossEntropyLoss()
for epoch in range(epochs):
    for x, y in loader:
        optimizer.zero_grad()
        criterion(classifier(net.features(x)), y).backward()
        optimizer.step()
    print("epoch", epoch, "done")
return classifier
""",
    ),
    _trained(
        "AdamW on a loader of its own, the rate falling",
        """
features, labels = (torch.cat(parts) for parts in zip(*((net.features(x), y) for x, y in loader)))
classifier = LinearClassifier(features.shape[1])
optimizer = torch.optim.AdamW(classifier.parameters(), lr=3e-3, weight_decay=0.01)
own = DataLoader(TensorDataset(features, labels), batch_size=64, shuffle=True)
schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=epochs)
for _ in tqdm(range(epochs)):
    for f, y in own:
        loss = F.nll_loss(F.log_softmax(classifier(f), dim=1), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    schedule.step()
return classifier.eval()
""",
    ),
    _trained(
        "the gradient written down, no autograd at all",
        """
batches = [(net.features(x).detach(), y) for x, y in loader]
classifier = LinearClassifier(batches[0][0].shape[1])
W, b = classifier.linear.weight.data, classifier.linear.bias.data
for epoch in range(epochs):
    for f, y in batches:
        d = (f @ W.T + b).softmax(1)
        d[torch.arange(len(y)), y] -= 1
        W -= 0.01 * d.T @ f / len(y)
        b -= 0.01 * d.mean(0)
return classifier
""",
    ),
    _trained(
        "LBFGS on all features at once",
        """
features, labels = (torch.cat(parts) for parts in zip(*[(net.features(x), y) for x, y in loader]))
classifier = LinearClassifier(features.shape[1])
optimizer = torch.optim.LBFGS(classifier.parameters(), max_iter=5 * epochs, line_search_fn="strong_wolfe")


def closure():
    optimizer.zero_grad()
    loss = F.cross_entropy(classifier(features), labels)
    loss.backward()
    return loss


optimizer.step(closure)
return classifier
""",
    ),
)

LEARNING = (*_NETS, *_CLASSIFIERS)
