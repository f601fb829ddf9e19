"""`make seeds`: every right answer with hundreds of draws of the hidden inputs, in each precision."""

import sys
import time

from ..course import ROOT
from ..many import command_line
from .answers import answers
from .going_on import Job, go_on, known
from .outcome import COLUMNS, Outcome, outcome_of
from .plain import LIBS, Parts, plain_notebook, precisions
from .record import Record, Row, digests_of

PAGE, RECORD = ROOT / "docs" / "seeds.md", ROOT / "docs" / "seeds.csv"
SEEDS = 200


def main() -> int:
    """Run right answers, all or those that --only names, unless docs/seeds.csv knows them; docs/seeds.md sums it up."""
    parser = command_line("seeds", main.__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    wanted = parser.parse_args()
    start, every, record = time.monotonic(), answers(), Record(RECORD, COLUMNS)
    digests = [digests_of(answer, Parts.drawing, [LIBS / "checks.py"]) for answer in every]
    found = go_on(record, every, digests, _tried, wanted)
    PAGE.write_text(page(known(record, digests, SEEDS), len(every)) + "\n", encoding="utf-8")
    print(page(found, len(found)), f"\n{time.monotonic() - start:.0f} s")
    return 1 if any(outcome_of(row).failed for own in found for row in own) else 0


def _tried(job: Job) -> list[Row]:
    """In a process of its own: one answer and these tests with all seeds in both precisions."""
    place, seeds, tests = job
    answer = answers()[place]
    outcomes = [Outcome(answer.notebook, answer.name, test, seeds) for test in tests]
    with plain_notebook(answer) as notebook:
        for dtype in precisions(answer.notebook):
            notebook.prefer(dtype)
            for number in range(seeds):
                for outcome in outcomes:
                    outcome.add(dtype, notebook.run(outcome.test, f"seed {number}")[0])
    return [outcome.row() for outcome in outcomes]


def page(rows: list[list[Row]], of: int) -> str:
    """The page, in Markdown; rows: by answer."""
    found = [outcome_of(row) for own in rows for row in own]
    lines = [_HEAD, f"\n{len(rows)} of {of} notebooks of right answers have been run.\n"]
    lines += ["| notebook | right answers | precisions | tests run | failed |", "|---|---|---|---|---|"]
    for notebook in dict.fromkeys(outcome.notebook for outcome in found):
        own = [outcome for outcome in found if outcome.notebook == notebook]
        runs, failed = sum(outcome.runs for outcome in own), sum(outcome.failed.total() for outcome in own)
        names = {outcome.answer for outcome in own}
        lines.append(f"| {notebook} | {len(names)} | {', '.join(precisions(notebook))} | {runs} | {failed} |")
    lines += ["\n## Failed\n"]
    for outcome in found:
        for dtype, count in outcome.failed.items():
            said = outcome.said[dtype]
            lines.append(f"- {outcome.answer}, {outcome.test}, {dtype}: {count} of {outcome.seeds}: {said}")
    return "\n".join(lines if any(outcome.failed for outcome in found) else [*lines, "None."])


_HEAD = f"""# Right answers, with other inputs

Every test whose inputs are drawn is run {SEEDS} times on right answers, each time with another seed of the examiner's
(tests that train for long: [learning.md](learning.md)): of a whole solution all tests, of a variant of the reference
those about what it varies. Made by `make seeds`, which goes on where it was stopped: [seeds.csv](seeds.csv) holds what
is known, and a test is run again when it or the answer has changed."""

if __name__ == "__main__":
    sys.exit(main())
