"""The set-up cell `ready`, in processes of its own, with what machines of students lack."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook, writes

from autograder import assignment
from autograder.release.grader import grader

PRACTICAL = "fully_connected_networks"
FORWARD_FORWARD = "forward_forward_supervised"
THEORY = "theory"  # needs no torch, so it is looked at quickly
SITE = Path(sysconfig.get_path("purelib"))


@pytest.fixture()
def folder(root, tmp_path):
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


def interpreters():
    """Pythons of this machine by (major, minor): those on the path, and those of pyenv."""
    found = {}
    for path in sorted((Path.home() / ".pyenv" / "versions").glob("3.*/bin/python")):
        found[tuple(map(int, path.parents[1].name.split(".")[:2]))] = path
    return found


@pytest.mark.parametrize("notebook", assignment.NOTEBOOKS)
def test_where_everything_is_there_the_minutes_of_its_trainings_are_told(folder, notebook):
    text = said(folder, notebook)
    assert text.startswith("READY: everything is there.")
    assert "NOTE" not in text.replace("NOTE: this machine is slow, or busy", "")
    told = re.search(r"The trainings of this notebook take (less than a minute|about \d+ minutes?) here", text)
    assert bool(told) == (notebook in assignment.PRACTICALS)


@pytest.mark.parametrize("file", ["ready.py", "budget.py", "__init__.py"])
def test_old_pythons_can_read_what_they_meet_and_nothing_but_the_standard_library_is_imported(root, file):
    text = (assignment.source_folder(root) / "libs" / file).read_text(encoding="utf-8")
    for node in ast.parse(text, feature_version=(3, 7)).body:
        if isinstance(node, ast.Import):
            assert all(alias.name in sys.stdlib_module_names for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level or node.module in sys.stdlib_module_names


@pytest.mark.parametrize("minor", [7, 8, 9, 10, 11, 12, 13])
def test_each_python_is_told_what_to_do(folder, minor):
    if (3, minor) not in interpreters():
        pytest.skip(f"Python 3.{minor} is not installed here")
    python = interpreters()[3, minor]
    text = said(folder, FORWARD_FORWARD, (python, "-S"))
    if minor < 10:
        assert text.startswith(
            f"TO MEND: this notebook runs with Python 3.{minor}, and the homework needs 3.10 to 3.13."
        )
        assert "missing" not in text
    else:
        assert "numpy, torch, matplotlib, tqdm and torchvision are missing in the Python of this notebook" in text
        assert f'"{python}" -m pip install -r requirements.txt' in text
    assert text.endswith("Do this first: then restart the kernel and run this cell again.\n")


def test_a_python_that_nobody_has_tried_is_a_note():
    from libs.ready import python_of

    to_mend, to_note = python_of((3, 14))
    assert not to_mend and "runs with Python 3.14, and the homework was tried with 3.10 to 3.13 only" in to_note[0]


def test_one_missing_package_is_named_with_the_command_for_this_very_python(folder, tmp_path):
    bare = tmp_path / "site-packages"
    bare.mkdir()
    for path in SITE.iterdir():
        if path.suffix != ".pth" and not path.name.startswith("tqdm"):
            (bare / path.name).symlink_to(path)
    text = said(folder, python=(sys.executable, "-S"), path=[bare])
    assert "TO MEND: tqdm is missing in the Python of this notebook. In a terminal, in this folder, run:" in text
    assert f'"{sys.executable}" -m pip install -r requirements.txt' in text and "READY" not in text


def test_a_broken_package_is_said_with_its_own_words(folder, tmp_path):
    path = package(tmp_path / "broken", "tqdm", "raise ImportError('DLL load failed\\nmore')")
    text = said(folder, path=[path])
    assert "TO MEND: tqdm is there, but cannot be imported (DLL load failed)." in text
    assert 'pip install --force-reinstall "tqdm"' in text


def test_a_torchvision_of_another_torch_is_said_with_the_pair_to_install(folder, tmp_path):
    from libs.ready_packages import matching

    path = package(tmp_path / "broken", "torchvision", "raise RuntimeError('another ABI')")
    text = said(folder, FORWARD_FORWARD, path=[path])
    assert "TO MEND: torchvision does not go with the torch beside it (another ABI)." in text
    assert re.search(r'-m pip install "torchvision==0\.\d+\.\*"', text)
    assert "torchvision" not in said(folder, PRACTICAL, path=[path])  # this notebook does not need it
    pairs = {"2.4.1": "0.19", "2.13.0+cpu": "0.28", "2.14.1+cu130": "0.29"}
    assert {torch: matching(torch) for torch in pairs} == {t: f"torchvision=={v}.*" for t, v in pairs.items()}


@pytest.mark.parametrize("version, told", [("2.3.1", True), ("2.4.0", False), ("3.0", True)])
def test_a_version_that_nobody_has_tried_is_a_note(folder, tmp_path, version, told):
    other = tmp_path / "other" / f"torch-{version}.dist-info"
    other.mkdir(parents=True)
    (other / "METADATA").write_text(f"Metadata-Version: 2.1\nName: torch\nVersion: {version}\n")
    text = said(folder, path=[other.parent])
    assert (f"NOTE: torch {version} is not what the homework was tried with, torch>=2.4,<3." in text) == told
    assert "READY" in text


def test_libs_of_another_folder_is_said(folder, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    text = said(folder, THEORY, path=[folder], cwd=elsewhere)
    assert f"TO MEND: this notebook runs in the folder {elsewhere}, but finds `libs` in {folder}" in text


def test_a_module_of_another_folder_or_none_is_said(folder, tmp_path):
    other = tmp_path / "last term"
    other.mkdir()
    shutil.move(folder / assignment.MODULE, other)
    assert "TO MEND: fully_connected_networks.py is not beside this notebook. Put it back" in said(folder, THEORY)
    assert f"TO MEND: fully_connected_networks.py would be taken from {other}" in said(folder, THEORY, path=[other])


def test_a_notebook_under_another_name_is_said(folder):
    (folder / "theory.ipynb").rename(folder / "theory (1).ipynb")
    assert f"NOTE: there is no theory.ipynb in the folder {folder}. Save the notebook there" in said(folder, THEORY)


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="needs a folder that even root cannot write to")
def test_a_folder_that_cannot_be_written_to_is_said():
    from libs.ready_folder import _writable

    (line,) = _writable("/proc/self")
    assert line.startswith("nothing can be written into the folder /proc/self (")
    assert line.endswith("Copy the whole folder to a place of your own, and open the notebook there.")


def test_missing_digits_are_a_note(folder, tmp_path):
    (folder / "data").unlink()
    assert "NOTE: the digits, the folder data/mnist, are not beside this notebook. torchvision will" in said(folder)
    assert "(HW2_DATA names /nowhere)" in said(folder, HW2_DATA="/nowhere")
    fetched = tmp_path / ".cache" / "hw2" / "MNIST" / "raw"
    fetched.mkdir(parents=True)
    for kind in ("train", "t10k"):
        for what in ("images-idx3", "labels-idx1"):
            (fetched / f"{kind}-{what}-ubyte").write_text("")
    assert "digits" not in said(folder)


@pytest.mark.parametrize(
    "python, told", [("3.9", "Write nothing that only newer Pythons"), ("3.99", "runs there, too")]
)
def test_another_python_at_the_grader_is_told(folder, python, told):
    tell_grader(folder, python)
    text = said(folder, THEORY)
    assert f"NOTE: your work is graded with Python {python}, and this is" in text and told in text


def test_what_the_grader_cannot_import_is_told_before_it_is_sent_in(folder):
    locked = {"nbgrader": {"locked": True, "grade_id": "x", "grade": False, "solution": False, "schema_version": 3}}
    cells = [
        new_code_cell("%matplotlib inline\n!pip install seaborn\nimport os, torch, helpers\nimport pandas as pd"),
        new_code_cell("try:\n    import cupy\nexcept ImportError:\n    cupy = None"),
        new_code_cell("from google.colab import drive", metadata=locked),
        new_code_cell("def f():\n    from sklearn.metrics import accuracy_score\n    import numpy"),
        new_code_cell("def unfinished(:"),
    ]
    (folder / "theory.ipynb").write_text(writes(new_notebook(cells=cells)))
    (folder / "helpers.py").write_text("")
    (folder / assignment.MODULE).write_text("import scipy.stats, libs, torch\nfrom . import nothing\n")
    told = re.findall(r"NOTE: (\S+) imports (\w+), which is not there when your work is graded", said(folder, THEORY))
    names = ("helpers", "pandas", "sklearn")  # helpers.py is beside, but is not sent in
    assert told == [*(("theory.ipynb", name) for name in names), (assignment.MODULE, "scipy")]


def test_the_grader_pays_nothing_for_it(folder):
    after = "import atexit, sys; atexit.register(lambda: print('torch' in sys.modules))"
    assert said(folder, before=after, NBGRADER_EXECUTION="autograde") == "False\n"


def test_a_check_of_all_notebooks_does_not_time_the_machine_again(folder):
    assert said(folder, HW2_BUDGET="small") == ""


def test_a_look_that_fails_itself_stops_nobody(folder):
    (folder / "libs" / "grader.json").write_text("{")
    text = said(folder, THEORY)
    assert "NOTE: the grader could not be looked at (JSONDecodeError" in text and "READY" in text


def test_on_colab_the_folder_that_counts_is_named(folder):
    colab = "import sys, types; sys.modules['google.colab'] = types.ModuleType('google.colab')"
    assert f"NOTE: on Colab the notebooks in {folder} are those that count." in said(folder, THEORY, before=colab)
