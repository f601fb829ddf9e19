"""Plots for the docs: the same figures give the same file, byte for byte."""

import io
from pathlib import Path

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt
from matplotlib.figure import Figure


def write_svg(figure: Figure, path: Path) -> None:
    """Write the figure, whole or not at all, and close it."""
    buffer = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": path.stem}):
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    part = path.with_suffix(".part")
    part.write_text("\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n", encoding="utf-8")
    part.replace(path)
    plt.close(figure)
