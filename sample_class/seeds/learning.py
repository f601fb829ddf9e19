"""`make learning`: how far from its bound each learning test ends, over whole solutions and seeds of training."""

import argparse
import math
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable
from fnmatch import fnmatch
from multiprocessing import get_context
from typing import Any

from tqdm import tqdm

from ..course import ROOT
from .answers import Answer, answers
from .plain import PlainNotebook

PAGE = ROOT / "docs" / "learning.md"
Found = list[tuple[str, str, list[float]]]  # (test, its bound in words, how far each run ended from it)

# test -> (what is measured, the margins of one run by the names that its cell has made; all must be positive)
MARGINS: dict[str, tuple[str, Callable[[dict[str, Any]], list[float]]]] = {
    "create_solver_instance_accuracy": ("accuracy of 2,000 digits - 0.88", lambda n: [n["accuracy"] - 0.88]),
    "three_layer_params": ("accuracy of a trial - 0.979", lambda n: [reached - 0.979 for reached in n["reached"]]),
    "five_layer_params": ("accuracy of a trial - 0.979", lambda n: [reached - 0.979 for reached in n["reached"]]),
    "ff_net_learns": ("accuracy of 1,000 digits - 0.5", lambda n: [n["accuracy"] - 0.5, n["again"] - 0.5]),
    "unsupervised_net_learns": (
        "shares told apart - 0.7 and - 0.6; 0.7 - the ratio of the losses",
        lambda n: [n["first"] - 0.7, n["second"] - 0.6, 0.7 - n["after"] / n["before"]],
    ),
    "train_classifier_learns": ("accuracy of 1,000 digits - 0.65", lambda n: [n["accuracy"] - 0.65]),
}


_TRIALS = ("three_layer_params", "five_layer_params")  # three of five must reach it


def main() -> int:
    """Train whole solutions with many seeds; a whole run is recorded in docs/learning.md."""
    parser = argparse.ArgumentParser(prog="python -m sample_class.seeds.learning", description=main.__doc__)
    parser.add_argument("--only", default="*solution,the reference", help="patterns of answers, separated by commas")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    wanted = parser.parse_args()
    patterns = wanted.only.split(",")
    places = [place for place, answer in enumerate(answers()) if any(fnmatch(answer.name, p) for p in patterns)]
    with get_context("fork").Pool(wanted.workers, maxtasksperchild=1) as pool:
        jobs = pool.imap(_trained, [(place, wanted.seeds) for place in places])
        found = [line for lines in tqdm(jobs, total=len(places), unit=" notebooks") for line in lines]
    text = page(found)
    print(text)
    if wanted.only == parser.get_default("only") and wanted.seeds >= parser.get_default("seeds"):
        PAGE.write_text(text + "\n", encoding="utf-8")
    return 0


def _trained(job: tuple[int, int]) -> Found:
    place, seeds = job
    answer: Answer = answers()[place]
    notebook = PlainNotebook(answer.notebook, answer.edits)
    found: Found = []
    for test in notebook.learning():
        runs = [_margins(notebook, test, number) for number in range(seeds)]
        found += [(test, answer.name, list(margins)) for margins in zip(*runs, strict=True)]
    return found


def _margins(notebook: PlainNotebook, test: str, number: int) -> list[float]:
    from libs import reset_seed  # the notebook's own, which lies on the path by now

    _, names = notebook.run(test, f"seed {number}", lambda fixed: reset_seed(fixed + 1000 * number))
    return [float(margin) for margin in MARGINS[test][1](names)]


def page(found: Found) -> str:
    """The page, in Markdown."""
    lines = [_HEAD, "\n| test | margin | runs | below 0 | smallest | mean | chance of failing |"]
    lines.append("|---|---|---|---|---|---|---|")
    by_test: dict[str, list[list[float]]] = defaultdict(list)
    for test, _, margins in found:
        by_test[test].append(margins)
    lines += [_row(test, groups) for test, groups in by_test.items()]
    return "\n".join(lines)


def _row(test: str, groups: list[list[float]]) -> str:
    """One line a test; its chance is that of the solution that comes closest to the bound."""
    every = [margin for group in groups for margin in group]
    chance = max(map(_most_of_five if test in _TRIALS else _normal_tail, groups))
    below = sum(margin < 0 for margin in every)
    numbers = f"{len(every)} | {below} | {min(every):.3f} | {statistics.mean(every):.3f} | {chance:.0e}"
    return f"| {test} | {MARGINS[test][0]} | {numbers} |"


def _normal_tail(margins: list[float]) -> float:
    """The chance of a margin below zero, if margins are normal with this mean and spread."""
    spread = statistics.stdev(margins)
    return 0.5 * math.erfc(statistics.mean(margins) / spread / math.sqrt(2)) if spread > 0 else 0.0


def _most_of_five(margins: list[float]) -> float:
    """The chance that three or more of five trials miss; a trial misses as often as seen, or once in all if never."""
    miss = max(1, sum(margin < 0 for margin in margins)) / len(margins)
    return sum(math.comb(5, count) * miss**count * (1 - miss) ** (5 - count) for count in (3, 4, 5))


_HEAD = """# Learning tests and chance

Six tests train a small network and ask what it has learnt. Whole solutions in other hands were trained again and again,
each time with other weights, batches and inputs; a margin below zero would have failed. The last column is the chance
of a failing run for the solution that comes closest to the bound, if its margins are normal (of the tests that ask
for most of five trials: if trials miss as often as seen, or once in all). It does not depend on the machine's speed,
because no test looks at a clock. Made by `make learning`."""

if __name__ == "__main__":
    sys.exit(main())
