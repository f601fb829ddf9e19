"""`make learning`: how far from its bound each learning test ends, over whole solutions and seeds of training."""

import math
import statistics
import sys
from collections import defaultdict

from ..course import ROOT
from ..many import command_line, in_plain_processes, is_meant
from .answers import answers
from .margins import MARGINS, TRIALS
from .plain import PlainNotebook, plain_notebook

PAGE = ROOT / "docs" / "learning.md"
Found = list[tuple[str, str, list[float]]]  # (test, its bound in words, how far each run ended from it)


def main() -> int:
    """Train whole solutions with many seeds; a whole run is recorded in docs/learning.md."""
    parser = command_line("seeds.learning", main.__doc__, only="*solution,the reference")
    parser.add_argument("--seeds", type=int, default=20)
    wanted = parser.parse_args()
    chosen = [place for place, answer in enumerate(answers()) if is_meant(wanted.only, answer.name)]
    jobs = [(place, wanted.seeds) for place in chosen]
    found = [line for lines in in_plain_processes(_trained, jobs, wanted.workers, "notebooks") for line in lines]
    text = page(found)
    print(text)
    if wanted.only == parser.get_default("only") and wanted.seeds >= parser.get_default("seeds"):
        PAGE.write_text(text + "\n", encoding="utf-8")
    return 0


def _trained(job: tuple[int, int]) -> Found:
    place, seeds = job
    answer = answers()[place]
    found: Found = []
    with plain_notebook(answer) as notebook:
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

Six tests train a small network and ask what it has learnt. Whole solutions in other hands were trained again and again,
each time with other weights, batches and inputs; a margin below zero would have failed. The last column is the chance
of a failing run for the solution that comes closest to the bound, if its margins are normal (of the tests that ask
for most of five trials: if trials miss as often as seen, or once in all). It does not depend on the machine's speed,
because no test looks at a clock. Made by `make learning`."""

if __name__ == "__main__":
    sys.exit(main())
