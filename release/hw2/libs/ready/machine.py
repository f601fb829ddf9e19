"""How fast is this machine? A few steps of a training, timed, tell roughly how long a notebook will take."""

import math
import os
import time

# What a notebook, solved, takes from a fresh kernel to its end, comparison and experiments included, in thousands of
# the steps below; measured by `python -m sample_class.bench_ready`.
COSTS = {
    "fully_connected_networks": 16.9,
    "forward_forward_supervised": 28.7,
    "forward_forward_unsupervised": 15.9,
}
_SECONDS = 0.3  # of timing
_SPREAD = (0.7, 1.6)  # your code and your machine may be that much faster or slower than ours for the same step
_SLOW = 8  # minutes


def look(notebook):
    """What the machine is, and between how many minutes running the whole notebook will take on it."""
    if notebook not in COSTS:
        return ["everything is there."], []
    import torch

    busy, minutes = is_busy(), COSTS[notebook] * 1000 * seconds_a_step() / 60
    notes = []
    if busy:
        notes = ["this machine is busy with something else, so it may well take longer: close other programs."]
    elif minutes > _SLOW:
        notes = ["this machine is slow: take another one, if you can."]
    return [
        f"everything is there. Run whole, with all trainings, comparisons and experiments, this notebook takes "
        f"{said(minutes)} here (torch {torch.__version__}, {torch.get_num_threads()} threads)."
    ], notes


def said(minutes):
    """A span of minutes in words: one measured step promises no more."""
    least, most = max(1, round(minutes * _SPREAD[0])), max(1, math.ceil(minutes * _SPREAD[1]))
    return f"about {least} to {most} minutes" if most > least else "about a minute"


def is_busy():
    """True when other programs use this machine's cores, or one that we need."""
    start, used = time.perf_counter(), time.process_time()
    while time.perf_counter() - start < _SECONDS:
        pass
    share = (time.process_time() - used) / (time.perf_counter() - start)
    waiting = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0  # Windows does not tell
    return share < 0.8 or waiting > 0.9 * (os.cpu_count() or 1)


def seconds_a_step():
    """Seconds of a step of training a 784-500-10 network on 100 examples: forward, backward, update.

    The fastest step counts, on one thread: on a busy machine threads wait for each other, now and then for very long.
    """
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        return min(_timed(torch))
    finally:
        torch.set_num_threads(threads)


def _timed(torch):
    x, w1, w2 = (torch.linspace(-1, 1, n * m).reshape(n, m) for n, m in ((100, 784), (784, 500), (500, 10)))
    times, until = [], time.perf_counter() + _SECONDS
    while len(times) < 3 or time.perf_counter() < until:
        start = time.perf_counter()
        h = (x @ w1).relu()
        dscores = (h @ w2).softmax(1) / 100
        dh = (dscores @ w2.T) * (h > 0)
        for w, gradient in ((w1, x.T @ dh), (w2, h.T @ dscores)):
            first, second = gradient * 0.1, gradient.square() * 0.001
            w -= 1e-6 * first / (second.sqrt() + 1e-8)
        times.append(time.perf_counter() - start)
    return times
