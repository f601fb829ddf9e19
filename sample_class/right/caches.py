"""Right ways to go from forward to backward, and manners that bear on no number: caches, chatter, threads, checks."""

from .right import module

_BACK = "dx, dw, db = Linear.backward(ReLU.backward(dout, {relu}), {linear})"
_FORWARD = """
        before, linear_cache = Linear.forward(x, w, b)
        out, relu_cache = ReLU.forward(before)
"""

_CACHES = (
    module(
        "cache a closure",
        linear_relu_forward=_FORWARD
        + """
        def cache(dout):
            return Linear.backward(dout * (before > 0), linear_cache)
        """,
        linear_relu_backward="dx, dw, db = cache(dout)",
    ),
    module(
        "cache a named tuple",
        linear_relu_forward=_FORWARD
        + """
        from collections import namedtuple
        cache = namedtuple("Cache", "linear relu")(linear_cache, relu_cache)
        """,
        linear_relu_backward=_BACK.format(relu="cache.relu", linear="cache.linear"),
    ),
    module(
        "cache a dict",
        linear_relu_forward=_FORWARD + '        cache = {"linear": linear_cache, "relu": relu_cache, "name": "hidden"}',
        linear_relu_backward=_BACK.format(relu='cache["relu"]', linear='cache["linear"]'),
    ),
    module(
        "cache an object of an own class with a method backward",
        linear_relu_forward="""
        class Step:
            def forward(self, x, w, b):
                self.x, self.w, self.shape = x.reshape(len(x), -1), w, x.shape
                self.out = (self.x @ w + b).relu()
                return self.out

            def backward(self, dout):
                d = dout * (self.out > 0)
                return (d @ self.w.T).reshape(self.shape), self.x.T @ d, d.sum(0)

        cache = Step()
        out = cache.forward(x, w, b)
        """,
        linear_relu_backward="dx, dw, db = cache.backward(dout)",
    ),
    module(
        "cache a generator that waits for dout",
        linear_relu_forward="""
        before, linear_cache = Linear.forward(x, w, b)
        out = before.clamp(min=0)

        def way_back():
            grads = None
            while True:
                dout = yield grads
                grads = Linear.backward(dout * (before > 0), linear_cache)

        cache = way_back()
        next(cache)
        """,
        linear_relu_backward="dx, dw, db = cache.send(dout)",
    ),
    module(
        "cache a dataclass with a property",
        linear_relu_forward="""
        from dataclasses import dataclass
        from typing import Any

        @dataclass
        class Hidden:
            linear: Any
            before: torch.Tensor

            @property
            def alive(self):
                return self.before > 0

        before, linear = Linear.forward(x, w, b)
        out, cache = before.clamp_min(0), Hidden(linear, before)
        """,
        linear_relu_backward="dx, dw, db = Linear.backward(dout * cache.alive, cache.linear)",
    ),
    module(
        "hidden layer in one piece, without Linear and ReLU",
        linear_relu_forward="""
        flat = x.reshape(x.shape[0], -1)
        out = (flat @ w + b).clamp(min=0)
        cache = (x.shape, flat, w, out)
        """,
        linear_relu_backward="""
        shape, flat, w, out = cache
        dout = dout * (out > 0)
        dx, dw, db = (dout @ w.T).reshape(shape), flat.T @ dout, dout.sum(0)
        """,
    ),
)

_MANNERS = (
    module(
        "chatter on stdout and stderr, warnings, logging and a bar",
        softmax_loss="""
        import logging, sys, warnings
        from tqdm import tqdm
        print("softmax of", tuple(x.shape))
        print("-" * 20, file=sys.stderr)
        warnings.warn("numbers ahead")
        logging.getLogger("student").error("not an error")
        p = torch.zeros_like(x)
        for n in tqdm(range(1), leave=False):
            p = x.softmax(1)
        loss = -x.log_softmax(1).gather(1, y[:, None]).mean()
        dx = (p - torch.nn.functional.one_hot(y, x.shape[1])) / len(y)
        """,
        three_layer_params="""
        print("0.0")
        weight_scale, learning_rate = 0.1, 0.2
        print(weight_scale, learning_rate, flush=True)
        """,
    ),
    module(
        "asserts and type checks",
        linear_forward="""
        assert isinstance(x, torch.Tensor), "x must be a tensor"
        assert x.dim() >= 2 and w.dim() == 2 and b.dim() == 1, "wrong shapes"
        flat = x.reshape(x.shape[0], -1)
        if flat.shape[1] != w.shape[0]:
            raise ValueError(f"x has {flat.shape[1]} features, w has {w.shape[0]}")
        out = flat @ w + b
        assert not torch.isnan(out).any()
        """,
        softmax_loss="""
        assert x.dim() == 2 and y.dim() == 1 and len(x) == len(y) and not y.is_floating_point()
        assert 0 <= int(y.min()) and int(y.max()) < x.shape[1]
        log_p = torch.log_softmax(x, dim=1)
        loss = -log_p[torch.arange(len(y)), y].sum() / len(y)
        dx = log_p.exp()
        dx[torch.arange(len(y)), y] -= 1
        dx = dx / len(y)
        assert dx.shape == x.shape and loss >= 0
        """,
    ),
    module(
        "three gradients in a pool of threads",
        linear_backward="""
        from concurrent.futures import ThreadPoolExecutor
        x, w, b = cache
        with ThreadPoolExecutor(max_workers=3) as pool:
            jobs = [
                pool.submit(lambda: (dout @ w.T).reshape(x.shape)),
                pool.submit(lambda: x.reshape(len(x), -1).T @ dout),
                pool.submit(torch.sum, dout, 0),
            ]
            dx, dw, db = (job.result() for job in jobs)
        """,
    ),
    module(
        "operators and maps in place of statements",
        linear_forward="""
        import operator
        from functools import reduce
        out = reduce(operator.add, (operator.matmul(x.reshape(len(x), -1), w), b))
        """,
        relu_forward="out = (lambda z: z.where(z > 0, torch.zeros_like(z)))(x)",
        linear_relu_backward="dx, dw, db = Linear.backward(ReLU.backward(dout, cache[1]), cache[0])",
    ),
    module(
        "layers that count their calls in attributes of their class",
        relu_forward="""
        ReLU.calls = getattr(ReLU, "calls", 0) + 1
        global latest_relu_input
        latest_relu_input = x
        out = x.clamp(min=0)
        """,
        relu_backward="""
        ReLU.seen = [*getattr(ReLU, "seen", [])[-3:], tuple(dout.shape)]
        dx = dout * (x > 0)
        """,
    ),
)

CACHES = (*_CACHES, *_MANNERS)
