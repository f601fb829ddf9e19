"""How fast is this machine? A few steps of a training, timed, tell how long the trainings of a notebook will take."""

import time

# What a notebook, solved, takes from a fresh kernel to its end, in thousands of the steps below; measured by
# `python -m sample_class.bench_ready`.
COSTS = {
    "fully_connected_networks": 16.9,
    "forward_forward_supervised": 28.7,
    "forward_forward_unsupervised": 15.9,
}
_SECONDS = 0.3  # of timing


def look(notebook):
    """What the machine is, and how many minutes the notebook's trainings will take on it."""
    if notebook not in COSTS:
        return ["everything is there."], []
    import torch

    minutes = COSTS[notebook] * 1000 * seconds_a_step() / 60
    said = "less than a minute" if minutes < 0.8 else f"about {max(1, round(minutes))} minute{'s' * (minutes >= 1.5)}"
    slow = ["this machine is slow, or busy with something else: close other programs, or take another one."]
    return [
        f"everything is there. The trainings of this notebook take {said} here (torch {torch.__version__}, "
        f"{torch.get_num_threads()} threads)."
    ], (slow if minutes > 10 else [])


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
