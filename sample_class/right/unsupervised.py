"""Right ways to write masks and hybrids: other random bits, blurs and borders, other pairs of images."""

from .right import unsupervised

_MASKS = (
    unsupervised(
        "masks by two convolutions, the border repeated",
        make_mask="""
        def make_mask(shape, blurs=12):
            bits = torch.bernoulli(torch.full(shape, 0.5)).unsqueeze(1)
            line = torch.tensor([1.0, 2.0, 1.0]) / 4
            for _ in range(blurs):
                bits = F.pad(bits, (1, 1, 1, 1), mode="replicate")
                bits = F.conv2d(F.conv2d(bits, line.view(1, 1, 1, 3)), line.view(1, 1, 3, 1))
            return (bits >= 0.5).squeeze(1).to(torch.float32)
        """,
    ),
    unsupervised(
        "masks by one convolution with a kernel of nine numbers",
        make_mask="""
        blur = nn.Conv2d(1, 1, 3, padding=1, padding_mode="reflect", bias=False).requires_grad_(False)
        blur.weight.copy_(torch.tensor([[1.0, 2, 1], [2, 4, 2], [1, 2, 1]]) / 16)


        def make_mask(shape, blurs=8):
            mask = (torch.rand(shape) > 0.5).float()[:, None]
            for _ in range(blurs):
                mask = blur(mask)
            return torch.where(mask[:, 0] > 0.5, 1.0, 0.0)
        """,
    ),
    unsupervised(
        "masks by averages of two neighbours, twice a blur",
        make_mask="""
        def make_mask(shape, blurs=10):
            mask = torch.randint(0, 2, shape).double()
            for _ in range(blurs):
                wide = F.pad(mask[:, None], (1, 1, 1, 1), mode="replicate")
                mask = F.avg_pool2d(F.avg_pool2d(wide, 2, stride=1), 2, stride=1)[:, 0]
            return (mask > 0.5).to(torch.get_default_dtype())
        """,
    ),
    unsupervised(
        "masks by recursion and slices",
        make_mask="""
        def make_mask(shape, blurs=10):
            def blurred(mask, times):
                if times == 0:
                    return mask
                for dim in (1, 2):
                    n = mask.shape[dim]
                    before = torch.cat([mask.narrow(dim, 0, 1), mask.narrow(dim, 0, n - 1)], dim)
                    after = torch.cat([mask.narrow(dim, 1, n - 1), mask.narrow(dim, n - 1, 1)], dim)
                    mask = before / 4 + mask / 2 + after / 4
                return blurred(mask, times - 1)

            return blurred(torch.rand(shape).round(), blurs).gt(0.5).float()
        """,
    ),
    unsupervised(
        "masks through numpy's Generator, rolled around the edges",
        make_mask="""
        import numpy as np

        rng = np.random.default_rng(5)


        def make_mask(shape, blurs=10):
            mask = rng.integers(0, 2, size=shape).astype(np.float32)
            for _ in range(blurs):
                mask = 0.25 * np.roll(mask, 1, 1) + 0.5 * mask + 0.25 * np.roll(mask, -1, 1)
                mask = 0.25 * np.roll(mask, 1, 2) + 0.5 * mask + 0.25 * np.roll(mask, -1, 2)
            return torch.from_numpy((mask > 0.5).astype(np.float32))
        """,
    ),
    unsupervised(
        "masks by matrices for rows and columns, all blurs of a row first",
        make_mask="""
        def make_mask(shape, blurs=6):
            B, rows, columns = shape

            def matrix(n):
                m = torch.diag(torch.full((n,), 0.5)) + torch.diag(torch.full((n - 1,), 0.25), 1)
                m = m + torch.diag(torch.full((n - 1,), 0.25), -1)
                m[0, 0] = m[-1, -1] = 0.75
                return m

            z = torch.randn(shape).sign().clamp(min=0)
            for _ in range(blurs):
                z = torch.einsum("ij,bjk->bik", matrix(rows), z)
            for _ in range(blurs):
                z = z @ matrix(columns).T
            return torch.ceil(z - 0.5).clamp(0, 1)
        """,
    ),
    unsupervised(
        "masks one by one, from python's bits, with chatter",
        make_mask="""
        import random

        def make_mask(shape, blurs=10):
            kernel = torch.tensor([[[0.25, 0.5, 0.25]]])
            masks = []
            for _ in range(shape[0]):
                bits = bin(random.getrandbits(784) | 1 << 784)[3:]
                mask = torch.tensor([float(bit) for bit in bits]).reshape(28, 28)
                for _ in range(blurs):
                    mask = F.conv1d(F.pad(mask[:, None], (1, 1), mode="reflect"), kernel)[:, 0]
                    mask = F.conv1d(F.pad(mask.T[:, None], (1, 1), mode="reflect"), kernel)[:, 0].T
                masks.append(mask)
            print(len(masks), "masks")
            return (torch.stack(masks) > 0.5).float()
        """,
    ),
)

