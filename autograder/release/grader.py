"""What code is graded with, told to the hand-out: Python by pyproject.toml, packages by requirements.lock."""

import json
import re
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from .. import assignment
from ..course import CHECKOUT, read_course

TOLD = Path("libs", "grader.json")  # in the hand-out
REQUIREMENTS = "requirements.txt"


@cache
def grader() -> dict[str, Any]:
    """python: what every grader understands; packages: their versions; imports: the names that code can import."""
    asked = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    locked = dict(re.findall(r"^([\w.-]+)==(\S+)$", (CHECKOUT / "requirements.lock").read_text(), re.MULTILINE))
    packages = {_plain(name): version for name, version in locked.items()}
    imports = {
        name
        for name, owners in packages_distributions().items()
        if re.fullmatch(r"[A-Za-z]\w*", name) and any(_plain(owner) in packages for owner in owners)
    }
    return {"python": asked.removeprefix(">="), "packages": packages, "imports": sorted(imports)}


def packages_of(folder: Path) -> dict[str, str]:
    """What the requirements.txt of this folder asks for, in the versions that the grader has."""
    asked = re.findall(r"^[\w.-]+", (folder / REQUIREMENTS).read_text(encoding="utf-8"), re.MULTILINE)
    versions: dict[str, str] = grader()["packages"]
    return {name: versions[_plain(name)] for name in asked if _plain(name) in versions}


def _plain(name: str) -> str:
    """A distribution's name as the registry compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


class TellGrader(NbGraderPreprocessor):
    """Writes libs/grader.json into the release: for the set-up cell, the check before packing, and the zip's name."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Write it with the first notebook; the notebook passes unchanged."""
        names = resources["nbgrader"]
        if names["notebook"] == assignment.NOTEBOOKS[0]:
            folder = Path(self.parent.parent.coursedir.format_path("release", names["student"], names["assignment"]))
            zip_name = read_course(Path(self.parent.parent.coursedir.root)).zip_name
            found = {**grader(), "packages": packages_of(folder), "zip_name": zip_name}
            (folder / TOLD).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        return nb, resources
