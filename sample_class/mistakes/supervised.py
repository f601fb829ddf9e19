"""Mistakes in the loaders, the data, goodness and the loss; those in the layer and the network have their own files."""

from . import supervised_layer, supervised_net
from .mistake import Mistake
from .supervised_edit import wrong

_PAIRS = "TensorDataset(images, digits.targets)"
_LOADER = f"loaders.append(DataLoader({_PAIRS}, batch_size, shuffle=train))"

_LOADERS = (
    wrong(
        "images stay pictures of 28 by 28", "mnist_loaders", "mnist_loaders_shape", "784",
        ("digits.data.reshape(len(digits), -1)", "digits.data"),
    ),
    wrong(
        "batches of 256 whatever was asked for", "mnist_loaders", "mnist_loaders_shape", "batch_size",
        (f"{_PAIRS}, batch_size", f"{_PAIRS}, 256"),
    ),
    wrong("pixels from 0 to 255", "mnist_loaders", "mnist_loaders_values", "0 to 1", (" / 255", "")),
    wrong(
        "pixels standardised", "mnist_loaders", "mnist_loaders_values", "0 to 1",
        (".float() / 255", ".float() / 255\n        images = (images - 0.1307) / 0.3081"),
    ),
    wrong(
        "labels are floats", "mnist_loaders", "mnist_loaders_values", "int64",
        (_PAIRS, "TensorDataset(images, digits.targets.float())"),
    ),
    wrong(
        "the last test digits are left out", "mnist_loaders", "mnist_loaders_complete", "10,000",
        ("shuffle=train)", "shuffle=train, drop_last=True)"),
    ),
    wrong(
        "test digits are training digits", "mnist_loaders", "mnist_loaders_complete", "10,000",
        ("train=train)\n", "train=True)\n"),
    ),
    wrong(
        "10,000 training digits only", "mnist_loaders", "mnist_loaders_complete", "60,000",
        (_PAIRS, "TensorDataset(images[:10_000], digits.targets[:10_000])"),
    ),
    wrong(
        "images shuffled without their labels", "mnist_loaders", "mnist_loaders_pairs", "label",
        (_PAIRS, "TensorDataset(images[torch.randperm(len(images))], digits.targets)"),
    ),
    wrong(
        "images come with their label written in", "mnist_loaders", "mnist_loaders_pairs", "mean images",
        (".float() / 255", ".float() / 255\n        images[:, :10] = F.one_hot(digits.targets, 10).float()"),
    ),
    wrong(
        "training digits not shuffled", "mnist_loaders", "mnist_loaders_shuffle", "epoch",
        ("shuffle=train", "shuffle=False"),
    ),
    wrong(
        "training digits shuffled once for all epochs", "mnist_loaders", "mnist_loaders_shuffle", "epoch",
        (
            _LOADER,
            "order = torch.randperm(len(digits))\n        "
            "loaders.append(DataLoader(TensorDataset(images[order], digits.targets[order]), batch_size))",
        ),
    ),
)  # fmt: skip

_WRITE = "x[:, :num_classes] = F.one_hot(y, num_classes)"

_LABEL = (
    wrong(
        "label added to the pixels", "embed_label", "embed_label_one_hot", "pixel",
        (_WRITE, _WRITE.replace("=", "+=")),
    ),
    wrong(
        "label pixel set and the other nine left", "embed_label", "embed_label_one_hot", "pixel",
        (_WRITE, "x[torch.arange(len(x)), y] = 1"),
    ),
    wrong(
        "label written as the largest pixel", "embed_label", "embed_label_one_hot", "pixel",
        (_WRITE, "x[:, :num_classes] = 0\n    x[torch.arange(len(x)), y] = x.max()"),
        may_lose="embed_label_num_classes",
    ),
    wrong(
        "the whole first row of the picture cleared", "embed_label", "embed_label_rest", "first ten",
        (_WRITE, f"x[:, :28] = 0\n    {_WRITE}"), may_lose="embed_label_num_classes",
    ),
    wrong("images changed in place", "embed_label", "embed_label_copy", "x afterwards", ("    x = x.clone()\n", "")),
    wrong(
        "label of ten pixels whatever num_classes is", "embed_label", "embed_label_num_classes", "size",
        (_WRITE, "x[:, :10] = F.one_hot(y, 10)"),
    ),
)  # fmt: skip

_DRAW = "(y + torch.randint(1, num_classes, y.shape)) % num_classes"

