"""`make seeds`: every right answer with hundreds of draws of the hidden inputs, in both precisions."""

import argparse
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from fnmatch import fnmatch
from multiprocessing import get_context

from tqdm import tqdm

from ..course import ROOT
from .answers import Answer, answers
from .plain import DTYPES, PlainNotebook, draw_in

PAGE = ROOT / "docs" / "seeds.md"


@dataclass
class Outcome:
    """What became of one answer. failed: (test, precision) -> in how many seeds; said: the first message of each."""

    answer: str
    notebook: str
    runs: int = 0
    failed: Counter[tuple[str, str]] = field(default_factory=Counter)
    said: dict[tuple[str, str], str] = field(default_factory=dict)


def main() -> int:
    """Run all right answers, or those that --only names; a whole run is recorded in docs/seeds.md."""
    parser = argparse.ArgumentParser(prog="python -m sample_class.seeds", description=main.__doc__)
    parser.add_argument("--only", default="*", help="patterns of names or notebooks, separated by commas")
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    wanted = parser.parse_args()
    patterns = wanted.only.split(",")
    chosen = [
        (place, a)
        for place, a in enumerate(answers())
        if any(fnmatch(a.name, p) or fnmatch(a.notebook, p) for p in patterns)
    ]
    start = time.monotonic()
    with get_context("fork").Pool(wanted.workers, maxtasksperchild=1) as pool:
        jobs = pool.imap(_tried, [(place, wanted.seeds) for place, _ in chosen])
        found = list(tqdm(jobs, total=len(chosen), unit=" notebooks"))
    text = page(found, wanted.seeds)
    print(text, f"\n{time.monotonic() - start:.0f} s")
    if len(chosen) == len(answers()) and wanted.seeds >= 200:
        PAGE.write_text(text + "\n", encoding="utf-8")
    return 1 if any(outcome.failed for outcome in found) else 0


def _tried(job: tuple[int, int]) -> Outcome:
    """In a process of its own: one answer with all seeds in both precisions."""
    place, seeds = job
    answer: Answer = answers()[place]
    outcome = Outcome(answer.name, answer.notebook)
    notebook = PlainNotebook(answer.notebook, answer.edits)
    for dtype in DTYPES:
        draw_in(dtype)
        for number in range(seeds):
            for test in notebook.drawing():
                message, _ = notebook.run(test, f"seed {number}")
                outcome.runs += 1
                if message:
                    outcome.failed[test, dtype] += 1
                    outcome.said.setdefault((test, dtype), message)
    return outcome


def page(found: list[Outcome], seeds: int) -> str:
    """The page, in Markdown."""
    lines = [_HEAD, f"\n{len(found)} notebooks of right answers, {seeds} seeds, each in float32 and in float64.\n"]
    lines += ["| notebook | right answers | tests run | failed |", "|---|---|---|---|"]
    for notebook in dict.fromkeys(outcome.notebook for outcome in found):
        own = [outcome for outcome in found if outcome.notebook == notebook]
        runs, failed = sum(outcome.runs for outcome in own), sum(outcome.failed.total() for outcome in own)
        lines.append(f"| {notebook} | {len(own)} | {runs} | {failed} |")
    lines += ["\n## Failed\n"]
    for outcome in found:
        for (test, dtype), count in outcome.failed.items():
            said = " ".join(outcome.said[test, dtype].split())
            lines.append(f"- {outcome.answer}, {test}, {dtype}: {count} of {seeds}: {said}")
    return "\n".join(lines if any(outcome.failed for outcome in found) else [*lines, "None."])


_HEAD = """# Right answers, with other inputs

Every test whose inputs are drawn is run again and again on right answers, each time with another seed of the examiner's
(tests that train for long: [learning.md](learning.md)): of a whole solution all tests, of a variant of the reference
those about what it varies. Made by `make seeds`."""

if __name__ == "__main__":
    sys.exit(main())
