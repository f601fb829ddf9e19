"""Mistakes in the unsupervised notebook's network and in its features; with those of the classifier on them."""

from ..edits import Edit, in_cell
from . import unsupervised_classifier
from .mistake import UNSUPERVISED, Mistake


def _net(*pairs: tuple[str, str]) -> tuple[Edit, ...]:
    return tuple(in_cell(UNSUPERVISED, "unsupervised_ff_net", old, new) for old, new in pairs)


_START = "h_pos, h_neg, losses = x, make_negatives(x), []"
_UPDATE = "            h_pos, h_neg, loss = layer.train_batch(h_pos, h_neg)\n"
_LOOP = f"        for layer in self.layers:\n{_UPDATE}            losses.append(loss)\n        return losses\n"
_SUMMED = """\
        total = 0
        for layer in self.layers:
            h_pos, h_neg = layer(h_pos), layer(h_neg)
            losses.append(ff_loss(goodness(h_pos), goodness(h_neg), layer.threshold))
            total = total + losses[-1]
            layer.optimizer.zero_grad()
        total.backward()
        for layer in self.layers:
            layer.optimizer.step()
        return [loss.item() for loss in losses]
"""
_LAST_ONLY = """\
        for layer in self.layers[:-1]:
            h_pos, h_neg = layer(h_pos).detach(), layer(h_neg).detach()
            losses.append(ff_loss(goodness(h_pos), goodness(h_neg), layer.threshold).item())
        return [*losses, self.layers[-1].train_batch(h_pos, h_neg)[2]]
"""
_BATCHES = "torch.tensor([self.train_batch(x) for x, _ in loader])"
_HISTORY = "history.append(losses.mean(dim=0).tolist())"
_SCALED = "features.append(F.normalize(x, dim=1) * x.shape[1] ** 0.5)"
_SIDE_BY_SIDE = "return torch.cat(features, dim=1)"

