"""`make corpus`: grades the hostile class and holds each submission against what it deserves; ends with 0 if all is so.

`--plain` also sends it through plain nbgrader, and keeps what that gave for docs/corpus.md. `--page` writes that page
from what was kept, without grading anything.
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

from autograder import assignment

from .course import ROOT
from .hostile.ours import Graded, grade_class
from .hostile.plain import Plain, base_course, grade_plainly
from .hostile.submission import Hostile
from .hostile.whole_class import CLASS

COLUMN = Path(__file__).parent / "hostile" / "plain_column.json"
PAGE = ROOT / "docs" / "corpus.md"
SCRATCH = ROOT / "scratch" / "corpus"
KINDS = {"A": "forging marks", "B": "reaching out", "C": "accidents", "E": "what once got through here"}


def main() -> int:
    """Grade, print, write docs/corpus.md when the whole class was graded; 1 when something is not as it must be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plain", action="store_true", help="send the class through plain nbgrader too")
    parser.add_argument("--only", default="*", help="patterns of student numbers, situations or threats")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--page", action="store_true", help="docs/corpus.md from what was kept, and what --only graded")
    options = parser.parse_args()
    if options.page and options.only == "*":
        _write_page(None)
        return 0
    wanted = options.only.split(",")
    chosen = [h for h in CLASS if any(fnmatch(t, w) for t in (h.number, h.situation, h.threat) for w in wanted)]
    start = time.monotonic()
    if options.plain:
        _measure_plain(chosen)
    graded = grade_class(SCRATCH, chosen, options.workers, silent=False)
    print(_table(chosen, graded, _column()))
    if options.page or len(chosen) == len(CLASS):
        _write_page(graded)
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


def _write_page(graded: Graded | None) -> None:
    """What was not graded now is as it was when it was graded last."""
    PAGE.write_text(_page(list(CLASS), graded, _column()), encoding="utf-8")


def _graded_before() -> dict[str, str]:
    """What each situation got here when it was graded last, as the page says."""
    lines = PAGE.read_text(encoding="utf-8").splitlines() if PAGE.exists() else []
    rows = [[cell.strip() for cell in line.split(" | ")] for line in lines if line.count(" | ") == 5]
    return {cells[0].removeprefix("| "): cells[4] for cells in rows}


def _table(chosen: list[Hostile], graded: Graded | None, column: dict[str, Plain]) -> str:
    lines = ["| submission | threat | at stake | deserved | here | plain nbgrader |", "|---|---|---|---|---|---|"]
    before = _graded_before()
    for hostile in chosen:
        outcome, (at_stake, deserved) = graded and graded.outcomes.get(hostile.number), _points(hostile)
        last = before.get(hostile.situation, "not graded")
        here = f"{outcome.got:g}" + (" (!)" if outcome.faults else "") if outcome else last
        cells = [hostile.situation, hostile.threat, f"{at_stake:g}", f"{deserved:g}", here]
        lines.append(f"| {' | '.join([*cells, _plainly(column.get(hostile.number))])} |")
    return "\n".join(lines)


def _points(hostile: Hostile) -> tuple[float, float]:
    """What the tests of the notebook that it is about are worth, and what the honest part of the work earns of it."""
    notebook = assignment.read(assignment.source_folder(ROOT) / f"{hostile.alone}.ipynb")
    checks = [check for check in assignment.checks(notebook) if not check.by_hand]
    earned = [c for c in checks if any(fnmatch(f"{hostile.alone}/{c.id}", pattern) for pattern in hostile.earns)]
    return sum(check.points for check in checks), sum(check.points for check in earned)


def _summary(column: dict[str, Plain]) -> str:
    """By kind of threat: how often plain nbgrader gave what the work deserves, and what else."""
    lines = ["| kind | submissions | plain: as deserved | too much | too little or no score | reached out |"]
    lines.append("|---|---|---|---|---|---|")
    for kind, name in KINDS.items():
        pairs = [(h, column[h.number]) for h in CLASS if h.threat.startswith(kind) and h.number in column]
        if not pairs:
            continue
        off = [0 if plain.points is None else plain.points - _points(h)[1] for h, plain in pairs]
        none = sum(plain.points is None for _, plain in pairs)
        counts = (
            sum(x == 0 for x in off) - none,
            sum(x > 0 for x in off),
            sum(x < 0 for x in off) + none,
            sum(bool(plain.evidence) for _, plain in pairs),
        )
        lines.append(f"| {name} | {len(pairs)} | {' | '.join(map(str, counts))} |")
    return "\n".join(lines)


def _plainly(plain: Plain | None) -> str:
    if plain is None:
        return "not measured"
    score = "no score" if plain.points is None else f"{plain.points:g}"
    return "; ".join([score + (f" ({plain.why})" if plain.why else ""), *plain.evidence])


def _page(chosen: list[Hostile], graded: Graded | None, column: dict[str, Plain]) -> str:
    return (
        "# The hostile class\n\n"
        "Made by `make corpus` (this grader) and `python -m sample_class.corpus --plain` (plain nbgrader 0.9.6 on the "
        "same files,\nwith nothing of this repository in force, a time-out of 15 s a cell, each run inside a sandbox "
        "that is ended after 90 s).\n`python -m sample_class.corpus --page` writes it again without grading, "
        "or with what --only grades.\n\n"
        "Points are those of the tests of the one notebook that a submission is about. What is at stake is all of "
        "them; what\nis deserved is what the honest part of the work earns. `make corpus` ends with 0 only if every "
        "submission gets exactly that.\n\n" + _summary(column) + "\n\n" + _table(chosen, graded, column) + "\n"
    )


if __name__ == "__main__":
    sys.exit(main())
