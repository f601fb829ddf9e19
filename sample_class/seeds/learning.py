"""`make learning`: how far from its bound each learning test ends, over whole solutions and seeds of training."""

import json
import math
import statistics
import sys
from collections import defaultdict
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from ..answer import Answer
from ..course import ROOT
from ..many import command_line
from .answers import whole_solutions
from .going_on import all_known, go_on
from .margins import MARGINS, TRIALS
from .plain import LIBS, PlainNotebook, plain_notebook
from .record import Record, Row, digest_of

PAGE, RECORD = ROOT / "docs" / "learning.md", ROOT / "docs" / "learning.csv"
COLUMNS = ("notebook", "answer", "seeds", "margins", "digest")
SEEDS = 20
Margins = list[tuple[str, list[float]]]  # (test, how far each run ended from one of its bounds)


def main() -> int:
    """Train whole solutions with many seeds unless docs/learning.csv knows them; docs/learning.md sums it up."""
    parser = command_line("seeds.learning", main.__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    wanted = parser.parse_args()
    whole, record = whole_solutions(), Record(RECORD, COLUMNS)
    found = go_on(record, whole, _digest, _trained, wanted)
    PAGE.write_text(page(all_known(record, whole, _digest, SEEDS), len(whole)) + "\n", encoding="utf-8")
    print(page(found, len(found)))
    return 0


def _digest(answer: Answer) -> str:
    made_of = [*sorted(LIBS.glob("*.py")), Path(__file__).with_name("margins.py")]
    return digest_of(answer, lambda id, cell: id in MARGINS, made_of)


def _trained(job: tuple[int, int]) -> Row:
    """In a process of its own: one answer with all seeds."""
    place, seeds = job
    answer = whole_solutions()[place]
    found: Margins = []
    with plain_notebook(answer) as notebook:
        for test in notebook.learning():
            runs = [_margins(notebook, test, number) for number in range(seeds)]
            of_one_bound = [list(chain.from_iterable(runs))] if test in TRIALS else zip(*runs, strict=True)
            found += [(test, [round(margin, 6) for margin in margins]) for margins in of_one_bound]
    return dict(zip(COLUMNS, (answer.notebook, answer.name, str(seeds), json.dumps(found)), strict=False))


def _margins(notebook: PlainNotebook, test: str, number: int) -> list[float]:
    from libs import reset_seed  # the notebook's own, which lies on the path by now

    _, names = notebook.run(test, f"seed {number}", lambda fixed: reset_seed(fixed + 1000 * number))
    return [float(margin) for margin in MARGINS[test][1](names)]


def page(rows: Sequence[Row], of: int) -> str:
    """The page, in Markdown."""
    training = sum(row["margins"] != "[]" for row in rows)
    lines = [
        _HEAD,
        f"\n{len(rows)} of {of} notebooks have been run, {training} with a test that trains their answers.\n",
    ]
    lines.append("| test | margin | runs | below 0 | smallest | mean | chance of failing |")
    lines.append("|---|---|---|---|---|---|---|")
    by_test: dict[str, list[list[float]]] = defaultdict(list)
    for row in rows:
        for test, margins in json.loads(row["margins"]):
            by_test[test].append(margins)
    lines += [_line(test, groups) for test, groups in by_test.items()]
    return "\n".join(lines)


def _line(test: str, groups: list[list[float]]) -> str:
    """One line a test; its chance is that of the solution that comes closest to the bound."""
    every = [margin for group in groups for margin in group]
    chance = max(map(_most_of_five if test in TRIALS else _normal_tail, groups))
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

Six tests train a small network and ask what it has learnt. Whole solutions in other hands were trained again and
again, each time with other weights, batches and inputs; a margin below zero would have failed. A test that may end
early, when it has seen enough, was not ended here; ff_net_learns was asked after 4 epochs, where it gives a network
that is slow to learn up to 24, so that its chance of failing is less than what stands here. The last column is the
chance of a failing run for the solution that comes closest to the bound, if its margins are normal (of the tests that
ask for most of five trials: if trials miss as often as seen, or once in all). It does not depend on the machine's
speed, because no test looks at a clock. Made by `make learning`, which goes on where it was stopped:
[learning.csv](learning.csv) holds the margins."""

if __name__ == "__main__":
    sys.exit(main())
