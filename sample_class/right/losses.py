"""Right ways to write softmax_loss: other formulas, libraries, loops and kinds of numbers."""

from .right import module

LOSSES = (
    module(
        "softmax loss from torch.nn.functional",
        softmax_loss="""
        loss = torch.nn.functional.cross_entropy(x, y)
        dx = (torch.nn.functional.softmax(x, dim=1) - torch.nn.functional.one_hot(y, x.shape[1])) / x.shape[0]
        """,
    ),
    module(
        "softmax loss by logsumexp, gather and scatter",
        softmax_loss="""
        right = y.view(-1, 1)
        total = torch.logsumexp(x, dim=1, keepdim=True)
        loss = (total - x.gather(1, right)).mean()
        dx = torch.exp(x - total)
        dx.scatter_add_(1, right, -torch.ones_like(dx[:, :1]))
        dx.div_(y.numel())
        """,
    ),
    module(
        "softmax loss in plain python numbers",
        softmax_loss="""
        import math
        rows, total = [], 0.0
        for scores, label in zip(x.tolist(), y.tolist()):
            top = max(scores)
            powers = [math.exp(score - top) for score in scores]
            z = sum(powers)
            total += math.log(z) - (scores[label] - top)
            rows.append([(power / z - (c == label)) / len(y) for c, power in enumerate(powers)])
        loss = torch.tensor(total / len(y), dtype=x.dtype)
        dx = torch.tensor(rows, dtype=x.dtype)
        """,
    ),
    module(
        "softmax loss a python float",
        softmax_loss="""
        p = torch.softmax(x, dim=1)
        loss = -torch.log_softmax(x, dim=1)[range(len(y)), y].mean().item()
        p[range(len(y)), y] -= 1
        dx = p / len(y)
        """,
    ),
    module(
        "softmax loss left in float64, its gradient in the scores' dtype",
        softmax_loss="""
        fine = x.to(torch.float64)
        log_p = fine - torch.logsumexp(fine, 1, True)
        loss = -torch.mean(torch.take_along_dim(log_p, y[:, None], 1))
        dx = ((log_p.exp() - torch.eye(x.shape[1], dtype=torch.float64)[y]) / len(x)).to(x)
        """,
    ),
    module(
        "softmax loss through numpy",
        softmax_loss="""
        import numpy as np
        s, t = x.numpy(), y.numpy()
        s = s - np.max(s, axis=1, keepdims=True)
        p = np.exp(s)
        z = np.sum(p, axis=1, keepdims=True)
        n = np.arange(len(t))
        loss = torch.tensor(np.mean(np.log(z[:, 0]) - s[n, t]))
        p /= z
        p[n, t] -= 1
        dx = torch.from_numpy(p / len(t))
        """,
    ),
    module(
        "softmax loss by recursion on halves of the batch",
        softmax_loss="""
        def halves(x, y):
            n = len(y)
            if n == 1:
                log_p = x[0] - x[0].max() - (x[0] - x[0].max()).exp().sum().log()
                d = log_p.exp()
                d[y[0]] -= 1
                return -log_p[y[0]], [d]
            (a, left), (b, right) = halves(x[: n // 2], y[: n // 2]), halves(x[n // 2 :], y[n // 2 :])
            return a + b, left + right

        total, rows = halves(x, y)
        loss, dx = total / len(y), torch.stack(rows) / len(y)
        """,
    ),
    module(
        "labels as int32 and as a boolean mask",
        softmax_loss="""
        small = y.to(torch.int32)
        mask = small[:, None] == torch.arange(x.shape[1], dtype=torch.int32)
        shifted = x - x.amax(dim=1, keepdim=True)
        p = shifted.exp() / shifted.exp().sum(1, keepdim=True)
        loss = (shifted.exp().sum(1).log() - shifted[mask]).mean()
        dx = torch.where(mask, p - 1, p) / x.shape[0]
        """,
    ),
    module(
        "softmax loss with the largest score found by sorting",
        softmax_loss="""
        top = x.sort(dim=1, descending=True)[0][:, :1]
        e = torch.pow(torch.e, x - top)
        loss, N = 0.0, x.shape[0]
        for i in range(N):
            loss = loss + torch.log(e[i].sum()) - x[i, y[i]] + top[i, 0]
        loss = loss / N
        dx = e / e.sum(dim=1).unsqueeze(1)
        for i in range(N):
            dx[i, y[i]] = dx[i, y[i]] - 1
        dx *= 1 / N
        """,
    ),
)
