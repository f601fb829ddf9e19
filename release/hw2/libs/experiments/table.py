"""The table of an experiment, in plain text."""

from collections.abc import Sequence
from statistics import mean, stdev

Results = dict[str, list[dict[str, float]]]  # line of the table -> for every seed, what was measured


def table_of(results: Results) -> str:
    """A line for every kind of net; in it, mean ± standard deviation over the seeds of all that was measured."""
    columns = list(dict.fromkeys(column for rows in reversed(results.values()) for row in rows for column in row))
    lines = [["", *columns]]
    for name, rows in results.items():
        lines.append([name, *(_cell([row[column] for row in rows if column in row]) for column in columns)])
    wide = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
    return "\n".join("   ".join([line[0].ljust(wide[0]), *map(str.rjust, line[1:], wide[1:])]) for line in lines)


def _cell(values: Sequence[float]) -> str:
    if not values:
        return "–"
    digits = 1 if max(map(abs, values)) >= 10 else 2
    spread = f" ± {stdev(values):.{digits}f}" if len(values) > 1 else ""
    return f"{mean(values):.{digits}f}{spread}"
