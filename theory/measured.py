"""What a run measured, as LaTeX reads it: columns for a figure, and commands for the numbers that the text quotes."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from .rubric import HERE


def write_table(run: str, columns: Mapping[str, object]) -> None:
    """Write <run>.dat beside the run, whose __file__ is given: columns under their names, for pgfplots."""
    rows = zip(*(np.asarray(column).tolist() for column in columns.values()), strict=True)
    lines = [" ".join(columns), *(" ".join(f"{number:.6g}" for number in row) for row in rows)]
    Path(run).with_suffix(".dat").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_values(run: str, values: Mapping[str, object]) -> None:
    """Write <run>_values.tex beside the run, whose __file__ is given: a LaTeX command for each number."""
    path = Path(run).resolve()
    name = ".".join(path.relative_to(HERE).with_suffix("").parts)
    lines = [rf"\newcommand\{command}{{{number}}}" for command, number in values.items()]
    text = "\n".join([f"% written by python -m theory.figures {name}", *lines, ""])
    path.with_name(f"{path.stem}_values.tex").write_text(text, encoding="utf-8")
