"""The class as a table in the terminal."""

import unicodedata
from collections.abc import Sequence

from .. import assignment
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
    lines = [head, *(_cells(row) for row in rows)]
    widths = [max(_width(line[i]) for line in lines) for i in range(len(head) - 1)]
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
