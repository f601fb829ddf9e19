"""`python -m sample_class.bench_ready`: what each solved notebook costs, in steps of `libs.ready`'s own training.

Runs each practical from a fresh kernel, on an otherwise idle machine, and writes COSTS of libs/ready/machine.py.
"""

import re
import sys
from pathlib import Path

from autograder import assignment

from .bench import run_all
from .course import ROOT
from .machine import described

TABLE = Path("source", assignment.NAME, "libs", "ready", "machine.py")


def main() -> None:
    """Measure, print, and put the figures into the table."""
    sys.path.insert(0, str(assignment.source_folder(ROOT)))
    from libs.ready.machine import seconds_a_step

    path, costs = ROOT / TABLE, {}
    for name in assignment.PRACTICALS:
        before = seconds_a_step()
        _, wall, _ = run_all(name)
        step = (before + seconds_a_step()) / 2
        costs[name] = wall / step / 1000
        print(f"{name}: {wall:.0f} s, {1000 * step:.2f} ms a step, {costs[name]:.1f} thousand steps, on {described()}")
    lines = "".join(f'    "{name}": {cost:.1f},\n' for name, cost in costs.items())
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?<=COSTS = \{\n)[^}]*(?=\})", lines, text), encoding="utf-8")


if __name__ == "__main__":
    main()
