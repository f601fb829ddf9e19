"""`python -m sample_class.attacks FOLDER [--only PATTERNS] [--record NAME]`: a blind round of attacks, graded."""

import argparse
import shutil
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

from ..course import ROOT
from .attack import Attack, read_attack
from .page import record, table
from .trial import tried

JUDGED = Path(__file__).parent / "judged.toml"


def main() -> int:
    """Grade the attacks of a folder; 1 when one did not come to what it deserves."""
    parser = argparse.ArgumentParser(prog="python -m sample_class.attacks", description=__doc__)
    parser.add_argument("folder", type=Path, help="its *.toml are the attacks")
    parser.add_argument("--only", default="*", help="patterns of names, such as 01-*,2?-*")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--record", help="a heading below which the outcomes are put into docs/attacks.md")
    parser.add_argument("--go-on", action="store_true", help="grade what is missing of the last run")
    parser.add_argument("--as-written", action="store_true", help="without judged.toml")
    options = parser.parse_args()
    attacks = _attacks(options.folder, options.only.split(","), not options.as_written)
    course = ROOT / "scratch" / "attacks" / options.folder.name
    if not options.go_on:
        shutil.rmtree(course, ignore_errors=True)
    outcomes, faults = tried(course, attacks, options.workers)
    print(table(outcomes))
    print("\n".join(faults) or "The honest students have their marks.")
    if options.record:
        record(options.record, outcomes, faults)
    return 1 if faults or any(outcome.faults for outcome in outcomes) else 0


def _attacks(folder: Path, patterns: list[str], judged: bool = True) -> list[Attack]:
    paths = sorted(folder.glob("*.toml"))
    attacks = [read_attack(path, f"4030010{number:02d}") for number, path in enumerate(paths, 1)]
    known = tomllib.loads(JUDGED.read_text(encoding="utf-8")).get(folder.name, {}) if judged else {}
    attacks = [attack.judged_as(**known[attack.name]) if attack.name in known else attack for attack in attacks]
    chosen = [attack for attack in attacks if any(fnmatch(attack.name, pattern) for pattern in patterns)]
    if not chosen:
        raise SystemExit(f"{folder} holds no attack called {', '.join(patterns)}")
    return chosen


if __name__ == "__main__":
    sys.exit(main())
