"""Right ways to write the functions of the supervised notebook: loaders, labels, goodness and the loss."""

from .right import supervised

_LOADERS = (
    supervised(
        "loaders over torchvision's own dataset with transforms",
        mnist_loaders="""
        from torchvision import transforms

        def mnist_loaders(root, batch_size):
            flat = transforms.Compose([transforms.ToTensor(), transforms.Lambda(lambda image: image.view(-1))])
            train = MNIST(root, train=True, transform=flat)
            test = MNIST(root, train=False, transform=flat)
            train_loader = DataLoader(train, batch_size=batch_size, shuffle=True)
            return train_loader, DataLoader(test, batch_size=batch_size, shuffle=False)
        """,
    ),
    supervised(
        "loaders over a dataset class of their own, the last batch dropped in training",
        mnist_loaders="""
        class Digits(torch.utils.data.Dataset):
            def __init__(self, root, train):
                self.digits = MNIST(root=root, train=train, download=False)

            def __len__(self):
                return len(self.digits.targets)

            def __getitem__(self, i):
                return self.digits.data[i].flatten().float().div(255.0), int(self.digits.targets[i])


        def mnist_loaders(root, batch_size):
            train = DataLoader(Digits(root, True), batch_size, shuffle=True, drop_last=True)
            return [train, DataLoader(Digits(root, False), batch_size)]
        """,
    ),
    supervised(
        "loaders with samplers, a collate function and pixels through numpy",
        mnist_loaders="""
        import numpy as np
        from torch.utils.data import BatchSampler, RandomSampler, SequentialSampler

        def mnist_loaders(root, batch_size):
            def loader(train):
                digits = MNIST(root, train=train)
                pixels = np.asarray(digits.data).reshape(-1, 28 * 28).astype("float32") / np.float32(255)
                labels = digits.targets.numpy().astype(np.int64)
                sampler = RandomSampler(labels) if train else SequentialSampler(labels)
                batches = BatchSampler(sampler, batch_size, drop_last=False)

                def collate(rows):
                    return torch.from_numpy(pixels[rows]), torch.from_numpy(labels[rows])

                return DataLoader(range(len(labels)), batch_sampler=batches, collate_fn=collate)

            return loader(True), loader(False)
        """,
    ),
    supervised(
        "test loader shuffled too, with a generator, pinned memory and chatter",
        mnist_loaders="""
        def mnist_loaders(root, batch_size):
            print("reading", root)
            both = []
            for train in (True, False):
                digits = MNIST(root, train)
                x = (digits.data.double() / 255).flatten(1).float()
                data = list(zip(x, digits.targets))
                print(len(data), "digits")
                g = torch.Generator().manual_seed(int(train))
                both.append(DataLoader(data, batch_size, shuffle=True, generator=g, pin_memory=True))
            return tuple(both)
        """,
    ),
)

_LABELS = (
    supervised(
        "labels written by comparison and concatenation",
        embed_label="""
        def embed_label(x, y, num_classes=10):
            label = (y[:, None] == torch.arange(num_classes)).type_as(x)
            return torch.hstack((label, x[:, num_classes:]))
        """,
        wrong_labels="""
        def wrong_labels(y, num_classes=10):
            others = torch.randint(num_classes - 1, (len(y),))
            return others + (others >= y).long()  # jump over the true label
        """,
    ),
    supervised(
        "labels written by scatter, wrong ones by multinomial",
        embed_label="""
        def embed_label(x, y, num_classes=10):
            out = x.clone()
            out[:, :num_classes].zero_().scatter_(1, y.unsqueeze(1), 1.0)
            return out
        """,
        wrong_labels="""
        def wrong_labels(y, num_classes=10):
            weights = torch.ones(len(y), num_classes)
            weights[range(len(y)), y] = 0
            return torch.multinomial(weights, 1).squeeze(1)
        """,
    ),
    supervised(
        "labels in python loops, wrong ones drawn until they are wrong",
        embed_label="""
        import copy

        def embed_label(x, y, num_classes=10):
            labelled = copy.deepcopy(x)
            for row, label in zip(labelled, y.tolist()):
                for pixel in range(num_classes):
                    row[pixel] = float(pixel == label)
            return labelled
        """,
        wrong_labels="""
        import random

        def wrong_labels(y, num_classes=10):
            answer = []
            for true in y.tolist():
                label = random.randrange(num_classes)
                while label == true:
                    label = random.randrange(num_classes)
                answer.append(label)
            return torch.tensor(answer, dtype=torch.int64)
        """,
    ),
    supervised(
        "labels through numpy and its Generator",
        embed_label="""
        import numpy as np

        def embed_label(x, y, num_classes=10):
            images = x.numpy().copy()
            images[:, :num_classes] = np.eye(num_classes)[y.numpy()]
            return torch.from_numpy(images)
        """,
        wrong_labels="""
        rng = np.random.default_rng(402)

        def wrong_labels(y, num_classes=10):
            step = rng.integers(1, num_classes, size=len(y))
            return torch.as_tensor((y.numpy() + step) % num_classes)
        """,
    ),
    supervised(
        "labelled images a transposed view, wrong labels the largest of random numbers",
        embed_label="""
        def embed_label(x, y, num_classes=10):
            label = torch.nn.functional.one_hot(y.to(torch.int64), num_classes=num_classes).to(x.dtype)
            return torch.cat([label.T, x.T[num_classes:]]).T
        """,
        wrong_labels="""
        generator = torch.Generator().manual_seed(7)

        def wrong_labels(y, num_classes=10):
            noise = torch.rand(y.shape[0], num_classes, generator=generator)
            noise.scatter_(1, y.view(-1, 1), -1.0)
            return noise.argmax(dim=1)
        """,
    ),
    supervised(
        "wrong labels from a permutation for each row",
        wrong_labels="""
        def wrong_labels(y, num_classes=10):
            def one(true):
                first, second = torch.randperm(num_classes)[:2]
                return second if first == true else first

            return torch.stack(list(map(one, y)))
        """,
    ),
)

