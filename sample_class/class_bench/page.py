"""docs/bench-class.md and its plot, from docs/bench-class.json."""

import json
from typing import Any

from ..course import ROOT
from .plot import plot

RECORD, PAGE = ROOT / "docs" / "bench-class.json", ROOT / "docs" / "bench-class.md"
PLAIN, FLOOR = "plain nbgrader, one process", "the floor: cells and tests once, warm"
OURS = ("hw2 autograde, 1 worker", "hw2 autograde, 2 workers")

_HEAD = """# Grading a class, side by side

{students} submissions of the sample class (`sample_class/students.py`) on {machine}.
Made by `make bench-class`; figures in [bench-class.json](bench-class.json). Every system runs the same cells and tests,
each process on one thread. The floor is the CPU time of a submission's cells and tests alone, executed once in a warm
interpreter without sandbox, kernel, gradebook or anybody who looks at the results. Memory is that of all processes
together, shared pages once.

![seconds a submission, and growth](bench-class.svg)

| what | wall | each | CPU | memory | throughput beside the first | CPU beside the floor | CPU not for cells and tests |
|---|---|---|---|---|---|---|---|
"""


def read() -> dict[str, Any]:
    """What has been measured before."""
    return dict(json.loads(RECORD.read_text(encoding="utf-8"))) if RECORD.exists() else {}


def write(found: dict[str, Any]) -> None:
    """Keep the figures; draw the page where there are enough of them."""
    RECORD.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    costs = found.get("costs", {})
    if not {PLAIN, FLOOR, *OURS} <= set(costs):
        return
    plot(found)
    text = _HEAD.format(students=found["students"], machine=found["machine"])
    text += "".join(_row(kind, cost, found) for kind, cost in costs.items()) + "\n" + _bars(found) + _growth(found)
    PAGE.write_text(text, encoding="utf-8")
    print(text)


def _row(kind: str, cost: dict[str, float], found: dict[str, Any]) -> str:
    first, floor, each = found["costs"][PLAIN], found["costs"][FLOOR], cost["wall"] / found["students"]
    memory = f"{cost['memory']:.0f} MiB" if cost["memory"] else ""
    cells = [
        f"{cost['wall']:.0f} s",
        f"{each:.1f} s",
        f"{cost['cpu']:.0f} s",
        memory,
        f"{first['wall'] / cost['wall']:.1f}",
    ]
    cells += [f"{cost['cpu'] / floor['cpu']:.2f}", f"{1 - floor['cpu'] / cost['cpu']:.0%}"]
    return f"| {kind} | {' | '.join(cells)} |\n"


def _bars(found: dict[str, Any]) -> str:
    """What was aimed at, what was reached, and whether that is enough."""
    plain, floor, one, two = (found["costs"][kind] for kind in (PLAIN, FLOOR, *OURS))
    bars = [
        ("throughput of 2 workers beside plain nbgrader", plain["wall"] / two["wall"], 8.0, True, ""),
        ("CPU of 1 worker beside the floor", one["cpu"] / floor["cpu"], 1.25, False, ""),
        ("throughput of 2 workers beside 1", one["wall"] / two["wall"], 1.8, True, ""),
        (
            "from asking for a student's process to its first executed cell",
            1000 * found["first_cell"],
            200.0,
            False,
            " ms",
        ),
    ]
    lines = ["| bar | asked | measured | |", "|---|---|---|---|"]
    for what, value, bound, at_least, unit in bars:
        met = value >= bound if at_least else value <= bound
        sign = "at least" if at_least else "at most"
        shown = f"{value:.0f}" if unit else f"{value:.2f}"
        lines.append(f"| {what} | {sign} {bound:g}{unit} | {shown}{unit} | {'met' if met else '**not met**'} |")
    said = ", ".join(f"{kind} {seconds:.0f} s" for kind, seconds in found["one"].items())
    return (
        "\n".join(lines)
        + f"\n\nFrom submission to marks for one student, perfect in all, nothing running before: {said}.\n"
    )


def _growth(found: dict[str, Any]) -> str:
    if "growth" not in found:
        return ""
    lines = [
        "\n## A growing class\n",
        "Simulated students who send the hand-out as it is, in real runs with two workers.\n",
    ]
    lines += ["| submissions | wall | a submission | CPU | memory |", "|---|---|---|---|---|"]
    for number, cost in sorted(found["growth"].items(), key=lambda pair: int(pair[0])):
        each, memory = cost["wall"] / int(number), f"{cost['memory']:.0f} MiB"
        lines.append(f"| {number} | {cost['wall']:.0f} s | {each:.2f} s | {cost['cpu']:.0f} s | {memory} |")
    return "\n".join(lines) + "\n"
