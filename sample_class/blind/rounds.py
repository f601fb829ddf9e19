"""A blind round as it was written, loaded where it finds a solved copy and the packed hand-out beside itself."""

import shutil
import sys
from pathlib import Path
from types import ModuleType

from autograder.release.pack import pack

from ..course import ROOT
from ..environments import solved_copy

ROUNDS = {number: Path(__file__).with_name(f"collecting_round_{number}.py") for number in (1, 2)}


def load(path: Path, folder: Path) -> ModuleType:
    """The round of a file. folder: where the hand-out is put, which its SOLVED and HANDOUT name by its own place."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "HW2.zip").exists():  # the rounds stand on the same
        for name in ("release", "data", "theory"):  # packed here, for others may pack in the checkout meanwhile
            (folder / name).symlink_to(ROOT / name)
        packed = pack(folder)
        solved_copy(packed, folder / "solved")
        shutil.copy(packed, folder / "HW2.zip")
    loaded = ModuleType(path.stem)
    loaded.__file__ = str(folder / path.name)  # its own text stays as it was written
    sys.modules[path.stem] = loaded
    exec(compile(path.read_text(encoding="utf-8"), path, "exec"), loaded.__dict__)
    return loaded
