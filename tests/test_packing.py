"""The last cell of theory.ipynb: packs the zip and tells a student what a marker could not read."""

import shutil
import zipfile

import pytest
from libs.packing import pack

from sample_class import written
from sample_class.solved import Work


@pytest.fixture()
def folder(root, tmp_path):
    """Where a student works."""
    shutil.copytree(root / "release" / "hw2", tmp_path / "HW2")
    return tmp_path / "HW2"


def hand_in(root, folder, edit):
    work = Work(root)
    edit(work)
    for name, data in work.raw.items():
        (folder / name.rsplit("/")[-1]).write_bytes(data)


def test_the_zip_has_the_homework_s_name_and_everything_in_it(root, folder, capsys):
    hand_in(root, folder, written.neat)
    pack("سارا احمدی", "۴۰۲۱۰۰۱۰۱", folder)
    packed = folder / "HW2-سارا احمدی-۴۰۲۱۰۰۱۰۱.zip"
    with zipfile.ZipFile(packed) as archive:
        assert sorted(archive.namelist()) == [
            "HW2/answers.pdf",
            "HW2/forward_forward_supervised.ipynb",
            "HW2/forward_forward_unsupervised.ipynb",
            "HW2/fully_connected_networks.ipynb",
            "HW2/fully_connected_networks.py",
            "HW2/theory.ipynb",
        ]
    assert "- " not in capsys.readouterr().out.partition("Packed")[0]


def test_pages_that_cannot_be_read_are_named_before_it_is_too_late(root, folder, capsys):
    hand_in(root, folder, written.bad_scan)
    pack("Sara Ahmadi", "402100101", folder)
    said = capsys.readouterr().out
    assert "- 1.jpg, page 1, is blurred" in said and "- 2.heic is a HEIC photograph" in said
    assert "- 3.jpg, page 1, seems to lie on its side" in said and "- 4.jpg, page 1, has only 450 x 636" in said
    assert (folder / "HW2-Sara Ahmadi-402100101.zip").exists()


def test_what_is_missing_is_named(folder, capsys):
    (folder / "theory.ipynb").unlink()
    pack("Sara Ahmadi", "402100101", folder)
    said = capsys.readouterr().out
    assert "- theory.ipynb is not in this folder" in said and "there is no PDF or picture" in said


def test_nothing_is_packed_without_a_number_and_nothing_under_autograding(folder, capsys, monkeypatch):
    pack("Sara Ahmadi", " ", folder)
    assert "fill in STUDENT_NUMBER" in capsys.readouterr().out
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    pack("Sara Ahmadi", "402100101", folder)
    assert capsys.readouterr().out == "" and not list(folder.glob("*.zip"))
