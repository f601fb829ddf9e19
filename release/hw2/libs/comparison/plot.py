"""The figure of two ways to train one network: accuracy by epoch and by second."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt


def plot_comparison(curves: Mapping[str, Sequence[tuple[float, float]]]) -> None:
    """Test accuracy after each epoch; curves: way of training -> (seconds of training so far, accuracy)."""
    _, axes = plt.subplots(1, 2, figsize=(11, 3.8), sharey=True, gridspec_kw={"wspace": 0.08})
    for name, points in curves.items():
        seconds, accuracies = ([point[place] for point in points] for place in (0, 1))
        percent = [100 * accuracy for accuracy in accuracies]
        for axis, places in zip(axes, (range(1, len(points) + 1), seconds), strict=True):
            axis.plot(places, percent, "o-", markersize=4, label=name)
    axes[0].set(xlabel="epoch", ylabel="test digits right, in percent", title="By epoch")
    axes[0].xaxis.get_major_locator().set_params(integer=True)
    axes[1].set(xlabel="seconds of training on this machine", title="By second", xlim=(0, None))
    lowest = min(point[1] for points in curves.values() for point in points[:2])
    axes[0].set_ylim(bottom=max(0.0, 100 * lowest - 1), top=100)
    for axis in axes:
        axis.grid(alpha=0.3)
    axes[0].legend(loc="lower right")
    plt.show()
