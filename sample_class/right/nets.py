"""Right ways to write FFNet: other loops over labels, batches and layers, other histories, other negative data."""

from ..mistakes.mistake import SUPERVISED
from .right import Right, changed

_LAYERS = "self.layers = [FFLayer(dim_in, dim_out, lr=lr) for dim_in, dim_out in pairwise(dims)]"
_NEGATIVE = "h_neg = embed_label(x, wrong_labels(y, self.num_classes), self.num_classes)"
_POSITIVE = "h_pos = embed_label(x, y, self.num_classes)\n        "
_TRAIN = """        losses = []
        for layer in self.layers:
            h_pos, h_neg, loss = layer.train_batch(h_pos, h_neg)
            losses.append(loss)
        return losses"""
_DECAY = """            for layer in self.layers:  # the steps become smaller from epoch to epoch
                layer.optimizer.param_groups[0]["lr"] = self.lr * (1 - epoch / epochs)
"""
_EPOCH = """            losses = torch.tensor([self.train_batch(x, y) for x, y in loader])
            history.append(losses.mean(dim=0).tolist())
            bar.set_postfix(loss=" ".join(f"{loss:.3f}" for loss in history[-1]))"""
_PREDICT = """        sums = []
        for label in range(self.num_classes):
            h = embed_label(x, torch.full((len(x),), label), self.num_classes)
            total = 0
            for layer in self.layers:
                h = layer(h)
                total = total + goodness(h)
            sums.append(total)
        return torch.stack(sums, dim=1).argmax(dim=1)"""


def _net(name: str, *pairs: tuple[str, str]) -> Right:
    return changed(SUPERVISED, f"FFNet: {name}", "ff_net", *pairs)


NETS = (
    _net(
        "all labels of an image in one batch",
        (
            _PREDICT,
            """        B, C = len(x), self.num_classes
        h = embed_label(x.repeat_interleave(C, dim=0), torch.arange(C).repeat(B), C)
        total = torch.zeros(B * C)
        for layer in self.layers:
            h = layer(h)
            total += goodness(h)
        return total.view(B, C).max(dim=1).indices""",
        ),
    ),
    _net(
        "images one by one, the best label kept in plain numbers",
        (
            _PREDICT,
            """        answers = []
        for image in x:
            best, answer = float("-inf"), -1
            for label in range(self.num_classes):
                h, total = embed_label(image[None], torch.tensor([label]), self.num_classes), 0.0
                for layer in self.layers:
                    h = layer.forward(h)
                    total += goodness(h).item()
                if total > best:
                    best, answer = total, label
            answers.append(answer)
        return torch.tensor(answers)""",
        ),
    ),
    _net(
        "prediction by recursion through the layers, in chunks of images",
        (
            _PREDICT,
            """        def total(h, layers):
            if not layers:
                return 0
            h = layers[0](h)
            return goodness(h) + total(h, layers[1:])

        parts = []
        for part in x.split(64):
            names = [torch.full((len(part),), label) for label in range(self.num_classes)]
            rows = torch.stack([total(embed_label(part, name, self.num_classes), self.layers) for name in names])
            parts.append(rows.topk(1, dim=0).indices[0])
        return torch.cat(parts)""",
        ),
    ),
    _net(
        "no decay of the rate, running sums in numpy",
        (_DECAY, ""),
        (
            _EPOCH,
            """            import numpy as np
            total, count = np.zeros(len(self.layers)), 0
            for x, y in loader:
                total += np.array(self.train_batch(x, y))
                count += 1
            history.append(list(total / count))""",
        ),
    ),
    _net(
        "a cosine for the rate, bars over batches too",
        ("self.lr * (1 - epoch / epochs)", "self.lr * 0.5 * (1 + __import__('math').cos(3.14159 * epoch / epochs))"),
        (
            _EPOCH,
            """            losses = []
            for x, y in tqdm(loader, desc=f"epoch {epoch + 1}", leave=False):
                losses.append(self.train_batch(x, y))
            print("epoch", epoch + 1, "of", epochs)
            history += [[sum(column) / len(column) for column in zip(*losses)]]""",
        ),
    ),
    _net(
        "batches of a list in random order",
        (
            _EPOCH,
            """            import random
            from statistics import fmean
            batches = list(loader)
            random.shuffle(batches)
            losses = [self.train_batch(*batch) for batch in batches]
            history.append([fmean(losses_of_layer) for losses_of_layer in zip(*losses)])""",
        ),
    ),
    _net(
        "a Module with a plain list, layers made in a loop",
        ("class FFNet:", "class FFNet(nn.Module):"),
        (
            _LAYERS,
            """super().__init__()
        self.layers = []
        for i in range(1, len(dims)):
            self.layers.append(FFLayer(out_features=dims[i], in_features=dims[i - 1], threshold=dims[i] / 1, lr=lr))""",
        ),
    ),
    _net(
        "layers trained by a generator, negative data drawn row by row",
        (
            _POSITIVE + _NEGATIVE + "\n" + _TRAIN,
            """def losses(pos, neg):
            for layer in self.layers:
                pos, neg, loss = layer.train_batch(pos.detach(), neg.detach())
                yield loss

        wrong = torch.cat([wrong_labels(y[i : i + 1], self.num_classes) for i in range(len(y))])
        pair = [embed_label(x, labels, self.num_classes) for labels in (y, wrong)]
        return list(losses(*pair))""",
        ),
    ),
    _net(
        "wrong labels drawn by their goodness",
        (
            _NEGATIVE,
            """h_neg = embed_label(x, self.hard_labels(x, y), self.num_classes)""",
        ),
        (
            "    def fit(self, loader, epochs):",
            '''    @torch.no_grad()
    def hard_labels(self, x, y):
        """A wrong label for each row, drawn by how plausible the first layer finds it."""
        sums = torch.stack(
            [
                goodness(self.layers[0](embed_label(x, torch.full_like(y, label), self.num_classes)))
                for label in range(self.num_classes)
            ],
            dim=1,
        )
        chances = (sums / sums.mean()).softmax(dim=1)
        chances[torch.arange(len(y)), y] = 0
        return torch.multinomial(chances, 1)[:, 0]

    def fit(self, loader, epochs):''',
        ),
    ),
    _net("another rate to start with", ("lr=0.003", "lr=0.002")),
    _net(
        "labels of other words, checks and a history of rounded numbers",
        (
            _POSITIVE + _NEGATIVE,
            """assert len(x) == len(y) and y.dtype == torch.int64
        negative = wrong_labels(y, num_classes=self.num_classes)
        assert not (negative == y).any()
        h_pos, h_neg = (embed_label(x, labels, num_classes=self.num_classes) for labels in (y, negative))""",
        ),
        ("losses.mean(dim=0).tolist()", "[round(loss, 6) for loss in losses.double().mean(dim=0).tolist()]"),
    ),
)
