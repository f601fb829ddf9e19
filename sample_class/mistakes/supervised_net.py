"""Mistakes in FFNet."""

from .supervised_edit import wrong

_NEGATIVE = "h_neg = embed_label(x, wrong_labels(y, self.num_classes), self.num_classes)"
_UPDATE = "h_pos, h_neg, loss = layer.train_batch(h_pos, h_neg)\n"
_LAYERS = f"""\
        losses = []
        for layer in self.layers:
            {_UPDATE}            losses.append(loss)
        return losses
"""
_HISTORY, _EPOCH = "history = []\n", "losses = torch.tensor([self.train_batch(x, y) for x, y in loader])\n"
_BAR = 'bar.set_postfix(loss=" ".join(f"{loss:.3f}" for loss in history[-1]))\n'
_TRIED, _ADDED = "h = embed_label(x, torch.full((len(x),), label), self.num_classes)", "total = total + goodness(h)"

_JOINT = """\
        losses = []
        for layer in self.layers:
            h_pos, h_neg = layer(torch.cat([h_pos, h_neg])).chunk(2)
            losses.append(ff_loss(goodness(h_pos), goodness(h_neg), layer.threshold))
            layer.optimizer.zero_grad()
        sum(losses).backward()
        for layer in self.layers:
            layer.optimizer.step()
        return [loss.item() for loss in losses]
"""
_FIRST_ONLY = """\
            if layer is self.layers[0]:
                h_pos, h_neg, loss = layer.train_batch(h_pos, h_neg)
            else:
                with torch.no_grad():
                    h_pos, h_neg = layer(h_pos), layer(h_neg)
                    loss = ff_loss(goodness(h_pos), goodness(h_neg), layer.threshold).item()
"""
_MADE_ONCE = """\
            losses = []
            for h_pos, h_neg in pairs:
                row = []
                for layer in self.layers:
                    h_pos, h_neg, loss = layer.train_batch(h_pos, h_neg)
                    row.append(loss)
                losses.append(row)
            losses = torch.tensor(losses)
"""
_PAIRS = """\
history = []
        pairs = []
        for x, y in loader:
            h_neg = embed_label(x, wrong_labels(y, self.num_classes), self.num_classes)
            pairs.append((embed_label(x, y, self.num_classes), h_neg))
"""

MISTAKES = (
    wrong(
        "a layer too few", "ff_net", "ff_net_layers", "weights", ("pairwise(dims)", "pairwise(dims[:-1])"),
        may_lose="ff_net_moves ff_net_history",
    ),
    wrong(
        "positive and negative data exchanged", "ff_net", "ff_net_losses", "with its labels y",
        ("layer.train_batch(h_pos, h_neg)", "layer.train_batch(h_neg, h_pos)"), may_lose="ff_net_learns",
    ),
    wrong(
        "negative data made of other images of the batch", "ff_net", "ff_net_losses", "wrong for the image",
        (_NEGATIVE, _NEGATIVE.replace("(x, ", "(x[torch.randperm(len(x))], ")),
    ),
    wrong(
        "one wrong label for the whole batch", "ff_net", "ff_net_losses", "wrong for the image",
        (_NEGATIVE, _NEGATIVE.replace("(y, self.num_classes)", "(y[:1], self.num_classes).expand(len(y))")),
    ),
    wrong(
        "learning rate not passed on to the layers", "ff_net", "ff_net_moves", "lr=0.0",
        ("FFLayer(dim_in, dim_out, lr=lr)", "FFLayer(dim_in, dim_out)"),
    ),
    wrong(
        "layers above the first are not trained", "ff_net", "ff_net_moves", "changes in all of them",
        (f"            {_UPDATE}", _FIRST_ONLY), may_lose="ff_net_learns",
    ),
    wrong(
        "all layers trained by backpropagation of the summed losses", "ff_net", "ff_net_local", "gradient flows",
        (_LAYERS, _JOINT),
    ),
    wrong(
        "negative data drawn from the same seed for every batch", "ff_net", "ff_net_fresh", "different losses",
        (_NEGATIVE, f"torch.manual_seed(0)\n        {_NEGATIVE}"),
    ),
    wrong(
        "negative data made once for all epochs", "ff_net", "ff_net_fresh", "different losses",
        (_HISTORY, _PAIRS), (f"            {_EPOCH}", _MADE_ONCE),
    ),
    wrong(
        "the history adds losses up over batches", "ff_net", "ff_net_history", "mean over the batches",
        ("losses.mean(dim=0)", "losses.sum(dim=0)"),
    ),
    wrong(
        "the history has the last batch only", "ff_net", "ff_net_history", "mean over the batches",
        ("losses.mean(dim=0)", "losses[-1]"),
    ),
    wrong(
        "the history is a list for every layer", "ff_net", "ff_net_history", "4 entries",
        ("return history", "return torch.tensor(history).T.tolist()"),
    ),
    wrong(
        "fit returns after one epoch", "ff_net", "ff_net_history", "4 entries",
        (f"{_BAR}        return history", f"{_BAR}            return history"), may_lose="ff_net_learns",
    ),
    wrong(
        "fit's learning rate is 0 by an integer division", "ff_net", "ff_net_learns", "more than a half",
        ("(1 - epoch / epochs)", "((epochs - epoch - 1) // epochs)"),
    ),
    wrong(
        "predict leaves out the first layer", "ff_net", "ff_net_predict", "largest goodness",
        (_ADDED, f"if layer is not self.layers[0]:\n                    {_ADDED}"),
    ),
    wrong(
        "predict looks at the last layer only", "ff_net", "ff_net_predict", "largest goodness",
        (_ADDED, "total = goodness(h)"),
    ),
    wrong(
        "predict takes the label of least goodness", "ff_net", "ff_net_predict", "largest goodness",
        ("argmax(dim=1)", "argmin(dim=1)"), may_lose="ff_net_learns",
    ),
    wrong(
        "predict does not scale rows", "ff_net", "ff_net_predict", "largest goodness",
        ("h = layer(h)", "h = F.relu(layer.linear(h))"), may_lose="ff_net_learns",
    ),
    wrong(
        "predict sets the tried pixel and leaves the other nine", "ff_net", "ff_net_predict_no_label",
        "writes every label", (_TRIED, "h = x.clone()\n            h[:, label] = 1"),
    ),
    wrong(
        "the network takes ten classes for granted", "ff_net", "ff_net_predict", "largest goodness",
        ("embed_label(x, y, self.num_classes)", "embed_label(x, y)"),
        (_NEGATIVE, "h_neg = embed_label(x, wrong_labels(y))"),
        ("range(self.num_classes)", "range(10)"), (_TRIED, "h = embed_label(x, torch.full((len(x),), label))"),
    ),
)  # fmt: skip
