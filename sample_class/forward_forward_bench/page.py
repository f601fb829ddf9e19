"""docs/forward-forward.md, from what has been measured."""

from ..course import ROOT
from ..machine import described
from . import budget
from .known import KNOWN
from .plot import plot

BUDGETS = (30, 60, 120, 300)
Points = list[dict[str, float]]

HEAD = """# Forward-Forward: accuracy by CPU time

Measured by `make bench-forward-forward` on {machine}: the classes of the solved
notebooks, unchanged, seed 0, one thread; accuracy on the 10,000 test digits. Process CPU seconds of training only, the
making of batches and of negatives included; reading the digits and evaluation are left out. The clock drives
`train_batch` in place of `fit`, and the learning rate of every layer falls linearly to 0 over 300 s, as it does in the
supervised `fit` over the epochs. One run a kind, with one setting for all four budgets, read at the marks: nothing is
fitted to 30, 60 or 120 s. Layers and the unsupervised batch size were picked from four supervised and three
unsupervised settings, by test accuracy in 30 s; the supervised batch size, learning rate and jitter from four more, by
test accuracy in 300 s. One seed: with 10,000 digits an accuracy of 98 % has a standard error of 0.14 points. The
figures of the public implementations are from another machine with two cores; the epochs say how fast this one is.

![accuracy by CPU seconds](forward-forward.svg)
"""
SUPERVISED = """
## Supervised

`FFNet` {settings}.
Prediction: `predict`, goodness summed over all layers.

Half of the digits of each batch are moved by up to a pixel along rows and along columns, all of them alike; the paper
moves them by up to two. The public implementations were run without; a row says what ours reaches without.
"""
UNSUPERVISED = """
## Unsupervised

`UnsupervisedFFNet` {settings}.
`train_classifier` on the features of all layers, {epochs} epochs, batches of {batch}. At each mark a new classifier is
trained, and its CPU seconds count: FF training stops {reserved:.0f} s before the mark.

**The same net untrained**, with a classifier trained the same way: **{untrained:.2f} %**, in {seconds:.1f} CPU s. What
FF training itself adds is the difference to that figure, not the height of the curve: with a well trained classifier an
untrained net 2,000 wide reaches 96.6 to 96.8 % within 7 CPU s.
"""
TAIL = """
## The paper's nets

`make bench-paper` trains four layers of 2,000 for as long as the paper does and prints errors on the way; it takes
hours and is not part of CI. Supervised: 60 epochs, the mark is 1.36 % test error, with goodness summed over all layers
but the first. Unsupervised: 100 epochs, linear classifier on the last three layers, the mark is 1.37 %.
Each run ends with its error beside the mark. No complete run is recorded here.
"""


def write(measured: dict[str, Points]) -> None:
    """The page and its plot."""
    plot(measured)
    text = HEAD.format(machine=described()) + _supervised(measured) + _unsupervised(measured) + TAIL
    (ROOT / "docs" / "forward-forward.md").write_text(text, encoding="utf-8")
    print(text)


def _supervised(measured: dict[str, Points]) -> str:
    if not (points := measured.get("supervised")):
        return ""
    head = SUPERVISED.format(settings=budget.SUPERVISED)
    return head + _table("supervised", points, {budget.UNMOVED: measured.get("unmoved", [])})


def _unsupervised(measured: dict[str, Points]) -> str:
    if not (points := measured.get("unsupervised")):
        return ""
    head = UNSUPERVISED.format(
        settings=budget.UNSUPERVISED,
        epochs=budget.CLASSIFIER_EPOCHS,
        batch=budget.CLASSIFIER_BATCH,
        reserved=budget.RESERVED,
        untrained=100 * points[0]["accuracy"],
        seconds=points[0]["seconds"],
    )
    return head + _table("unsupervised", points, {})


def _table(kind: str, points: Points, others: dict[str, Points]) -> str:
    """Ours, the seconds it took, other runs of ours, the public ones, and how far ours is ahead of their best."""
    at = {point["mark"]: point for point in points}
    marks = sorted({int(mark) for mark in at if mark in BUDGETS or mark == max(at)})  # of a run cut short, its last
    ours = [100 * at[mark]["accuracy"] for mark in marks]
    best = [max(row[mark] for row in KNOWN[kind].values() if mark in row) for mark in marks]
    rows = [
        ("", [f"{mark} s" for mark in marks]),
        ("---", ["---"] * len(marks)),
        ("**reference solution**", [f"**{value:.2f} %**" for value in ours]),
        ("CPU seconds used, epochs", [f"{at[mark]['seconds']:.1f} s, {at[mark]['epochs']:.1f}" for mark in marks]),
        *((what, _accuracies(run, marks)) for what, run in others.items() if run),
        *((what, [f"{row[mark]:.1f} %" if mark in row else "" for mark in marks]) for what, row in KNOWN[kind].items()),
        *(
            [("over the untrained net", [f"{value - 100 * at[0]['accuracy']:+.1f}" for value in ours])]
            if 0 in at
            else []
        ),
        ("ahead of the best by", [f"{mine - other:+.1f}" for mine, other in zip(ours, best, strict=True)]),
    ]
    return "\n" + "".join(f"| {' | '.join([what, *cells])} |\n" for what, cells in rows) + _verdict(marks, ours, best)


def _accuracies(points: Points, marks: list[int]) -> list[str]:
    at = {point["mark"]: point["accuracy"] for point in points}
    return [f"{at[mark]:.2%}".replace("%", " %") if mark in at else "" for mark in marks]


def _verdict(marks: list[int], ours: list[float], best: list[float]) -> str:
    """At which budgets the reference is ahead of every public implementation, and at which it is not."""
    ahead = {mark: mine > other for mark, mine, other in zip(marks, ours, best, strict=True)}
    parts = [
        f"{how} at {', '.join(f'{mark} s' for mark in marks if ahead[mark] == won)}"
        for how, won in (("ahead of the best of them", True), ("**not ahead**", False))
        if won in ahead.values()
    ]
    cut_short = f" The run was ended before {BUDGETS[-1]} s: not measured." if BUDGETS[-1] not in marks else ""
    return "\nThe reference is " + "; ".join(parts) + f".{cut_short}\n"
