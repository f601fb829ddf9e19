"""`make bench-forward-forward`: runs of 300 CPU seconds, docs/forward-forward.md; `--paper`: the paper's nets."""

import argparse
import json

from ..course import ROOT
from . import budget, page, paper

RESULTS = ROOT / "scratch" / "forward-forward.json"  # what has been measured, so that --page can write it down again


def main() -> None:
    """Measure and write down, or run the paper's nets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", help="of supervised, unmoved, unsupervised; else all of them")
    parser.add_argument("--page", action="store_true", help="write the page of the last measurements again")
    parser.add_argument("--paper", action="store_true", help="the paper's nets: hours")
    parser.add_argument("--epochs", type=int, help="with --paper: fewer epochs, to try it")
    parser.add_argument("--digits", type=int, default=60_000, help="with --paper: fewer digits, to try it")
    options = parser.parse_args()
    known = list(paper.EPOCHS if options.paper else budget.KINDS)
    if unknown := set(options.kinds) - set(known):
        parser.error(f"no such kind: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    for kind in options.kinds or known:
        if options.paper:
            getattr(paper, kind)(options.epochs, options.digits)
        elif not options.page:
            _keep(kind, getattr(budget, kind)())
    if not options.paper:
        page.write(json.loads(RESULTS.read_text()))


def _keep(kind: str, points: list[dict[str, float]]) -> None:
    measured = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(measured | {kind: points}))


if __name__ == "__main__":
    main()
