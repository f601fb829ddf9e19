"""report/index.html: the class at a glance. Everything that came from a student is escaped; the page runs no script."""

import shutil
from collections import Counter
from pathlib import Path
from statistics import median

from .. import assignment
from ..gradebook import open_gradebook
from ..result import PASSED, Result
from ..visible import escape
from .class_marks import Row, class_rows, records_of
from .table import SHORT
from .uploads import decisions_of, fates_by_student, unsettled_uploads

STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #222; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 2rem; }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #ddd; vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
.bar { background: #e8edf3; height: .8rem; width: 12rem; } .bar div { background: #36c; height: 100%; }
.quiet { color: #777; } ul { margin: 0; padding-left: 1.1rem; }
"""


def write_report(root: Path) -> Path:
    """Write the page for the class in the gradebook and return its path."""
    with open_gradebook(root) as gradebook:
        rows = class_rows(root, gradebook)
    results = [
        result
        for row in rows
        for record in records_of(root / "autograded" / row.student / assignment.NAME)
        for result in record.results
    ]
    _write_changes(root / "report" / "changes", rows)
    parts = [_summary(rows), _similarity(root / "report"), _class(rows), _unsettled(root), _fates(root)]
    parts.append(_hardest(results))
    target = root / "report" / "index.html"
    target.parent.mkdir(exist_ok=True)
    part = target.with_suffix(".part")
    part.write_text(_page("Homework 2: the class", "\n".join(parts)), encoding="utf-8")
    part.replace(target)
    return target


def _write_changes(folder: Path, rows: list[Row]) -> None:
    """A text file for each student who changed something outside the answers; older ones go."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for row in rows:
        if row.changes:
            (folder / f"{row.student}.txt").write_text(row.changes, encoding="utf-8")


def _page(title: str, body: str) -> str:
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><style>{STYLE}</style></head>'
        f"<body><h1>{escape(title)}</h1>{body}</body></html>"
    )


def _summary(rows: list[Row]) -> str:
    if not rows:
        return "<p>No submission has been graded yet.</p>"
    waiting = sum(row.waiting for row in rows)
    middle = median(row.final for row in rows)
    return f"<p>{len(rows)} submissions; the median is {middle:g} points; {waiting} answers wait for a person.</p>"


def _similarity(folder: Path) -> str:
    """A link to the ranked pairs, once they have been compared."""
    there = (folder / "similarity" / "index.html").exists()
    link = '<a href="similarity/index.html">Pairs of submissions, by what they share and few others do</a>'
    return f"<p>{link}</p>" if there else "<p>Pairs of submissions have not been compared yet: hw2 similarity.</p>"


def _class(rows: list[Row]) -> str:
    head = ["student", "name", *(SHORT[name] for name in assignment.NOTEBOOKS), "final", "waiting", "late"]
    head += ["worked with, used", "remarks"]
    lines = ["".join(f"<th>{escape(title)}</th>" for title in head)]
    for row in rows:
        changes = f'<li><a href="changes/{escape(row.student)}.txt">what was changed outside the answers</a></li>'
        numbers = [f"{row.marks.get(name, 0):g}" for name in assignment.NOTEBOOKS] + [
            f"{row.final:g}",
            str(row.waiting),
        ]
        remarks = "".join(f"<li>{escape(remark)}</li>" for remark in row.remarks) + changes * bool(row.changes)
        declared = "".join(
            f'<li dir="auto">{escape(x)}</li>' for x in row.declared.collaborators + row.declared.sources
        )
        cells = [f'<td>{escape(row.student)}</td><td dir="auto">{escape(row.name)}</td>']
        cells += [f'<td class="number">{number}</td>' for number in numbers]
        cells += [f"<td>{escape(str(row.late))}</td><td><ul>{declared}</ul></td><td><ul>{remarks}</ul></td>"]
        lines.append("".join(cells))
    return "<h2>Marks</h2>" + _table(lines)


def _unsettled(root: Path) -> str:
    lines = [
        f'<td dir="auto">{escape(upload["file"])}</td><td>{escape(upload["problem"])}</td>'
        for upload in unsettled_uploads(root)
    ]
    if not lines:
        return ""
    return "<h2>Uploads that were not graded</h2>" + _table(["<th>upload</th><th>why, and what to do</th>", *lines])


def _fates(root: Path) -> str:
    """What became of each file that came in, folded up by student."""
    found = fates_by_student(decisions_of(root))
    lines = []
    for student in sorted(found, key=lambda number: (not number, number)):
        fates = found[student]
        items = "".join(f'<li dir="auto">{escape(str(fate))}</li>' for fate in fates)
        matter = sum(fate.matters for fate in fates)
        what = f"{sum(fate.count for fate in fates)} files" + (f", {matter} of them not used" if matter else "")
        head = escape(student or "nobody known")
        lines.append(f"<td>{head}</td><td><details><summary>{what}</summary><ul>{items}</ul></details></td>")
    if not lines:
        return ""
    return "<h2>What became of each file</h2>" + _table(["<th>student</th><th>files</th>", *lines])


def _hardest(results: list[Result]) -> str:
    """Each check with the share of the class that passed it, the hardest first."""
    asked = Counter((result.section, result.id) for result in results)
    passed = Counter((result.section, result.id) for result in results if result.state == PASSED)
    lines = ["<th>section</th><th>check</th><th>passed</th><th></th>"]
    for key in sorted(asked, key=lambda key: passed[key] / asked[key]):
        share = passed[key] / asked[key]
        bar = f'<div class="bar"><div style="width: {share:.0%}"></div></div>'
        lines.append(
            f'<td class="quiet">{escape(key[0])}</td><td>{escape(key[1])}</td>'
            f'<td class="number">{passed[key]} of {asked[key]}</td><td>{bar}</td>'
        )
    return "<h2>Checks, the hardest first</h2>" + _table(lines)


def _table(lines: list[str]) -> str:
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"
