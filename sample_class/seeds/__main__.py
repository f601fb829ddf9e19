"""`make seeds`: every right answer with hundreds of draws of the hidden inputs, in each precision."""

import sys
import time

from ..answer import Answer
from ..course import ROOT
from ..many import command_line
from .answers import answers
from .going_on import all_known, go_on
from .outcome import COLUMNS, Outcome, outcome_of
from .plain import LIBS, is_drawing, plain_notebook, precisions
from .record import Record, Row, digest_of

PAGE, RECORD = ROOT / "docs" / "seeds.md", ROOT / "docs" / "seeds.csv"
SEEDS = 200


def main() -> int:
    """Run all right answers, or those that --only names, unless docs/seeds.csv knows them; docs/seeds.md sums it up."""
    parser = command_line("seeds", main.__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    wanted = parser.parse_args()
    start, every, record = time.monotonic(), answers(), Record(RECORD, COLUMNS)
    found = [outcome_of(row) for row in go_on(record, every, _digest, _tried, wanted)]
    known = [outcome_of(row) for row in all_known(record, every, _digest, SEEDS)]
    PAGE.write_text(page(known, len(every)) + "\n", encoding="utf-8")
    print(page(found, len(found)), f"\n{time.monotonic() - start:.0f} s")
    return 1 if any(outcome.failed for outcome in found) else 0


def _digest(answer: Answer) -> str:
    return digest_of(answer, is_drawing, [LIBS / "checks.py"])


def _tried(job: tuple[int, int]) -> Row:
    """In a process of its own: one answer with all seeds in both precisions."""
    place, seeds = job
    answer = answers()[place]
    outcome = Outcome(answer.name, answer.notebook, seeds)
    with plain_notebook(answer) as notebook:
        for dtype in precisions(answer.notebook):
            notebook.prefer(dtype)
            for number in range(seeds):
                for test in notebook.drawing():
                    outcome.add(test, dtype, notebook.run(test, f"seed {number}")[0])
    return outcome.row()


def page(found: list[Outcome], of: int) -> str:
    """The page, in Markdown."""
    lines = [_HEAD, f"\n{len(found)} of {of} notebooks of right answers have been run.\n"]
    lines += ["| notebook | right answers | precisions | tests run | failed |", "|---|---|---|---|---|"]
    for notebook in dict.fromkeys(outcome.notebook for outcome in found):
        own = [outcome for outcome in found if outcome.notebook == notebook]
        runs, failed = sum(outcome.runs for outcome in own), sum(outcome.failed.total() for outcome in own)
        lines.append(f"| {notebook} | {len(own)} | {', '.join(precisions(notebook))} | {runs} | {failed} |")
    lines += ["\n## Failed\n"]
    for outcome in found:
        for (test, dtype), count in outcome.failed.items():
            said = outcome.said[test, dtype]
            lines.append(f"- {outcome.answer}, {test}, {dtype}: {count} of {outcome.seeds}: {said}")
    return "\n".join(lines if any(outcome.failed for outcome in found) else [*lines, "None."])


_HEAD = f"""# Right answers, with other inputs

Every test whose inputs are drawn is run {SEEDS} times on right answers, each time with another seed of the examiner's
(tests that train for long: [learning.md](learning.md)): of a whole solution all tests, of a variant of the reference
those about what it varies. Made by `make seeds`, which goes on where it was stopped: [seeds.csv](seeds.csv) holds what
is known, and an answer is run again when its code or a test of its notebook has changed."""

if __name__ == "__main__":
    sys.exit(main())
