"""Mistakes in FFLayer."""

from ..edits import in_cell
from .mistake import SUPERVISED, Mistake
from .supervised_edit import wrong

_SCALE = "F.normalize(x, dim=1) * x.shape[1] ** 0.5"
_OPTIMIZER = "self.optimizer = torch.optim.Adam(self.parameters(), lr=lr)"
_ROWS, _RETURN = "torch.cat([x_pos, x_neg])", "return h_pos.detach(), h_neg.detach(), loss.item()"
_ZERO, _BACKWARD = "self.optimizer.zero_grad()\n", "loss.backward()\n"
_LENGTH = "mean square"

_FORWARD = (
    wrong("rows not scaled at all", "ff_layer", "ff_layer_length", _LENGTH, (f"        x = {_SCALE}\n", "")),
    wrong("rows of length 1", "ff_layer", "ff_layer_length", _LENGTH, (_SCALE, "F.normalize(x, dim=1)")),
    wrong("rows divided by their size", "ff_layer", "ff_layer_length", _LENGTH, (_SCALE, "x / x.shape[1]")),
    wrong(
        "rows divided by their squared length", "ff_layer", "ff_layer_length", _LENGTH,
        ("F.normalize(x, dim=1)", "x / (x.square().sum(dim=1, keepdim=True) + 1e-8)"),
    ),
    wrong(
        "rows lose their mean too, as in layer normalisation", "ff_layer", "ff_layer_length", _LENGTH,
        (_SCALE, "F.layer_norm(x, x.shape[1:])"), may_lose="ff_layer_linear_relu",
    ),
    wrong(
        "columns scaled in place of rows", "ff_layer", "ff_layer_length", _LENGTH,
        ("F.normalize(x, dim=1)", "F.normalize(x, dim=0)"), may_lose="ff_layer_linear_relu ff_layer_zero_row",
    ),
    wrong(
        "a row of zeros becomes nan", "ff_layer", "ff_layer_zero_row", "0 / 0",
        ("F.normalize(x, dim=1)", "x / x.norm(dim=1, keepdim=True)"),
    ),
    wrong(
        "rows scaled in place", "ff_layer", "ff_layer_keeps_input", "an input afterwards",
        (f"x = {_SCALE}", "x /= x.norm(dim=1, keepdim=True) + 1e-8\n        x *= x.shape[1] ** 0.5"),
    ),
    wrong(
        "a layer without ReLU", "ff_layer", "ff_layer_linear_relu", "linear, with bias, and ReLU",
        ("F.relu(self.linear(x))", "self.linear(x)"),
    ),
    wrong(
        "a layer without biases", "ff_layer", "ff_layer_linear_relu", "a matrix and a vector",
        ("nn.Linear(in_features, out_features)", "nn.Linear(in_features, out_features, bias=False)"),
    ),
)  # fmt: skip

_UPDATE = (
    wrong(
        "the threshold is 2 by default", "ff_layer", "ff_layer_threshold", "threshold",
        ("out_features if threshold is None", "2.0 if threshold is None"),
    ),
    wrong(
        "a threshold that is given counts for nothing", "ff_layer", "ff_layer_threshold", "threshold",
        ("out_features if threshold is None else threshold", "out_features"),
    ),
    wrong(
        "positive and negative rows exchanged in the update", "ff_layer", "ff_layer_loss ff_layer_outputs",
        "loss of forward's", (_ROWS, "torch.cat([x_neg, x_pos])"),
    ),
    wrong(
        "the loss after the update returned", "ff_layer", "ff_layer_loss", "loss of forward's",
        (
            _RETURN,
            "with torch.no_grad():\n            "
            "loss = ff_loss(goodness(self(x_pos)), goodness(self(x_neg)), self.threshold)\n        " + _RETURN,
        ),
    ),
    wrong(
        "positive and negative activities returned in the wrong order", "ff_layer", "ff_layer_outputs",
        "what forward gives", (_RETURN, "return h_neg.detach(), h_pos.detach(), loss.item()"),
    ),
    Mistake(
        "activities detached by the network, not by the layer",
        SUPERVISED,
        (
            in_cell(SUPERVISED, "ff_layer", _RETURN, "return h_pos, h_neg, loss.item()"),
            in_cell(SUPERVISED, "ff_net", "train_batch(h_pos, h_neg)", "train_batch(h_pos.detach(), h_neg.detach())"),
        ),
        ("ff_layer_outputs",),
        hint="detached",
    ),
    wrong(
        "activities not detached, and the graph kept", "ff_layer", "ff_layer_outputs", "detached",
        (_RETURN, "return h_pos, h_neg, loss.item()"), (_BACKWARD, "loss.backward(retain_graph=True)\n"),
    ),
    wrong(
        "the layer climbs its loss", "ff_layer", "ff_layer_step", "losses that fall",
        (_BACKWARD, "(-loss).backward()\n"),
    ),
    wrong("gradients never set to zero", "ff_layer", "ff_layer_own_gradient", "zero", (f"        {_ZERO}", "")),
    wrong(
        "gradients set to zero between backward and step", "ff_layer",
        "ff_layer_moves ff_layer_step ff_layer_own_gradient", "losses that fall",
        (f"{_ZERO}        {_BACKWARD}", f"{_BACKWARD}        {_ZERO}"),
    ),
    wrong(
        "the optimizer has the weights only", "ff_layer", "ff_layer_moves", "parameters",
        ("Adam(self.parameters(),", "Adam([self.linear.weight],"),
    ),
    wrong(
        "the learning rate of the layer is fixed", "ff_layer", "ff_layer_moves", "learning rate",
        ("lr=lr", "lr=0.001"),
    ),
    wrong(
        "an optimizer shared with the layer made before", "ff_layer", "ff_layer_local", "own optimizer",
        (
            _OPTIMIZER,
            'before = getattr(FFLayer, "latest", None)\n        '
            "shared = [*self.parameters(), *(before.parameters() if before else ())]\n        "
            "self.optimizer = torch.optim.Adam(shared, lr=lr)\n        FFLayer.latest = self",
        ),
        (_ZERO, "self.zero_grad()\n"),
    ),
)  # fmt: skip

MISTAKES = (*_FORWARD, *_UPDATE)
