"""Runs the solved hand-out in other environments: `python -m sample_class.environments PYTHON...`.

Each argument is a Python with the hand-out's requirements. The packed hand-out is unpacked into a folder whose name has
spaces and Persian letters, solved, and every notebook is restarted and run whole by that Python's own kernel.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import nbformat

from autograder import assignment
from autograder.release.pack import pack

from .course import ROOT
from .solved import Work

FOLDER = "تمرین دوم, my copy"
_VERSIONS = """
import importlib.metadata, json, platform
names = ("torch", "torchvision", "numpy", "ipykernel")
found = {name: importlib.metadata.version(name) for name in names if importlib.util.find_spec(name)}
print(json.dumps({"Python": platform.python_version(), **found}))
"""
_RUN = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], 4)
NotebookClient(notebook, timeout=1200, kernel_name="python3").execute()
nbformat.write(notebook, sys.argv[1])
"""


def main(pythons: list[str]) -> int:
    """Print a row for each notebook in each environment; return how many did not run through."""
    packed, failed = pack(ROOT), 0
    for number, python in enumerate(pythons, 1):
        print(", ".join(f"{name} {version}" for name, version in _versions(python).items()), flush=True)
        folder = solved_copy(packed, ROOT / "scratch" / "environments" / str(number) / FOLDER)
        for name in assignment.NOTEBOOKS:
            start = time.monotonic()
            error = run_all(python, folder, name)
            failed += bool(error)
            print(f"  {name:30} {time.monotonic() - start:5.0f} s  {error or 'ran through'}", flush=True)
    return failed


def solved_copy(packed: Path, folder: Path) -> Path:
    """The hand-out unpacked in `folder`, with the reference's answers."""
    shutil.rmtree(folder, ignore_errors=True)
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(folder)
    work, folder = Work(ROOT), folder / "HW2"
    for name, notebook in work.notebooks.items():
        nbformat.write(notebook, folder / f"{name}.ipynb")
    (folder / assignment.MODULE).write_text(str(work.module), encoding="utf-8")
    return folder


def run_all(python: str, folder: Path, name: str) -> str:
    """Restart and run all of a notebook with this Python's kernel; what it ended with, empty for nothing."""
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "HW2_DATA")}
    command = [python, "-c", _RUN, f"{name}.ipynb"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    named = re.findall(r"^[\w.]*(?:Error|Exception|Interrupt)\b.*$", done.stderr, re.MULTILINE)
    return "" if done.returncode == 0 else (named[-1] if named else f"exit code {done.returncode}")


def _versions(python: str) -> dict[str, str]:
    done = subprocess.run([python, "-c", "import importlib.util\n" + _VERSIONS], capture_output=True, check=True)
    found: dict[str, str] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
