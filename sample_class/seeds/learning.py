"""`make learning`: how far from its bound each learning test ends, over whole solutions and seeds of training."""

import json
import math
import statistics
import sys
from collections import defaultdict
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from ..course import ROOT
from ..many import command_line
from .answers import whole_solutions
from .going_on import Job, go_on, known
from .margins import MARGINS, ONE_BOUND, TRIALS, ends
from .plain import LIBS, Parts, PlainNotebook, plain_notebook
from .record import Record, Row, digests_of

PAGE, RECORD = ROOT / "docs" / "learning.md", ROOT / "docs" / "learning.csv"
COLUMNS = ("notebook", "answer", "test", "seeds", "margins", "digest")
SEEDS = 20
# Of libs: what shows figures, looks at written pages or packs the zip trains nothing, and voids no row.
_TRAIN_WITH = ("__init__", "batches", "budget", "checks", "grad", "mnist", "seed", "solver", "torchvision_operators")
BOUND = 1e-4  # the chance of failing a right answer that a test may have
Margins = list[list[float]]  # of each bound of a test, how far the runs have ended from it


def main() -> int:
    """Train whole solutions with many seeds unless docs/learning.csv knows them; docs/learning.md sums it up."""
    parser = command_line("seeds.learning", main.__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    wanted = parser.parse_args()
    whole, record = whole_solutions(), Record(RECORD, COLUMNS)
    made_of = [*(LIBS / f"{name}.py" for name in _TRAIN_WITH), Path(__file__).with_name("margins.py")]
    digests = [digests_of(answer, Parts.learning, made_of) for answer in whole]
    found = go_on(record, whole, digests, _trained, wanted)
    PAGE.write_text(page(known(record, digests, SEEDS), len(whole)) + "\n", encoding="utf-8")
    print(page(found, len(found)))
    return 0


def _trained(job: Job) -> list[Row]:
    """In a process of its own: one answer and these tests with all seeds."""
    place, seeds, tests = job
    answer = whole_solutions()[place]
    with plain_notebook(answer) as notebook:
        found = [json.dumps(_margins(notebook, test, seeds)) for test in tests]
    return [
        dict(zip(COLUMNS, (answer.notebook, answer.name, test, str(seeds), margins), strict=False))
        for test, margins in zip(tests, found, strict=True)
    ]


def _margins(notebook: PlainNotebook, test: str, seeds: int) -> Margins:
    """From runs as short as can tell that the chance of failing is small."""
    for source in ends(test, notebook.parts.tests[test]):
        runs = [_run(notebook, test, source, number) for number in range(seeds)]
        bounds = [chain.from_iterable(runs)] if test in ONE_BOUND else zip(*runs, strict=True)
        found = [list(margins) for margins in bounds]
        if max(_chance(test, margins) for margins in found) < BOUND:
            break
    return found


def _run(notebook: PlainNotebook, test: str, source: str, number: int) -> list[float]:
    from libs import reset_seed  # the notebook's own, which lies on the path by now

    seed, reset = f"seed {number}", lambda fixed: reset_seed(fixed + 1000 * number)
    _, names = notebook.run(test, seed, source=source, reset_seed=reset)
    return [round(float(margin), 6) for margin in MARGINS[test][1](names)]


def page(rows: Sequence[Sequence[Row]], of: int) -> str:
    """The page, in Markdown; rows: by answer."""
    training = sum(bool(own) for own in rows)
    lines = [
        _HEAD,
        f"\n{len(rows)} of {of} notebooks have been run, {training} with a test that trains their answers.\n",
    ]
    lines.append("| test | margin | runs | below 0 | smallest | mean | chance of failing |")
    lines.append("|---|---|---|---|---|---|---|")
    by_test: dict[str, Margins] = defaultdict(list)
    for row in chain.from_iterable(rows):
        by_test[row["test"]] += json.loads(row["margins"])
    lines += [_line(test, groups) for test, groups in by_test.items()]
    return "\n".join(lines)


def _line(test: str, groups: Margins) -> str:
    """One line a test; its chance is that of the solution that comes closest to the bound."""
    every = [margin for group in groups for margin in group]
    chance = max(_chance(test, group) for group in groups)
    below = sum(margin < 0 for margin in every)
    numbers = f"{len(every)} | {below} | {min(every):.3f} | {statistics.mean(every):.3f} | {chance:.0e}"
    return f"| {test} | {MARGINS[test][0]} | {numbers} |"


def _chance(test: str, margins: list[float]) -> float:
    """Of failing, as these runs tell."""
    return _too_many_miss(margins, *TRIALS[test]) if test in TRIALS else _normal_tail(margins)


def _normal_tail(margins: list[float]) -> float:
    """The chance of a margin below zero, if margins are normal with this mean and spread."""
    spread = statistics.stdev(margins)
    return 0.5 * math.erfc(statistics.mean(margins) / spread / math.sqrt(2)) if spread > 0 else 0.0


def _too_many_miss(margins: list[float], trials: int, too_many: int) -> float:
    """The chance that so many trials miss; one misses as often as seen, or once in all if never."""
    miss = max(1, sum(margin < 0 for margin in margins)) / len(margins)
    counts = range(too_many, trials + 1)
    return sum(math.comb(trials, count) * miss**count * (1 - miss) ** (trials - count) for count in counts)


_HEAD = """# Learning tests and chance

Six tests train a small network and ask what it has learnt. Whole solutions in other hands were trained again and
again, each time with other weights, batches and inputs; a margin below zero would have failed. A test that may end
early, when it has seen enough, was not ended here. ff_net_learns gives a network up to 12 epochs and asks up to five;
here it asked one, after 4 epochs, and after 12 where 4 do not show that its chance of failing is small. The last
column is the chance of a failing run for the solution that comes closest to the bound, if its margins are normal (of
the tests that ask for three of five trials, or one of five networks: if trials miss as often as seen, or once in all).
It does not depend on the machine's speed, because no test looks at a clock. Made by `make learning`, which goes on
where it was stopped: [learning.csv](learning.csv) holds the margins."""

if __name__ == "__main__":
    sys.exit(main())