_GOODNESS = (
    supervised(
        "goodness by einsum, the loss by binary cross-entropy",
        goodness='def goodness(h):\n    return torch.einsum("bh,bh->b", h, h)',
        ff_loss="""
        def ff_loss(g_pos, g_neg, threshold):
            logits = torch.cat((g_pos, g_neg)) - threshold
            answers = torch.cat((torch.ones_like(g_pos), torch.zeros_like(g_neg)))
            return F.binary_cross_entropy_with_logits(logits, answers)
        """,
    ),
    supervised(
        "goodness the squared norm, the loss by logsigmoid",
        goodness="def goodness(h):\n    return torch.linalg.vector_norm(h, dim=-1) ** 2",
        ff_loss="""
        def ff_loss(g_pos, g_neg, threshold):
            return -(F.logsigmoid(g_pos - threshold).mean() + F.logsigmoid(threshold - g_neg).mean()) / 2
        """,
    ),
    supervised(
        "goodness row by row, the loss term by term",
        goodness="""
        def goodness(h):
            sums = []
            for row in h:
                sums.append(row @ row)
            return torch.stack(sums)
        """,
        ff_loss="""
        def ff_loss(g_pos, g_neg, threshold):
            total = 0
            for z in [*(threshold - g for g in g_pos), *(g - threshold for g in g_neg)]:
                total = total + (z.clamp(min=0) + torch.log1p(torch.exp(-z.abs())))
            return total / (len(g_pos) + len(g_neg))
        """,
    ),
    supervised(
        "goodness by a batched product, the loss by logsumexp",
        goodness="def goodness(h):\n    return torch.bmm(h.unsqueeze(1), h.unsqueeze(2)).view(len(h))",
        ff_loss="""
        def ff_loss(g_pos, g_neg, threshold):
            z = torch.stack([threshold - g_pos, g_neg - threshold])
            return torch.logsumexp(torch.stack([torch.zeros_like(z), z]), dim=0).mean()
        """,
    ),
    supervised(
        "goodness and loss left in float64",
        goodness="def goodness(h):\n    return h.double().pow(2).sum(-1)",
        ff_loss="""
        def ff_loss(g_pos, g_neg, threshold):
            z = torch.cat([threshold - g_pos.double(), g_neg.double() - threshold])
            return torch.where(z > 30, z, torch.log(1 + torch.exp(z.clamp(max=30)))).mean()
        """,
    ),
    supervised(
        "goodness a diagonal, the loss by cross-entropy of two scores",
        goodness="def goodness(h):\n    return torch.matmul(h, h.T).diagonal()",
        ff_loss="""
        def ff_loss(g_pos, g_neg, threshold):
            over = torch.cat([g_pos, g_neg]) - threshold
            scores = torch.stack([torch.zeros_like(over), over], dim=1)
            classes = torch.arange(2).flip(0).repeat_interleave(len(g_pos))
            return nn.CrossEntropyLoss()(scores, classes)
        """,
    ),
    supervised(
        "goodness column by column with asserts, the loss an object",
        goodness="""
        def goodness(h):
            assert h.dim() == 2, f"h must be (B, H), not {tuple(h.shape)}"
            total = torch.zeros_like(h[:, 0])
            for column in h.unbind(1):
                total = torch.addcmul(total, column, column)
            return total
        """,
        ff_loss="""
        class Loss(nn.Module):
            def __init__(self, threshold):
                super().__init__()
                self.threshold, self.softplus = threshold, nn.Softplus(threshold=30)

            def forward(self, g_pos, g_neg):
                pos, neg = self.softplus(self.threshold - g_pos), self.softplus(g_neg - self.threshold)
                return 0.5 * pos.mean() + neg.mean() / 2


        def ff_loss(g_pos, g_neg, threshold):
            return Loss(threshold)(g_pos, g_neg)
        """,
    ),
)

FUNCTIONS = (*_LOADERS, *_LABELS, *_GOODNESS)
