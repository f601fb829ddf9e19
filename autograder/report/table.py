"""Tables in the terminal: the class, who stands where, and the late ledger."""

import unicodedata
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from .. import assignment
from ..moment import both_calendars, read_moment
from .class_marks import Row

SHORT = {
    "fully_connected_networks": "networks",
    "forward_forward_supervised": "FF sup.",
    "forward_forward_unsupervised": "FF unsup.",
    "theory": "theory",
}


def class_table(rows: Sequence[Row]) -> str:
    """Student, name, marks by notebook, total, what waits for a person, lateness and remarks."""
    head = ["student", "name", *(SHORT[name] for name in assignment.NOTEBOOKS), "final", "waiting", "late", "remarks"]
    return _columns([head, *(_cells(row) for row in rows)])


def status_table(students: Sequence[dict[str, Any]], zone: ZoneInfo) -> str:
    """Student, name, when it was received, whether it is graded, what waits, feedback, and what is next."""
    if not students:
        return "Nobody is in roster.csv, and nothing has been collected yet: hw2 collect."
    lines = [["student", "name", "received", "graded", "waiting", "feedback", "next"]]
    for one in students:
        received = both_calendars(read_moment(one["received"]), zone) if one["received"] else "nothing"
        waiting = str(one["waiting"])
        lines.append([one["student"], one["name"], received, one["graded"], waiting, one["feedback"], one["next"]])
    return _columns(lines)


def late_table(rows: Sequence[Row], changed: Sequence[str]) -> str:
    """Everybody who is late, with what it costs; whose time or penalty has just changed is marked."""
    lines = [
        [row.student, row.name, str(row.late), f"{row.total:g} - {row.penalty:g}", "changed" * (row.student in changed)]
        for row in rows
        if row.late.hours or row.student in changed
    ]
    head = ["student", "name", "late", "marks", ""]
    return _columns([head, *lines]) if lines else "Nobody in the gradebook is late."


def _columns(lines: Sequence[Sequence[str]]) -> str:
    """The lines with their cells below each other; the last column is as long as it is."""
    widths = [max(_width(line[i]) for line in lines) for i in range(len(lines[0]) - 1)]
    return "\n".join(
        "  ".join([*(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=False)), line[-1]])
        for line in lines
    )


def _cells(row: Row) -> list[str]:
    marks = [f"{row.marks.get(name, 0):g}" for name in assignment.NOTEBOOKS]
    remark = row.remarks[0] if row.remarks else ""
    more = f" (+{len(row.remarks) - 1} more)" if len(row.remarks) > 1 else ""
    short = remark if len(remark) <= 90 else remark[:90] + "..."
    return [row.student, row.name, *marks, f"{row.final:g}", str(row.waiting), str(row.late), short + more]


def _width(text: str) -> int:
    """Columns that the text takes in a terminal."""
    marks = sum(unicodedata.combining(char) > 0 or unicodedata.category(char) == "Cf" for char in text)
    return len(text) - marks
