"""Mistakes in the layer of the unsupervised notebook: goodness, loss, FFLayer."""

from ..edits import Edit, in_cell
from .mistake import UNSUPERVISED, Mistake


def _goodness(new: str) -> tuple[Edit]:
    return (in_cell(UNSUPERVISED, "goodness", "h.square().sum(dim=1)", new),)


def _loss(new: str) -> tuple[Edit]:
    old = "F.softplus(torch.cat([threshold - g_pos, g_neg - threshold])).mean()"
    return (in_cell(UNSUPERVISED, "ff_loss", old, new),)


def _layer(old: str, new: str) -> tuple[Edit]:
    return (in_cell(UNSUPERVISED, "ff_layer", old, new),)


_SCALED = "F.normalize(x, dim=1) * x.shape[1] ** 0.5"
_RETURN = "return h_pos.detach(), h_neg.detach(), loss.item()"

MISTAKES = (
    Mistake(
        "unsupervised: goodness is the mean of squares",
        UNSUPERVISED,
        _goodness("h.square().mean(dim=1)"),
        ("goodness_value",),
        hint="1 + 4 = 5",
    ),
    Mistake(
        "unsupervised: goodness is the length, not its square",
        UNSUPERVISED,
        _goodness("h.norm(dim=1)"),
        ("goodness_value",),
        hint="1 + 4 = 5",
    ),
    Mistake(
        "unsupervised: activities summed without a square",
        UNSUPERVISED,
        _goodness("h.sum(dim=1)"),
        ("goodness_value",),
        hint="1 + 4 = 5",
    ),
    Mistake(
        "unsupervised: goodness summed over the batch",
        UNSUPERVISED,
        _goodness("h.square().sum(dim=0)"),
        ("goodness_value",),
        hint="shape",
    ),
    Mistake(
        "unsupervised: goodness kept as a column",
        UNSUPERVISED,
        _goodness("h.square().sum(dim=1, keepdim=True)"),
        ("goodness_value",),
        hint="shape (2, 1)",
    ),
    Mistake(
        "unsupervised: sides of the loss exchanged",
        UNSUPERVISED,
        _loss("F.softplus(torch.cat([g_pos - threshold, threshold - g_neg])).mean()"),
        ("ff_loss_value",),
        hint="log(1 + e^-1)",
    ),
    Mistake(
        "unsupervised: loss is a sum over the batch",
        UNSUPERVISED,
        _loss("F.softplus(torch.cat([threshold - g_pos, g_neg - threshold])).sum()"),
        ("ff_loss_value",),
        hint="log 2",
    ),
    Mistake(
        "unsupervised: means of both halves added",
        UNSUPERVISED,
        _loss("F.softplus(threshold - g_pos).mean() + F.softplus(g_neg - threshold).mean()"),
        ("ff_loss_value",),
        hint="log 2",
    ),
    Mistake(
        "unsupervised: negatives left out of the loss",
        UNSUPERVISED,
        _loss("F.softplus(threshold - g_pos).mean()"),
        ("ff_loss_value",),
        ("ff_loss_large",),
        hint="log(1 + e^-2)",
    ),
    Mistake(
        "unsupervised: threshold left out of the loss",
        UNSUPERVISED,
        _loss("F.softplus(torch.cat([-g_pos, g_neg])).mean()"),
        ("ff_loss_value",),
        hint="log 2",
    ),
    Mistake(
        "unsupervised: loss overflows for large goodness",
        UNSUPERVISED,
        _loss("torch.log(1 + torch.exp(torch.cat([threshold - g_pos, g_neg - threshold]))).mean()"),
        ("ff_loss_large",),
        ("unsupervised_net_learns",),
        hint="exp(500)",
    ),
    Mistake(
        "unsupervised: exponent of the loss cut off at 50",
        UNSUPERVISED,
        _loss("torch.log(1 + torch.exp(torch.cat([threshold - g_pos, g_neg - threshold]).clamp(max=50))).mean()"),
        ("ff_loss_large",),
        hint="log(1 + exp(500)) is 500",
    ),
    Mistake(
        "unsupervised: layer without a bias",
        UNSUPERVISED,
        _layer("nn.Linear(in_features, out_features)", "nn.Linear(in_features, out_features, bias=False)"),
        ("ff_layer_linear_relu",),
        hint="a matrix and a vector",
    ),
    Mistake(
        "unsupervised: layer without ReLU",
        UNSUPERVISED,
        _layer("return F.relu(self.linear(x))", "return self.linear(x)"),
        ("ff_layer_linear_relu",),
        hint="linear, with bias, and ReLU",
    ),
    Mistake(
        "unsupervised: length of the input left as it is",
        UNSUPERVISED,
        _layer(f"        x = {_SCALED}\n", ""),
        ("ff_layer_length",),
        hint="mean square",
    ),
    Mistake(
        "unsupervised: input scaled to length 1, not to mean square 1",
        UNSUPERVISED,
        _layer(_SCALED, "F.normalize(x, dim=1)"),
        ("ff_layer_length",),
        hint="mean square",
    ),
    Mistake(
        "unsupervised: input divided by its size, not by its length",
        UNSUPERVISED,
        _layer(_SCALED, "x / x.shape[1]"),
        ("ff_layer_length",),
        hint="mean square",
    ),
    Mistake(
        "unsupervised: mean of the input subtracted",
        UNSUPERVISED,
        _layer(_SCALED, "F.layer_norm(x, x.shape[1:])"),
        ("ff_layer_length",),
        ("ff_layer_linear_relu", "unsupervised_features_value"),
        hint="mean square",
    ),
    Mistake(
        "unsupervised: columns of the input scaled, not rows",
        UNSUPERVISED,
        _layer(_SCALED, "F.normalize(x, dim=0) * x.shape[1] ** 0.5"),
        ("ff_layer_length",),
        ("ff_layer_*", "unsupervised_*", "train_classifier_*"),
        hint="mean square",
    ),
    Mistake(
        "unsupervised: zero divided by the length of a zero row",
        UNSUPERVISED,
        _layer(_SCALED, "x / x.norm(dim=1, keepdim=True) * x.shape[1] ** 0.5"),
        ("ff_layer_zero_row",),
        ("unsupervised_features_normalised", "unsupervised_net_*"),
        hint="0 / 0",
    ),
    Mistake(
        "unsupervised: input scaled in place",
        UNSUPERVISED,
        _layer(f"x = {_SCALED}", "x *= x.shape[1] ** 0.5 / x.norm(dim=1, keepdim=True).clamp(min=1e-12)"),
        ("unsupervised_features_frozen",),
        hint="x afterwards",
    ),
    Mistake(
        "unsupervised: given threshold ignored",
        UNSUPERVISED,
        _layer("out_features if threshold is None else threshold", "out_features"),
        ("ff_layer_threshold",),
        hint="a threshold that is given",
    ),
    Mistake(
        "unsupervised: default threshold is 2",
        UNSUPERVISED,
        _layer("out_features if threshold is None else threshold", "2.0 if threshold is None else threshold"),
        ("ff_layer_threshold",),
        hint="number of units",
    ),
    Mistake(
        "unsupervised: positives and negatives exchanged in the layer's loss",
        UNSUPERVISED,
        _layer("goodness(h_pos), goodness(h_neg)", "goodness(h_neg), goodness(h_pos)"),
        ("ff_layer_loss",),
        hint="loss of forward's activities",
    ),
    Mistake(
        "unsupervised: loss measured after the update",
        UNSUPERVISED,
        _layer(
            _RETURN,
            "loss = ff_loss(goodness(self(x_pos)), goodness(self(x_neg)), self.threshold)\n        " + _RETURN,
        ),
        ("ff_layer_loss",),
        hint="before the update",
    ),
    Mistake(
        "unsupervised: activities returned in the wrong order",
        UNSUPERVISED,
        _layer(_RETURN, "return h_neg.detach(), h_pos.detach(), loss.item()"),
        ("ff_layer_outputs",),
        hint="what forward gives",
    ),
    Mistake(
        "unsupervised: activities returned with their gradient",
        UNSUPERVISED,
        _layer(_RETURN, "return h_pos, h_neg, loss.item()"),
        ("ff_layer_outputs",),
        ("unsupervised_net_*",),
        hint="detached",
    ),
    Mistake(
        "unsupervised: activities returned with length 1",
        UNSUPERVISED,
        _layer(_RETURN, "return F.normalize(h_pos.detach()), F.normalize(h_neg.detach()), loss.item()"),
        ("ff_layer_outputs",),
        hint="what forward gives",
    ),
    Mistake(
        "unsupervised: gradient set to zero after backward",
        UNSUPERVISED,
        _layer(
            "self.optimizer.zero_grad()\n        loss.backward()",
            "loss.backward()\n        self.optimizer.zero_grad()",
        ),
        ("ff_layer_step",),
        hint="losses that fall",
    ),
    Mistake(
        "unsupervised: gradients of all batches pile up",
        UNSUPERVISED,
        _layer("        self.optimizer.zero_grad()\n", ""),
        ("ff_layer_step",),
        ("unsupervised_net_learns",),
        hint="gradients set to zero",
    ),
    Mistake(
        "unsupervised: layer climbs its loss",
        UNSUPERVISED,
        _layer("loss.backward()", "(-loss).backward()"),
        ("ff_layer_step",),
        hint="losses that fall",
    ),
    Mistake(
        "unsupervised: bias not given to the optimizer",
        UNSUPERVISED,
        _layer("Adam(self.parameters(), lr=lr)", "Adam([self.linear.weight], lr=lr)"),
        ("ff_layer_step",),
        hint="12 of 15",
    ),
    Mistake(
        "unsupervised: learning rate of the layer is fixed",
        UNSUPERVISED,
        _layer("Adam(self.parameters(), lr=lr)", "Adam(self.parameters(), lr=0.001)"),
        ("ff_layer_step",),
        hint="lr is the rate",
    ),
)
