"""The list of fonts that matplotlib makes where it is first used: made once, and copied for each student's process."""

import shutil
from functools import cache
from pathlib import Path

VARIABLE = "MPLCONFIGDIR"  # names the folder to matplotlib


def lay_fonts(folder: Path) -> None:
    """Make a folder for matplotlib with the list in it; without it each process would look for all fonts itself."""
    folder.mkdir()
    if (known := _font_list()) is not None:
        shutil.copy(known, folder / known.name)


@cache
def _font_list() -> Path | None:
    """Matplotlib's own file, which importing its font manager makes; None where there is no matplotlib."""
    try:
        import matplotlib
        from matplotlib.font_manager import FontManager
    except ImportError:
        return None
    path = Path(matplotlib.get_cachedir()) / f"fontlist-v{FontManager.__version__}.json"
    return path if path.is_file() else None
