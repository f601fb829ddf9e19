"""Correct work in unusual manners gets full marks: chatter, threads, layouts, precisions, updates in place or not."""

import pytest

from autograder import assignment
from autograder.examiner.trial import try_out
from sample_class.edits import whole_block
from sample_class.solved import Work

MANNERS = {
    "linear_forward": """
        import sys, warnings
        from tqdm import tqdm
        warnings.warn("slow")
        for _ in tqdm(range(2), desc="bar"):
            print("working", file=sys.stderr)
        rows = x.reshape(x.shape[0], -1)
        out = (w.T @ rows.T + b[:, None]).T  # not contiguous
    """,
    "linear_backward": """
        import threading
        x, w, b = cache
        found = {}
        jobs = {
            "dx": lambda: (dout @ w.T).reshape(x.shape),
            "dw": lambda: x.reshape(x.shape[0], -1).T @ dout,
            "db": lambda: dout.sum(dim=0),
        }
        threads = [threading.Thread(target=lambda n=n, job=job: found.update({n: job()})) for n, job in jobs.items()]
        failing = threading.Thread(target=lambda: 1 / 0)
        for thread in (*threads, failing):
            thread.start()
        for thread in (*threads, failing):
            thread.join()
        dx, dw, db = found["dx"], found["dw"], found["db"]
    """,
    "relu_forward": """
        import logging
        logging.getLogger().warning("relu of %s", tuple(x.shape))
        out = x.double().clamp(min=0)  # a finer dtype
    """,
    "relu_backward": "dx = dout * (x > 0).to(dout.dtype)",
    "linear_relu_forward": """
        out, cache = Linear.forward(x, w, b)
        class Cache:
            pass
        kept = Cache()
        kept.linear, kept.before = cache, out
        out, cache = out.clamp(min=0), kept
    """,
    "linear_relu_backward": "dx, dw, db = Linear.backward(dout * (cache.before > 0), cache.linear)",
    "sgd_momentum": """
        config = {"learning_rate": 1e-2, "momentum": 0.9} | config
        v = config["momentum"] * config.get("velocity", 0 * w) - config["learning_rate"] * dw
        config["velocity"] = v
        next_w = w.add_(v)  # in place
    """,
    "rmsprop": """
        for key, value in (("learning_rate", 1e-2), ("decay_rate", 0.99), ("epsilon", 1e-8)):
            config.setdefault(key, value)
        old = config.get("cache", torch.zeros_like(w)).clone()
        config["cache"] = old * config["decay_rate"] + dw * dw * (1 - config["decay_rate"])
        next_w = w.clone() - config["learning_rate"] * dw / (torch.sqrt(config["cache"]) + config["epsilon"])
    """,
    "dropout_forward": """
        mask = None
        out = x
        if dropout_param["mode"] == "train":
            if "seed" in dropout_param:
                torch.manual_seed(dropout_param["seed"])
            mask = torch.rand(x.shape) > dropout_param["p"]
            out = x * mask / (1 - dropout_param["p"])
    """,
    "dropout_backward": """
        dx = dout if mask is None else dout * mask / (1 - dropout_param["p"])
    """,
}


def test_every_manner_gets_every_point(root, tmp_path):
    work = Work(root)
    for block, text in MANNERS.items():
        whole_block(block, text)(work)
    name = assignment.MODULE_NOTEBOOK
    notebook = assignment.read(assignment.source_folder(root) / f"{name}.ipynb")
    findings = try_out(notebook, name, work.module, root, tmp_path)
    assert [(result.id, result.message) for result in findings.results if result.points != result.max_points] == []
    assert findings.remarks == [] and findings.raised == {}
    assert sum(result.points for result in findings.results) == pytest.approx(125)
