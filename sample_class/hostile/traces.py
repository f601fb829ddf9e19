"""What a submission left on the machine: files where they do not belong, processes that outlive the grading."""

import os
from importlib.util import find_spec
from pathlib import Path

from .names import LEFT_BEHIND, MARK


def planted(*places: Path) -> list[str]:
    """A sentence when something was written where it does not belong."""
    home = Path(os.path.expanduser("~"))
    startup = ".ipython/profile_default/startup"
    usual = (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"), Path("/etc"), home, home / startup, Path("/root"))
    libraries = (Path(str(spec.origin)).parent for name in ("torch", "subprocess") if (spec := find_spec(name)))
    found = [str(place) for place in (*places, *usual, *libraries) if place.is_dir() and any(place.glob(f"*{MARK}*"))]
    return [f"wrote files into {', '.join(_plainly(place, places, home) for place in found)}"] if found else []


def _plainly(place: str, places: tuple[Path, ...], home: Path) -> str:
    """A place in words that mean the same on every machine; the first of `places` is the course folder's."""
    return place.replace(str(places[0]), "the course folder").replace(str(home), "~")


def left_behind() -> list[str]:
    """A sentence when a process of a submission outlives the grading."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if LEFT_BEHIND.encode() in words:
            return ["left a process behind"]
    return []