_HYBRIDS = (
    unsupervised(
        "hybrids by where, partners by an offset for each row",
        make_hybrid="def make_hybrid(x1, x2, mask):\n    return torch.where(mask.bool(), x1, x2)",
        make_negatives="""
        def make_negatives(x):
            n = len(x)
            other = (torch.arange(n) + torch.randint(1, n, (n,))) % n
            return make_hybrid(x, x[other], make_mask((n, 28, 28)).view(n, 784))
        """,
    ),
    unsupervised(
        "hybrids by indexing a copy, partners by one cycle",
        make_hybrid="""
        def make_hybrid(x1, x2, mask):
            hybrid = x2.clone()
            ones = mask == 1
            hybrid[ones] = x1[ones]
            return hybrid
        """,
        make_negatives="""
        def make_negatives(x):
            order = torch.randperm(x.size(0))
            partner = torch.empty_like(order)
            partner[order] = order.roll(1)
            masks = make_mask((x.size(0), 28, 28)).reshape(x.size(0), -1)
            return make_hybrid(x, x.index_select(0, partner), masks).contiguous()
        """,
    ),
    unsupervised(
        "hybrids by lerp, two other images of the batch for each row",
        make_hybrid="def make_hybrid(x1, x2, mask):\n    return torch.lerp(x2, x1, mask)",
        make_negatives="""
        def make_negatives(x):
            pairs = torch.stack([torch.randperm(len(x))[:2] for _ in range(len(x))])
            masks = make_mask((len(x), 28, 28)).flatten(1)
            return make_hybrid(x[pairs[:, 0]], x[pairs[:, 1]], masks)
        """,
    ),
    unsupervised(
        "hybrids through numpy, the next image the partner",
        make_hybrid="""
        import numpy as np

        def make_hybrid(x1, x2, mask):
            return torch.from_numpy(np.where(mask.numpy() > 0, x1.numpy(), x2.numpy()))
        """,
        make_negatives="""
        def make_negatives(x):
            masks = make_mask((len(x), 28, 28)).numpy().reshape(len(x), -1)
            return make_hybrid(x, torch.from_numpy(np.roll(x.numpy(), -1, axis=0)), torch.from_numpy(masks))
        """,
    ),
    unsupervised(
        "hybrids picture by picture, a partner drawn until it is another",
        make_hybrid="""
        def make_hybrid(x1, x2, mask):
            both = torch.stack([x2, x1])
            return both.gather(0, mask.long().unsqueeze(0)).squeeze(0)
        """,
        make_negatives="""
        import random

        def make_negatives(x):
            pictures, out = x.view(-1, 28, 28), []
            for i, picture in enumerate(pictures):
                j = i
                while j == i:
                    j = random.randrange(len(x))
                mask = make_mask((1, 28, 28))[0]
                out.append(make_hybrid(picture, pictures[j], mask).flatten())
            return torch.vstack(out)
        """,
    ),
    unsupervised(
        "hybrids pixel after pixel where the mask is one, the batch turned round",
        make_hybrid="""
        def make_hybrid(x1, x2, mask):
            out = torch.empty_like(x2).copy_(x2)
            for place in mask.nonzero().tolist():
                out[tuple(place)] = x1[tuple(place)]
            return out
        """,
        make_negatives="""
        def make_negatives(x):
            turn = 1 + torch.randperm(len(x) - 1)[0].item()
            other = torch.cat([x[turn:], x[:turn]])
            mask = make_mask((len(x), 28, 28)).flatten(1)
            return x * mask + other * (mask == 0)  # for batches, all at once
        """,
    ),
)

DATA = (*_MASKS, *_HYBRIDS)
