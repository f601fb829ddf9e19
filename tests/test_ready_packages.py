"""The set-up cell `ready` on packages: missing, broken, of other versions, or not there at the grader."""

import re
import sys
import sysconfig
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook, writes
from set_up_cell import FORWARD_FORWARD, PRACTICAL, THEORY, package, said, tell_grader, unpacked

from autograder import assignment

SITE = Path(sysconfig.get_path("purelib"))


@pytest.fixture()
def folder(root, tmp_path):
    """The hand-out, unpacked: its notebooks are empty here."""
    return unpacked(root, tmp_path)


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
    from libs.ready.packages import matching

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
