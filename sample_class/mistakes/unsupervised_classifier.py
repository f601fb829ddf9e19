"""Mistakes in the linear classifier on unsupervised features, and in its training."""

from ..edits import Edit, in_cell, whole_cell
from .mistake import UNSUPERVISED, Mistake


def _classifier(old: str, new: str) -> tuple[Edit]:
    return (in_cell(UNSUPERVISED, "linear_classifier", old, new),)


def _training(old: str, new: str) -> tuple[Edit]:
    return (in_cell(UNSUPERVISED, "train_classifier", old, new),)


_WHOLE_NET = """
    def train_classifier(net, loader, epochs=10):
        def features_of(x):
            features = []
            for layer in net.layers:
                x = layer(x)
                features.append(F.normalize(x, dim=1) * x.shape[1] ** 0.5)
            return torch.cat(features, dim=1)

        classifier = LinearClassifier(sum(layer.linear.out_features for layer in net.layers))
        weights = [weight for layer in net.layers for weight in layer.parameters()]
        optimizer = torch.optim.Adam([*classifier.parameters(), *weights], lr=0.001)
        for _ in range(epochs):
            for x, y in loader:
                loss = F.cross_entropy(classifier(features_of(x)), y)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
        return classifier
"""

MISTAKES = (
    Mistake(
        "ten classes, however many are asked for",
        UNSUPERVISED,
        _classifier("nn.Linear(in_features, num_classes)", "nn.Linear(in_features, 10)"),
        ("linear_classifier_shape",),
        hint="(4, 3)",
    ),
    Mistake(
        "classifier with a hidden layer",
        UNSUPERVISED,
        _classifier(
            "nn.Linear(in_features, num_classes)",
            "nn.Sequential(nn.Linear(in_features, 100), nn.ReLU(), nn.Linear(100, num_classes))",
        ),
        ("linear_classifier_affine",),
        hint="hidden layers",
    ),
    Mistake(
        "classifier returns probabilities",
        UNSUPERVISED,
        _classifier("return self.linear(features)", "return self.linear(features).softmax(dim=1)"),
        ("linear_classifier_affine",),
        hint="softmax",
    ),
    Mistake(
        "classifier's loss reaches the weights of the network",
        UNSUPERVISED,
        (whole_cell(UNSUPERVISED, "train_classifier", _WHOLE_NET),),
        ("train_classifier_frozen",),
        hint="inference only",
    ),
    Mistake(
        "network goes on with its own training beside the classifier",
        UNSUPERVISED,
        _training("    batches = ", "    for x, _ in loader:\n        net.train_batch(x)\n    batches = "),
        ("train_classifier_frozen",),
        hint="inference only",
    ),
    Mistake(
        "softmax taken twice in the classifier's training",
        UNSUPERVISED,
        _training("classifier(features), y", "classifier(features).softmax(dim=1), y"),
        ("train_classifier_cross_entropy",),
        hint="second one",
    ),
    Mistake(
        "classifier trained with squared errors",
        UNSUPERVISED,
        _training(
            "F.cross_entropy(classifier(features), y)", "F.mse_loss(classifier(features), F.one_hot(y, 10) * 1.0)"
        ),
        ("train_classifier_cross_entropy",),
        hint="cross-entropy",
    ),
    Mistake(
        "classifier takes no step",
        UNSUPERVISED,
        _training("            optimizer.step()\n", ""),
        ("train_classifier_learns",),
        ("train_classifier_cross_entropy",),
        hint="accuracy",
    ),
    Mistake(
        "classifier trained for one epoch, however many are asked for",
        UNSUPERVISED,
        _training("range(epochs)", "range(1)"),
        ("train_classifier_learns",),
        ("train_classifier_cross_entropy",),
        hint="accuracy",
    ),
)
