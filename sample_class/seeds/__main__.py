"""`make seeds`: every right answer with hundreds of draws of the hidden inputs, in each precision."""

import sys
import time
from collections import Counter
from dataclasses import dataclass, field

from ..course import ROOT
from ..many import command_line, in_plain_processes, is_meant
from .answers import answers
from .plain import plain_notebook, precisions

PAGE = ROOT / "docs" / "seeds.md"


@dataclass
class Outcome:
    """What became of one answer. failed: (test, precision) -> in how many seeds; said: the first message of each."""

    answer: str
    notebook: str
    runs: int = 0
    failed: Counter[tuple[str, str]] = field(default_factory=Counter)
    said: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, test: str, dtype: str, message: str) -> None:
        """Count one run; message: empty when the test passed."""
        self.runs += 1
        if message:
            self.failed[test, dtype] += 1
            self.said.setdefault((test, dtype), message)


def main() -> int:
    """Run all right answers, or those that --only names; a whole run is recorded in docs/seeds.md."""
    parser = command_line("seeds", main.__doc__)
    parser.add_argument("--seeds", type=int, default=200)
    wanted = parser.parse_args()
    chosen = [place for place, a in enumerate(answers()) if is_meant(wanted.only, a.name, a.notebook)]
    start = time.monotonic()
    jobs = [(place, wanted.seeds) for place in chosen]
    found = list(in_plain_processes(_tried, jobs, wanted.workers, "notebooks"))
    text = page(found, wanted.seeds)
    print(text, f"\n{time.monotonic() - start:.0f} s")
    if len(chosen) == len(answers()) and wanted.seeds >= 200:
        PAGE.write_text(text + "\n", encoding="utf-8")
    return 1 if any(outcome.failed for outcome in found) else 0


def _tried(job: tuple[int, int]) -> Outcome:
    """In a process of its own: one answer with all seeds in both precisions."""
    place, seeds = job
    answer = answers()[place]
    outcome = Outcome(answer.name, answer.notebook)
    with plain_notebook(answer) as notebook:
        for dtype in precisions(answer.notebook):
            notebook.prefer(dtype)
            for number in range(seeds):
                for test in notebook.drawing():
                    outcome.add(test, dtype, notebook.run(test, f"seed {number}")[0])
    return outcome


def page(found: list[Outcome], seeds: int) -> str:
    """The page, in Markdown."""
    lines = [_HEAD, f"\n{len(found)} notebooks of right answers, {seeds} seeds; networks in float32 and in float64.\n"]
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
