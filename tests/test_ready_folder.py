"""The set-up cell `ready` on the folder: the right one, with module and digits in it, and not a copy."""

import os
import shutil

import pytest
from set_up_cell import THEORY, said, unpacked

from autograder import assignment


@pytest.fixture()
def folder(root, tmp_path):
    """The hand-out, unpacked: its notebooks are empty here."""
    return unpacked(root, tmp_path)


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
    from libs.ready.folder import _writable

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


def test_on_colab_the_folder_that_counts_is_named(folder):
    colab = "import sys, types; sys.modules['google.colab'] = types.ModuleType('google.colab')"
    assert f"NOTE: on Colab the notebooks in {folder} are those that count." in said(folder, THEORY, before=colab)
