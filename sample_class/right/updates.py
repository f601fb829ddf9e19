"""Right ways to write the update rules: w in place or not, configs copied or changed, other algebra."""

from .right import module

_DEFAULTS = '        config = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "t": 0} | config'

UPDATES = (
    module(
        "w and the states changed in place by all rules",
        sgd_momentum="""
        rate, momentum = config.setdefault("learning_rate", 1e-2), config.setdefault("momentum", 0.9)
        v = config.setdefault("velocity", torch.zeros_like(w))
        v.mul_(momentum).sub_(rate * dw)
        next_w = w.add_(v)
        """,
        rmsprop="""
        rate, decay = config.setdefault("learning_rate", 1e-2), config.setdefault("decay_rate", 0.99)
        epsilon = config.setdefault("epsilon", 1e-8)
        c = config.setdefault("cache", torch.zeros_like(w))
        c *= decay
        c += (1 - decay) * dw * dw
        w -= rate * dw / (c.sqrt() + epsilon)
        next_w = w
        """,
        adam="""
        for key, value in zip(("learning_rate", "beta1", "beta2", "epsilon", "t"), (1e-3, 0.9, 0.999, 1e-8, 0)):
            config.setdefault(key, value)
        m, v = config.setdefault("m", torch.zeros_like(w)), config.setdefault("v", torch.zeros_like(w))
        config["t"] += 1
        m.mul_(config["beta1"]).add_(dw, alpha=1 - config["beta1"])
        v.mul_(config["beta2"]).addcmul_(dw, dw, value=1 - config["beta2"])
        root = (v / (1 - config["beta2"] ** config["t"])).sqrt_().add_(config["epsilon"])
        next_w = w.addcdiv_(m / (1 - config["beta1"] ** config["t"]), root, value=-config["learning_rate"])
        """,
    ),
    module(
        "the config that came left as it was, a new one returned",
        sgd_momentum="""
        old = config
        lr, mu = old.get("learning_rate", 1e-2), old.get("momentum", 0.9)
        v = mu * old.get("velocity", 0) - lr * dw
        config = {"learning_rate": lr, "momentum": mu, "velocity": v}
        next_w = w + v
        """,
        rmsprop="""
        import copy
        config = copy.deepcopy(config)
        lr, decay, eps = config.get("learning_rate", 1e-2), config.get("decay_rate", 0.99), config.get("epsilon", 1e-8)
        c = decay * config.get("cache", 0.0) + (1 - decay) * dw.square()
        config.update(learning_rate=lr, decay_rate=decay, epsilon=eps, cache=c)
        next_w = w - lr * dw / (c.sqrt() + eps)
        """,
        adam=_DEFAULTS
        + """
        t, m, v = config["t"] + 1, config.get("m", 0), config.get("v", 0)
        m, v = config["beta1"] * m + (1 - config["beta1"]) * dw, config["beta2"] * v + (1 - config["beta2"]) * dw**2
        step = m / (1 - config["beta1"] ** t) / ((v / (1 - config["beta2"] ** t)) ** 0.5 + config["epsilon"])
        next_w, config = w - config["learning_rate"] * step, {**config, "t": t, "m": m, "v": v}
        """,
    ),
    module(
        "extra keys kept in the config",
        sgd_momentum="""
        from collections import OrderedDict
        config = OrderedDict(config)
        config["steps"] = config.get("steps", 0) + 1
        config["velocity"] = config.get("momentum", 0.9) * config.get("velocity", torch.zeros_like(w)) - config.get(
            "learning_rate", 1e-2
        ) * dw
        config["largest"] = config["velocity"].abs().max()
        config["history"] = [*config.get("history", []), "step"]
        next_w = w + config["velocity"]
        """,
        rmsprop="""
        from collections import defaultdict
        config = defaultdict(lambda: None, config)
        config["name"], config["root"] = "rmsprop", None
        rate = 1e-2 if config["learning_rate"] is None else config["learning_rate"]
        decay = 0.99 if config["decay_rate"] is None else config["decay_rate"]
        epsilon = 1e-8 if config["epsilon"] is None else config["epsilon"]
        before = torch.zeros_like(w) if config["cache"] is None else config["cache"]
        config = {**config, "learning_rate": rate, "cache": before * decay + dw * dw - dw * dw * decay}
        config["root"] = config["cache"].sqrt()
        next_w = w - rate * dw / (config["root"] + epsilon)
        """,
    ),
    module(
        "update rules through numpy",
        sgd_momentum="""
        import numpy as np
        config.setdefault("learning_rate", 1e-2)
        config.setdefault("momentum", 0.9)
        v = config.get("velocity", torch.zeros_like(w)).numpy()
        v = np.multiply(config["momentum"], v) - config["learning_rate"] * dw.numpy()
        config["velocity"] = torch.from_numpy(v)
        next_w = torch.from_numpy(w.numpy() + v)
        """,
        adam=_DEFAULTS
        + """
        import numpy as np
        g, zero = dw.numpy().copy(), np.zeros(tuple(w.shape))
        config["t"] += 1
        m = config["beta1"] * np.asarray(config.get("m", zero)) + (1 - config["beta1"]) * g
        v = config["beta2"] * np.asarray(config.get("v", zero)) + (1 - config["beta2"]) * g * g
        m_hat, v_hat = m / (1 - config["beta1"] ** config["t"]), v / (1 - config["beta2"] ** config["t"])
        config["m"], config["v"] = torch.from_numpy(m), torch.from_numpy(v)
        next_w = torch.from_numpy(w.numpy() - config["learning_rate"] * m_hat / (np.sqrt(v_hat) + config["epsilon"]))
        """,
    ),
    module(
        "update rules number by number",
        sgd_momentum="""
        rate, momentum = config.setdefault("learning_rate", 0.01), config.setdefault("momentum", 0.9)
        v = config.get("velocity", torch.zeros_like(w))
        new_v, next_w = torch.empty_like(w), torch.empty_like(w)
        flat = zip(*(tensor.flatten().tolist() for tensor in (w, dw, v)))
        for i, (a, b, c) in enumerate(flat):
            c = momentum * c - rate * b
            new_v.view(-1)[i], next_w.view(-1)[i] = c, a + c
        config["velocity"] = new_v
        """,
        rmsprop="""
        import math
        lr, decay = config.setdefault("learning_rate", 0.01), config.setdefault("decay_rate", 0.99)
        epsilon = config.setdefault("epsilon", 1e-8)
        cache = [0.0] * w.numel() if "cache" not in config else config["cache"].flatten().tolist()
        grads = dw.flatten().tolist()
        cache = [decay * c + (1 - decay) * g**2 for c, g in zip(cache, grads)]
        steps = [lr * g / (math.sqrt(c) + epsilon) for c, g in zip(cache, grads)]
        config["cache"] = torch.tensor(cache, dtype=w.dtype).reshape(w.shape)
        next_w = w - torch.tensor(steps, dtype=w.dtype).reshape(w.shape)
        """,
    ),
    module(
        "float64 inside the rules, w in its own dtype",
        rmsprop="""
        config.setdefault("learning_rate", 1e-2), config.setdefault("decay_rate", 0.99)
        config.setdefault("epsilon", 1e-8), config.setdefault("cache", torch.zeros_like(w))
        g = dw.double()
        c = config["decay_rate"] * config["cache"].double() + (1 - config["decay_rate"]) * g**2
        config["cache"] = c.to(w.dtype)
        next_w = (w.double() - config["learning_rate"] * g / (c.sqrt() + config["epsilon"])).to(w.dtype)
        """,
    ),
    module(
        "next_w and the states left in float64",
        sgd_momentum="""
        lr, mu = config.setdefault("learning_rate", 1e-2), config.setdefault("momentum", 0.9)
        config["velocity"] = mu * config.get("velocity", torch.zeros_like(w)).double() - lr * dw.double()
        next_w = w.double() + config["velocity"]
        """,
        adam=_DEFAULTS
        + """
        w, dw = w.double(), dw.double()
        for key, beta, new in (("m", config["beta1"], dw), ("v", config["beta2"], dw * dw)):
            config[key] = beta * config.get(key, torch.zeros_like(w)).double() + (1 - beta) * new
        config["t"] = config["t"] + 1
        m, v = config["m"] / (1 - config["beta1"] ** config["t"]), config["v"] / (1 - config["beta2"] ** config["t"])
        next_w = w - config["learning_rate"] * m / (v.sqrt() + config["epsilon"])
        """,
    ),
    module(
        "Adam's correction put into the rate and into epsilon",
        adam=_DEFAULTS
        + """
        b1, b2, t = config["beta1"], config["beta2"], config["t"] + 1
        m = torch.lerp(dw, config.get("m", torch.zeros_like(w)), b1)
        v = torch.lerp(dw * dw, config.get("v", torch.zeros_like(w)), b2)
        second = (1 - b2**t) ** 0.5
        next_w = w - config["learning_rate"] * second / (1 - b1**t) * m / (v.sqrt() + config["epsilon"] * second)
        config.update(m=m, v=v, t=t)
        """,
    ),
    module(
        "Adam's t a tensor, then a float",
        adam=_DEFAULTS
        + """
        t = torch.as_tensor(config["t"], dtype=torch.float64) + 1
        zero = torch.zeros_like(w)
        config["m"] = config["beta1"] * config.get("m", zero) + (1 - config["beta1"]) * dw
        config["v"] = config["beta2"] * config.get("v", zero) + (1 - config["beta2"]) * dw**2
        m_hat = config["m"] / (1 - torch.pow(config["beta1"], t))
        v_hat = config["v"] / (1 - torch.pow(config["beta2"], t))
        next_w = torch.sub(w, m_hat / v_hat.sqrt().add(config["epsilon"]), alpha=config["learning_rate"])
        config["t"] = float(t)
        """,
    ),
    module(
        "update rules as objects with a method step",
        sgd_momentum="""
        class Optimizer:
            defaults = {"learning_rate": 1e-2, "momentum": 0.9}

            def __init__(self, options):
                self.state = dict(self.defaults, **options)

            def step(self, w, grad):
                v = self.state.pop("velocity", torch.zeros_like(w))
                self.state["velocity"] = self.state["momentum"] * v - self.state["learning_rate"] * grad
                return w + self.state["velocity"]

        optim = Optimizer(config)
        next_w = optim.step(w, dw)
        config = optim.state
        """,
    ),
    module(
        "rules with chatter and checks",
        rmsprop="""
        assert w.shape == dw.shape, "one gradient for each weight"
        print("rmsprop, keys:", *sorted(config))
        match config:
            case {"cache": cache}:
                print("another step")
            case _:
                cache = torch.zeros(w.shape, dtype=w.dtype)
        if (rate := config.setdefault("learning_rate", 1e-2)) > 1e3:
            raise ValueError("too fast")
        decay, epsilon = config.setdefault("decay_rate", 0.99), config.setdefault("epsilon", 1e-8)
        config["cache"] = cache + (1 - decay) * (dw**2 - cache)
        next_w = w - dw * (rate * torch.reciprocal(torch.sqrt(config["cache"]) + epsilon))
        """,
    ),
)
