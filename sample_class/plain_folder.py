"""A folder as a notebook finds it, for cells of ours that are run without a sandbox."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.examiner.trial import lay_out

from .course import ROOT


@contextmanager
def plain_folder(module: str) -> Iterator[Path]:
    """`libs` and this text of the module, first on the path as long as it is there; the digits are found, too."""
    os.environ["HW2_DATA"] = str(ROOT / "data")
    with tempfile.TemporaryDirectory(prefix="hw2-plain-") as name:
        lay_out(ROOT, Path(name), module)
        sys.path.insert(0, name)
        try:
            yield Path(name)
        finally:
            sys.path.remove(name)
