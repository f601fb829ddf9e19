"""The picture that practical 2 opens with: forward and backward pass, and two forward passes."""

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

FORWARD, BACKWARD, POSITIVE, NEGATIVE = "tab:green", "tab:red", "tab:blue", "tab:orange"
HEIGHT, STEP = 0.5, 1.25  # of a layer's box, and from one to the next
LAYERS = 3


def draw_two_passes() -> None:
    """Backpropagation's forward and backward pass on the left, Forward-Forward's two forward passes on the right."""
    _, axes = plt.subplots(1, 2, figsize=(11.5, 5.2), gridspec_kw={"wspace": 0.05})
    _backpropagation(axes[0])
    _forward_forward(axes[1])
    for axis in axes:
        axis.set(xlim=(-0.3, 6.3), ylim=(-0.3, 5.6))
        axis.set_axis_off()
    plt.show()


def _backpropagation(axis: Axes) -> None:
    axis.set_title("Backpropagation: one pass up, one pass back")
    _box(axis, 1.6, 0, 2.4, "image", "0.95")
    for number in range(1, LAYERS + 1):
        _box(axis, 1.6, number * STEP, 2.4, f"layer {number}", "0.88")
        _arrow(axis, 2.2, (number - 1) * STEP, FORWARD)
        _arrow(axis, 3.4, number * STEP, BACKWARD, down=True)
    _arrow(axis, 2.2, LAYERS * STEP, FORWARD)
    _box(axis, 1.4, (LAYERS + 1) * STEP, 2.8, "one loss, with the label", "mistyrose")
    _words(axis, 1.3, 2.5, "activities go up,\nand every one of\nthem is kept", FORWARD, side="right")
    words = "then errors come down,\nthrough the derivative\nof every layer above,\nand weights change"
    _words(axis, 4.3, 2.5, words, BACKWARD)


def _forward_forward(axis: Axes) -> None:
    axis.set_title("Forward-Forward: two passes up")
    for left, color, words in (
        (0.05, POSITIVE, "image with\nits true label"),
        (2.35, NEGATIVE, "the same image\nwith a wrong label"),
    ):
        _box(axis, left, -0.2, 2.0, words, "0.95", height=0.7)
        for number in range(1, LAYERS + 1):
            _arrow(axis, left + 1, (number - 1) * STEP, color)
    for number in range(1, LAYERS + 1):
        _box(axis, 0, number * STEP, 4.4, f"layer {number}", "0.88")
        axis.annotate(
            "", (4.45, number * STEP + 0.1), (4.45, number * STEP + 0.4),
            arrowprops={"arrowstyle": "-|>", "connectionstyle": "arc3,rad=-1.6", "color": "black"},
        )  # fmt: skip
        _words(axis, 5.0, number * STEP + HEIGHT / 2, "its own loss", "black")
    top = LAYERS * STEP + HEIGHT
    _words(axis, 1.05, top + 0.55, "goodness is to be\nabove the threshold", POSITIVE, side="center")
    _words(axis, 3.35, top + 0.55, "goodness is to be\nbelow the threshold", NEGATIVE, side="center")
    _words(axis, 4.6, 0.15, "nothing comes back;\na layer learns as soon as\nboth have passed it", "black")


def _box(axis: Axes, left: float, bottom: float, width: float, words: str, color: str, height: float = HEIGHT) -> None:
    style = "round,pad=0.02,rounding_size=0.08"
    axis.add_patch(FancyBboxPatch((left, bottom), width, height, boxstyle=style, facecolor=color, edgecolor="0.4"))
    axis.text(left + width / 2, bottom + height / 2, words, ha="center", va="center", fontsize=10)


def _arrow(axis: Axes, x: float, below: float, color: str, down: bool = False) -> None:
    """Between the box that begins at this height and the next one."""
    ends = [(x, below + HEIGHT + 0.06), (x, below + STEP - 0.06)]
    start, end = reversed(ends) if down else ends
    axis.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": color, "linewidth": 2})


def _words(axis: Axes, x: float, y: float, words: str, color: str, side: str = "left") -> None:
    axis.text(x, y, words, color=color, ha=side, va="center", fontsize=10)
