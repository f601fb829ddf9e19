"""Figures of a graded run are drawn quickly: once, and packed lightly."""

from typing import TYPE_CHECKING, Any

from IPython.core import pylabtools

if TYPE_CHECKING:  # matplotlib chooses how it shows figures as it is loaded, which a kernel that starts decides first
    from matplotlib.figure import Figure

MARGIN = 0.25  # inches all around, for a title or a label that sticks out
_LIGHTLY = {"compress_level": 1}  # the grader writes each picture anew, smaller


def draw_quickly() -> None:
    """Show figures with a fixed margin: to trim a figure to what it fills, matplotlib would draw it twice.

    For kernels whose formatters for figures are not chosen yet.
    """
    trimmed: Any = pylabtools.print_figure

    def print_figure(figure: "Figure", fmt: str = "png", bbox_inches: Any = "tight", **options: Any) -> Any:
        """In place of IPython's; whatever else is asked for is done."""
        if bbox_inches == "tight" and not _reaches_out(figure):
            from matplotlib.transforms import Bbox

            width, height = figure.get_size_inches()
            bbox_inches = Bbox([[-MARGIN, -MARGIN], [width + MARGIN, height + MARGIN]])
        if fmt == "png":
            options.setdefault("pil_kwargs", _LIGHTLY)
        return trimmed(figure, fmt, bbox_inches, **options)

    pylabtools.print_figure = print_figure  # type: ignore[assignment]


def _reaches_out(figure: "Figure") -> bool:
    """Whether a legend has a place of its own, perhaps beside the figure."""
    legends = [(axes.get_legend(), axes.bbox) for axes in figure.axes]
    return bool(figure.legends) or any(legend and legend.get_bbox_to_anchor() is not box for legend, box in legends)