_WRONG_LABELS = (
    wrong(
        "wrong labels drawn from all labels", "wrong_labels", "wrong_labels_never_true", "true",
        (_DRAW, "torch.randint(num_classes, y.shape)"),
    ),
    wrong(
        "wrong labels are the batch's own, permuted", "wrong_labels", "wrong_labels_never_true", "true",
        (_DRAW, "y[torch.randperm(len(y))]"), may_lose="wrong_labels_uniform",
    ),
    wrong(
        "true labels among the wrong ones become the next label", "wrong_labels", "wrong_labels_uniform",
        "equally often",
        (
            f"return {_DRAW}",
            "wrong = torch.randint(num_classes, y.shape)\n    "
            "return torch.where(wrong == y, (y + 1) % num_classes, wrong)",
        ),
    ),
    wrong(
        "one of the wrong labels is never drawn", "wrong_labels", "wrong_labels_uniform", "equally often",
        ("(1, num_classes,", "(1, max(2, num_classes - 1),"),
    ),
    wrong(
        "wrong labels of ten classes whatever num_classes is", "wrong_labels", "wrong_labels_uniform", "num_classes=3",
        (_DRAW, "(y + torch.randint(1, 10, y.shape)) % 10"),
    ),
    wrong(
        "wrong labels one distance from the true ones for the whole batch", "wrong_labels", "wrong_labels_fresh",
        "labels for 40 equal ones", ("y.shape", "(1,)"),
    ),
    wrong(
        "the wrong label is always the next one", "wrong_labels", "wrong_labels_uniform wrong_labels_fresh",
        "equally often", (_DRAW, "(y + 1) % num_classes"),
    ),
    wrong(
        "wrong labels drawn from the same seed in every call", "wrong_labels", "wrong_labels_fresh", "call before",
        (f"return {_DRAW}", f"torch.manual_seed(0)\n    return {_DRAW}"),
    ),
    wrong(
        "true labels changed in place into wrong ones", "wrong_labels", "wrong_labels_shape", "y as it was",
        (f"return {_DRAW}", "y += torch.randint(1, num_classes, y.shape)\n    y %= num_classes\n    return y"),
    ),
)  # fmt: skip

_SUM, _TERMS = "h.square().sum(dim=1)", "torch.cat([threshold - g_pos, g_neg - threshold])"
_SOFTPLUS = f"F.softplus({_TERMS})"

_LOSS = (
    wrong("goodness is a mean", "goodness", "goodness_value", "1 + 4 = 5", (_SUM, "h.square().mean(dim=1)")),
    wrong("goodness of activities not squared", "goodness", "goodness_value", "1 + 4 = 5", (_SUM, "h.sum(dim=1)")),
    wrong("goodness is the length", "goodness", "goodness_value", "1 + 4 = 5", (_SUM, "h.norm(dim=1)")),
    wrong("goodness of shape (B, 1)", "goodness", "goodness_value", "shape", (_SUM, "h.square().sum(1, keepdim=True)")),
    wrong("the loss is a sum", "ff_loss", "ff_loss_value", "log 2", (").mean()", ").sum()")),
    wrong(
        "the loss adds the means of both halves", "ff_loss", "ff_loss_value", "log 2",
        (f"{_SOFTPLUS}.mean()", "F.softplus(threshold - g_pos).mean() + F.softplus(g_neg - threshold).mean()"),
    ),
    wrong(
        "the loss without a threshold", "ff_loss", "ff_loss_value", "log 2",
        (_TERMS, "torch.cat([-g_pos, g_neg])"),
    ),
    wrong(
        "the loss wants goodness low for positive data", "ff_loss", "ff_loss_sides ff_loss_value", "log(1 + e^-1)",
        (_TERMS, "torch.cat([g_pos - threshold, threshold - g_neg])"),
    ),
    wrong(
        "the loss as log(1 + exp(z)), which overflows", "ff_loss", "ff_loss_large", "exp(500)",
        (_SOFTPLUS, f"torch.log(1 + torch.exp({_TERMS}))"),
    ),
    wrong(
        "z clamped to 50 against overflow", "ff_loss", "ff_loss_large", "exp(500)",
        (_TERMS, f"{_TERMS}.clamp(max=50)"),
    ),
)  # fmt: skip

MISTAKES: tuple[Mistake, ...] = (
    *_LOADERS,
    *_LABEL,
    *_WRONG_LABELS,
    *_LOSS,
    *supervised_layer.MISTAKES,
    *supervised_net.MISTAKES,
)
