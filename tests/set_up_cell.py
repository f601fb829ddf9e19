"""The hand-out as the set-up cell `ready` finds it, and what the cell prints in a process of its own."""

import json
import os
import shutil
import subprocess
import sys

from nbformat.v4 import new_notebook, writes

from autograder import assignment
from autograder.release.grader import grader

PRACTICAL = "fully_connected_networks"
FORWARD_FORWARD = "forward_forward_supervised"
THEORY = "theory"  # needs no torch, so it is looked at quickly


def unpacked(root, tmp_path):
    """The hand-out, unpacked: its notebooks are empty here."""
    source, folder = assignment.source_folder(root), tmp_path / "HW2"
    shutil.copytree(source / "libs", folder / "libs", ignore=shutil.ignore_patterns("__pycache__"))
    for name in (assignment.MODULE, "requirements.txt"):
        shutil.copy(source / name, folder)
    for name in assignment.NOTEBOOKS:
        (folder / f"{name}.ipynb").write_text(writes(new_notebook()))
    (folder / "data").symlink_to(root / "data")
    tell_grader(folder, "{}.{}".format(*sys.version_info[:2]))
    return folder


def tell_grader(folder, python):
    (folder / "libs" / "grader.json").write_text(json.dumps({"python": python, "imports": grader()["imports"]}))


def said(folder, notebook=PRACTICAL, python=(sys.executable,), before="", path=(), cwd=None, **environment):
    """What the cell prints; it never raises."""
    code = f"{before}\nfrom libs.ready import ready\nready({notebook!r})"
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "HW2_DATA")}
    variables = kept | {"PYTHONPATH": os.pathsep.join(map(str, path)), "HOME": str(folder.parent)} | environment
    command = [*map(str, python), "-B", "-c", code]
    done = subprocess.run(command, cwd=cwd or folder, env=variables, capture_output=True, text=True)
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
    return done.stdout


def package(folder, name, code):
    """A folder with a package of this name, to be found before the real one."""
    (folder / name).mkdir(parents=True)
    (folder / name / "__init__.py").write_text(code)
    return folder
