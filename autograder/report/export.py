"""`nbgrader export`: grades.csv with one line a student."""

import csv
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.plugins.export import ExportPlugin

from .. import assignment
from .class_marks import class_rows


class MarksCsv(ExportPlugin):
    """Marks by notebook, lateness, what waits for a person, and remarks."""

    def export(self, gradebook: Gradebook) -> None:
        """Write to the file of --to, or to grades.csv."""
        target = Path(self.to or "grades.csv")
        part = target.with_suffix(".part")
        with part.open("w", encoding="utf-8-sig", newline="") as file:  # the mark makes spreadsheets read UTF-8
            writer = csv.writer(file)
            writer.writerow(
                [
                    "student",
                    "name",
                    *assignment.NOTEBOOKS,
                    "total",
                    "late_hours",
                    "penalty",
                    "final",
                    "waiting",
                    "remarks",
                ]
            )
            for row in class_rows(Path(self.parent.coursedir.root), gradebook):
                marks = [row.marks.get(name, 0.0) for name in assignment.NOTEBOOKS]
                writer.writerow(
                    [
                        *(_text(row.student), _text(row.name), *marks, row.total, row.late.hours, row.penalty),
                        *(row.final, row.waiting, _text(" | ".join(row.remarks))),
                    ]
                )
        part.replace(target)


def _text(value: str) -> str:
    """A value that no spreadsheet takes for a formula."""
    return "'" + value if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
