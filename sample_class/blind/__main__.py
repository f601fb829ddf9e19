"""`python -m sample_class.blind [SHAPE...] [--round N] [--record first|second]`: blind rounds against hw2 collect."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from .page import line, record, summary
from .rounds import ROUNDS, load
from .trial import Outcome, tried


def main(words: list[str]) -> int:
    """Try the shapes of these names, or all; the exit status is 1 when one did not come to what was expected."""
    options = argparse.ArgumentParser(prog="python -m sample_class.blind", description=__doc__)
    options.add_argument("shapes", nargs="*", metavar="SHAPE", help="none: all of them")
    options.add_argument("--round", type=int, choices=ROUNDS, default=1, help="which of the rounds (default: 1)")
    options.add_argument("--record", choices=("first", "second"), help="keep the outcomes in docs/blind.md")
    chosen = options.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="hw2-blind-") as folder:
        outcomes = []
        for outcome in outcomes_of(chosen.shapes, Path(folder), chosen.round):
            outcomes.append(outcome)
            print(line(outcome), flush=True)
    print(summary(outcomes))
    if chosen.record:
        record(chosen.round, chosen.record, outcomes)
    return 1 if any(outcome.hard or outcome.soft for outcome in outcomes) else 0


def outcomes_of(names: list[str], folder: Path, number: int = 1, workers: int = 2) -> Iterator[Outcome]:
    """The outcome of each shape of these names, or of all of a round, in the order in which they were written."""
    shapes = {shape.name: shape for shape in load(ROUNDS[number], folder / "round").SHAPES}
    if unknown := [name for name in names if name not in shapes]:
        raise SystemExit(f"no shape is called {', '.join(unknown)}; the names stand in {ROUNDS[number]}")
    # forked: a shape holds functions, which cannot be sent; so they are known there by their places
    with ProcessPoolExecutor(workers, get_context("fork"), _begin, (shapes, folder)) as pool:
        yield from pool.map(_one, names or list(shapes))


_KNOWN: dict[str, Any] = {}


def _begin(shapes: dict[str, Any], folder: Path) -> None:
    _KNOWN.update(shapes=shapes, folder=folder)


def _one(name: str) -> Outcome:
    """One place a process: what is known of the hand-out by its path need not be read for each shape."""
    return tried(_KNOWN["shapes"][name], _KNOWN["folder"] / str(os.getpid()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
