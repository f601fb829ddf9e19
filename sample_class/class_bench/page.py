"""docs/bench-class.md and its plot, from docs/bench-class.json."""

import json
from typing import Any

from ..course import ROOT
from .cost import each
from .plot import plot

RECORD, PAGE = ROOT / "docs" / "bench-class.json", ROOT / "docs" / "bench-class.md"
PLAIN, PARALLEL = "plain nbgrader, one process", "plain nbgrader, GNU parallel, 2 at once"
FLOOR, OTTER = "the floor: cells and tests once, warm", "otter-grader (otter run)"
OURS = ("hw2 autograde, 1 worker", "hw2 autograde, 2 workers")

Found = dict[str, Any]  # what has been measured, as in the record

_HEAD = """# Grading a class, side by side

Submissions of the sample class (`sample_class/students.py`), in turn, on {machine}. Made by
`make bench-class`; figures in [bench-class.json](bench-class.json). Every system runs the same cells and tests, each
process on one thread; what is compared is compared by the submission. The floor is the CPU time of a submission's cells
and tests alone, executed once in a warm interpreter without sandbox, kernel, gradebook or anybody who looks at the
results. Freed memory goes back to the system there as is usual; hw2's processes keep it, which saves page faults.
hw2 also looks at the pages of written answers and draws them for the marker, which nobody else here does.
Memory is that of all processes together, shared pages once.

![seconds a submission, and growth](bench-class.svg)

| what | submissions | wall | each | CPU each | memory | throughput beside the first | CPU beside the floor \
| CPU not for cells and tests |
|---|---|---|---|---|---|---|---|---|
"""

_CEILING = """
A grader that did the floor's work alone, on two cores without a pause, would have {:.1f} times the throughput of plain
nbgrader in one process."""

_UNCERTAIN = """
The same submissions took {:.1f} CPU seconds each with one worker and {:.1f} with two. The work is the same; the
machine's speed is not, from one run to the next, and no ratio here is surer than these two figures agree."""


def read(machine: str) -> Found:
    """What has been measured before on this machine; what another one took is no measure here."""
    found = dict(json.loads(RECORD.read_text(encoding="utf-8"))) if RECORD.exists() else {}
    return found if found.get("machine") == machine else {"machine": machine}


def write(found: Found) -> None:
    """Keep the figures; draw the page where there are enough of them."""
    RECORD.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    costs = found.get("costs", {})
    if "one" not in found or not {PLAIN, FLOOR, *OURS} <= set(costs):
        return
    plot(found)
    text = _HEAD.format(machine=found["machine"])
    text += "".join(_row(kind, cost, found) for kind, cost in costs.items()) + "\n" + _bars(found) + _growth(found)
    PAGE.write_text(text, encoding="utf-8")
    print(text)


def _row(kind: str, cost: dict[str, float], found: Found) -> str:
    share = each(cost, "cpu") / each(found["costs"][FLOOR], "cpu")
    cells = [
        f"{cost['students']}",
        f"{cost['wall']:.0f} s",
        f"{each(cost):.1f} s",
        f"{each(cost, 'cpu'):.1f} s",
        f"{cost['memory']:.0f} MiB" if cost["memory"] else "",
        f"{each(found['costs'][PLAIN]) / each(cost):.1f}",
        f"{share:.2f}",
        f"{1 - 1 / share:.0%}",
    ]
    return f"| {kind} | {' | '.join(cells)} |\n"


def _bars(found: Found) -> str:
    """What was aimed at, what was reached, and whether that is enough."""
    plain, floor, one, two = (found["costs"][kind] for kind in (PLAIN, FLOOR, *OURS))
    bars = [
        ("throughput of 2 workers beside plain nbgrader", each(plain) / each(two), 8.0, True, ""),
        ("CPU of 1 worker beside the floor", each(one, "cpu") / each(floor, "cpu"), 1.25, False, ""),
        ("throughput of 2 workers beside 1", each(one) / each(two), 1.8, True, ""),
        (
            "from asking for a student's process to its first executed cell",
            1000 * found["first_cell"],
            200.0,
            False,
            " ms",
        ),
    ]
    growth = found.get("growth", {})
    if {"100", "1000"} <= growth.keys():  # "flat", in figures
        bars.append(("memory of 1,000 beside 100", growth["1000"]["memory"] / growth["100"]["memory"], 1.1, False, ""))
    lines = ["| bar | asked | measured | |", "|---|---|---|---|", *(_bar(*bar) for bar in bars)]
    said = ", ".join(f"{kind} {seconds:.0f} s" for kind, seconds in found["one"].items())
    lines.append(_CEILING.format(2 * each(plain) / each(floor, "cpu")))
    lines.append(_UNCERTAIN.format(each(one, "cpu"), each(two, "cpu")))
    lines.append(f"\nFrom submission to marks for one student, perfect in all, nothing running before: {said}.\n")
    return "\n".join(lines)


def _bar(what: str, value: float, bound: float, at_least: bool, unit: str) -> str:
    met = value >= bound if at_least else value <= bound
    sign, shown = "at least" if at_least else "at most", f"{value:.0f}" if unit else f"{value:.2f}"
    return f"| {what} | {sign} {bound:g}{unit} | {shown}{unit} | {'met' if met else '**not met**'} |"


def _growth(found: Found) -> str:
    if "growth" not in found:
        return ""
    lines = [
        "\n## A growing class\n",
        "Simulated students who send the hand-out as it is, in real runs with two workers.\n",
    ]
    lines += ["| submissions | wall | a submission | CPU | memory |", "|---|---|---|---|---|"]
    for number, cost in sorted(found["growth"].items(), key=lambda pair: int(pair[0])):
        seconds, memory = cost["wall"] / int(number), f"{cost['memory']:.0f} MiB"
        lines.append(f"| {number} | {cost['wall']:.0f} s | {seconds:.2f} s | {cost['cpu']:.0f} s | {memory} |")
    return "\n".join(lines) + "\n"