MISTAKES = (
    Mistake(
        "net without its last layer",
        UNSUPERVISED,
        _net(("pairwise(dims)", "pairwise(dims[:-1])")),
        ("unsupervised_net_layers",),
        ("unsupervised_*", "train_classifier_*"),
        hint="layers of [3920]",
    ),
    Mistake(
        "learning rate not passed on to the layers of the unsupervised net",
        UNSUPERVISED,
        _net(("FFLayer(dim_in, dim_out, lr=lr)", "FFLayer(dim_in, dim_out)")),
        ("unsupervised_net_moves",),
        ("unsupervised_net_history",),
        hint="lr=0.0",
    ),
    Mistake(
        "train_batch of the unsupervised net returns after its first layer",
        UNSUPERVISED,
        _net(("        return losses\n", "            return losses\n")),
        ("unsupervised_net_losses", "unsupervised_net_moves"),
        ("unsupervised_net_history", "unsupervised_net_learns"),
        hint="changes in all of them",
    ),
    Mistake(
        "only the last layer of the unsupervised net is trained",
        UNSUPERVISED,
        _net((_LOOP, _LAST_ONLY)),
        ("unsupervised_net_moves", "unsupervised_net_learns"),
        hint="changes in all of them",
    ),
    Mistake(
        "all layers of the unsupervised net trained on the sum of their losses",
        UNSUPERVISED,
        _net((_LOOP, _SUMMED)),
        ("unsupervised_net_local",),
        hint="no gradient flows",
    ),
    Mistake(
        "hybrids trained as positive data, digits as negative",
        UNSUPERVISED,
        _net((_START, "h_pos, h_neg, losses = make_negatives(x), x, []")),
        ("unsupervised_net_losses", "unsupervised_net_learns"),
        hint="told apart",
    ),
    Mistake(
        "positive and negative activities exchanged between layers",
        UNSUPERVISED,
        _net(("h_pos, h_neg, loss = layer", "h_neg, h_pos, loss = layer")),
        ("unsupervised_net_losses", "unsupervised_net_learns"),
        hint="told apart",
    ),
    Mistake(
        "digits trained against themselves",
        UNSUPERVISED,
        _net((_START, "h_pos, h_neg, losses = x, x.clone(), []")),
        ("unsupervised_net_losses", "unsupervised_net_learns"),
        ("unsupervised_net_fresh",),
        hint="told apart",
    ),
    Mistake(
        "digits trained against noise",
        UNSUPERVISED,
        _net((_START, "h_pos, h_neg, losses = x, torch.rand_like(x), []")),
        ("unsupervised_net_losses", "unsupervised_net_learns"),
        ("unsupervised_net_history",),
        hint="digits against hybrids",
    ),
    Mistake(
        "hybrids of the first batch kept for the whole run",
        UNSUPERVISED,
        _net(
            (
                f"        {_START}",
                '        if not hasattr(self, "negatives"):\n            self.negatives = make_negatives(x)\n'
                f"        {_START.replace('make_negatives(x)', 'self.negatives')}",
            )
        ),
        ("unsupervised_net_fresh",),
        ("unsupervised_net_learns",),
        hint="same loss three times",
    ),
    Mistake(
        "history of the unsupervised net sums over the batches",
        UNSUPERVISED,
        _net((_HISTORY, "history.append(losses.sum(dim=0).tolist())")),
        ("unsupervised_net_history",),
        hint="mean over the batches",
    ),
    Mistake(
        "history of the unsupervised net has the last batch only",
        UNSUPERVISED,
        _net((_HISTORY, "history.append(losses[-1].tolist())")),
        ("unsupervised_net_history",),
        hint="mean over the batches",
    ),
    Mistake(
        "history of the unsupervised net has an entry for every batch",
        UNSUPERVISED,
        _net((_HISTORY, "history.extend(losses.tolist())")),
        ("unsupervised_net_history",),
        hint="four epochs",
    ),
    Mistake(
        "unsupervised net trained for one epoch, however many are asked for",
        UNSUPERVISED,
        _net(("range(epochs)", "range(1)")),
        ("unsupervised_net_history",),
        hint="four epochs",
    ),
    Mistake(
        "unsupervised net trained on images with their label in the first pixels",
        UNSUPERVISED,
        _net(
            (
                _BATCHES,
                "torch.tensor([self.train_batch(torch.cat([F.one_hot(y, 10).float(), x[:, 10:]], 1))"
                " for x, y in loader])",
            )
        ),
        ("unsupervised_net_labels",),
        ("unsupervised_net_history",),
        hint="labels may not be used",
    ),
    Mistake(
        "images sorted by their labels before they are mixed",
        UNSUPERVISED,
        _net((_BATCHES, "torch.tensor([self.train_batch(x[y.argsort()]) for x, y in loader])")),
        ("unsupervised_net_labels",),
        hint="labels may not be used",
    ),
    Mistake(
        "features of the last layer only",
        UNSUPERVISED,
        _net((_SIDE_BY_SIDE, "return features[-1]")),
        ("unsupervised_features_shape",),
        ("unsupervised_features_value", "unsupervised_features_normalised"),
        hint="7 + 5 units",
    ),
    Mistake(
        "features carry a gradient",
        UNSUPERVISED,
        _net(("    @torch.no_grad()\n", "")),
        ("unsupervised_features_shape",),
        ("train_classifier_*",),
        hint="with a gradient",
    ),
    Mistake(
        "features of the layers in reverse order",
        UNSUPERVISED,
        _net((_SIDE_BY_SIDE, "return torch.cat(features[::-1], dim=1)")),
        ("unsupervised_features_value",),
        ("unsupervised_features_normalised",),
        hint="activities of the layers",
    ),
    Mistake(
        "features computed without scaling the inputs of the layers",
        UNSUPERVISED,
        _net(("x = layer(x)", "x = F.relu(layer.linear(x))")),
        ("unsupervised_features_value",),
        hint="activities of the layers",
    ),
    Mistake(
        "features not scaled",
        UNSUPERVISED,
        _net((_SCALED, "features.append(x)")),
        ("unsupervised_features_normalised",),
        hint="mean squares",
    ),
    Mistake(
        "features of length 1 in each layer",
        UNSUPERVISED,
        _net((_SCALED, "features.append(F.normalize(x, dim=1))")),
        ("unsupervised_features_normalised",),
        hint="mean squares",
    ),
    Mistake(
        "features scaled over all layers together",
        UNSUPERVISED,
        _net(
            (_SCALED, "features.append(x)"),
            (_SIDE_BY_SIDE, "x = torch.cat(features, dim=1)\n        return F.normalize(x) * x.shape[1] ** 0.5"),
        ),
        ("unsupervised_features_normalised",),
        hint="scaled on their own",
    ),
    Mistake(
        "features of a layer without activity divided by zero",
        UNSUPERVISED,
        _net((_SCALED, "features.append(x / x.square().mean(dim=1, keepdim=True).sqrt())")),
        ("unsupervised_features_normalised",),
        ("unsupervised_features_value",),
        hint="zeros stay zeros",
    ),
    Mistake(
        "features scales the images in place",
        UNSUPERVISED,
        _net(("        features = []\n", "        features = []\n        x /= x.norm(dim=1, keepdim=True) + 1e-8\n")),
        ("unsupervised_features_frozen",),
        hint="x afterwards",
    ),
    *unsupervised_classifier.MISTAKES,
)
