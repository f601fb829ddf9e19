"""`make corpus`: grades the hostile class and holds each submission against what it deserves; ends with 0 if all is so.

`--plain` also sends it through plain nbgrader, and keeps what that gave for docs/corpus.md.
"""

import argparse
import json
import shutil
import sys
import time
from dataclasses import asdict
from fnmatch import fnmatch
from pathlib import Path

from tqdm import tqdm

from .course import ROOT
from .hostile.ours import Graded, grade_class
from .hostile.plain import Plain, base_course, grade_plainly
from .hostile.submission import Hostile
from .hostile.whole_class import CLASS

COLUMN = Path(__file__).parent / "hostile" / "plain_column.json"
SCRATCH = ROOT / "scratch" / "corpus"


def main() -> int:
    """Grade, print, write docs/corpus.md when the whole class was graded; 1 when something is not as it must be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plain", action="store_true", help="send the class through plain nbgrader too")
    parser.add_argument("--only", default="*", help="a pattern of student numbers, situations or threats")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    chosen = [h for h in CLASS if any(fnmatch(t, options.only) for t in (h.number, h.situation, h.threat))]
    start = time.monotonic()
    if options.plain:
        _measure_plain(chosen)
    graded = grade_class(SCRATCH, chosen, options.workers, silent=False)
    table = _table(chosen, graded, _column())
    if len(chosen) == len(CLASS):
        (ROOT / "docs" / "corpus.md").write_text(_page(table), encoding="utf-8")
    print(table)
    faults = graded.faults + [f"{number}: {f}" for number, o in graded.outcomes.items() for f in o.faults]
    print("\n".join(faults) or "Every submission got what it deserves; nothing else changed.")
    print(f"{len(chosen)} hostile submissions, {time.monotonic() - start:.0f} s")
    return 1 if faults else 0


def _measure_plain(chosen: list[Hostile]) -> None:
    """Grade with plain nbgrader and keep what it gave."""
    base = base_course(SCRATCH / "plain" / "base")
    for hostile in tqdm(chosen, desc="plain nbgrader", unit=" submissions"):
        plain = grade_plainly(hostile, base, SCRATCH / "plain" / f"course-{hostile.number}")
        column = {**_column(), hostile.number: plain}
        text = json.dumps({number: asdict(plain) for number, plain in sorted(column.items())}, indent=1)
        COLUMN.write_text(text + "\n", encoding="utf-8")
    shutil.rmtree(base)


def _column() -> dict[str, Plain]:
    """What plain nbgrader gave when it was last measured, by student number."""
    if not COLUMN.exists():
        return {}
    return {number: Plain(**plain) for number, plain in json.loads(COLUMN.read_text(encoding="utf-8")).items()}


def _table(chosen: list[Hostile], graded: Graded, column: dict[str, Plain]) -> str:
    lines = ["| submission | threat | at stake | deserved | here | plain nbgrader |", "|---|---|---|---|---|---|"]
    for hostile in chosen:
        outcome, plain = graded.outcomes[hostile.number], column.get(hostile.number)
        here = f"{outcome.got:g}" + (" (!)" if outcome.faults else "")
        cells = [hostile.situation, hostile.threat, f"{outcome.at_stake:g}", f"{outcome.deserved:g}", here]
        lines.append(f"| {' | '.join([*cells, _plainly(plain)])} |")
    return "\n".join(lines)


def _plainly(plain: Plain | None) -> str:
    if plain is None:
        return "not measured"
    score = "no score" if plain.points is None else f"{plain.points:g}"
    return "; ".join([score + (f" ({plain.why})" if plain.why else ""), *plain.evidence])


def _page(table: str) -> str:
    return (
        "# The hostile class\n\n"
        "Made by `make corpus` (this grader) and `python -m sample_class.corpus --plain` (plain nbgrader 0.9.6 on the "
        "same files,\nwith nothing of this repository in force, a time-out of 15 s a cell, each run inside a sandbox "
        "that is ended after 90 s).\n\nPoints are those of the tests of the one notebook that a submission is about. "
        "What is at stake is all of them; what is\ndeserved is what the honest part of the work earns.\n\n"
        + table
        + "\n"
    )


if __name__ == "__main__":
    sys.exit(main())
