"""The last cell of theory.ipynb: checks, packs whatever is there, and says last what is wrong with the zip."""

import json
import os
import shutil
import subprocess
import sys
import zipfile

import nbformat
import pytest
from libs.packing import pack
from small_homework import OTHER, Homework

from autograder import assignment
from autograder.release.given import write_given
from sample_class import written
from sample_class.solved import Work


@pytest.fixture(scope="module")
def released(root, tmp_path_factory):
    """The release, with what it notes of itself."""
    course = tmp_path_factory.mktemp("course")
    shutil.copytree(root / "release", course / "release", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(root / "source" / "hw2" / "libs", course / "release" / "hw2" / "libs", dirs_exist_ok=True)
    (course / "theory").symlink_to(root / "theory")
    write_given(course)
    return course / "release" / "hw2"


@pytest.fixture()
def folder(released, root, tmp_path):
    """Where a student works: the hand-out, unpacked."""
    shutil.copytree(released, tmp_path / "HW2", ignore=shutil.ignore_patterns("__pycache__"))
    for path in (root / "theory").glob("questions-*.pdf"):
        shutil.copy(path, tmp_path / "HW2")
    (tmp_path / "HW2" / "data").symlink_to(root / "data")
    return tmp_path / "HW2"


def hand_in(root, folder, edit):
    """The written pages of a made-up student."""
    work = Work(root)
    edit(work)
    for name, data in work.raw.items():
        (folder / name.rsplit("/")[-1]).write_bytes(data)


def solve(root, folder):
    """Solutions, a name and a number in every notebook."""
    work = Work(root)
    for name, notebook in work.notebooks.items():
        text = work.cell(name, "identity").source
        text = text.replace('STUDENT_NUMBER = ""', 'STUDENT_NUMBER = "۴۰۲۱۰۰۱۰۱"').replace('NAME = ""', 'NAME = "سارا"')
        work.cell(name, "identity").source = text
        for cell in notebook.cells:
            if name in assignment.PRACTICALS and cell.source == "*Write your answer here.*":
                cell.source = "Because."
        nbformat.write(notebook, folder / f"{name}.ipynb")
    (folder / assignment.MODULE).write_text(work.module, encoding="utf-8")


def names_in(path):
    with zipfile.ZipFile(path) as archive:
        return sorted(archive.namelist())


def test_the_solved_hand_out_is_checked_in_full_and_packed(root, folder):
    solve(root, folder)
    hand_in(root, folder, written.neat)
    code = "from libs.packing import pack; pack('سارا احمدی'[:4], '۴۰۲۱۰۰۱۰۱')"
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, env=environment)
    said = done.stdout
    assert "To mend" not in said and "Nothing is at fault." in said.splitlines()[-1], said + done.stderr
    for name, points in zip(assignment.PRACTICALS, (125, 63, 60), strict=True):
        assert f"{name}.ipynb, saved" in said and f"({points} of {points} points)" in said
    pages = len(written._pages())
    assert f"written pages, pages 1-{pages}: answers.pdf. written-pages.png shows them" in said
    assert names_in(folder / "HW2-سارا-۴۰۲۱۰۰۱۰۱.zip") == [
        "HW2/answers.pdf",
        *(f"HW2/{name}.ipynb" for name in sorted(assignment.NOTEBOOKS)[:3]),
        "HW2/fully_connected_networks.py",
        "HW2/theory.ipynb",
    ]


def test_the_untouched_hand_out_is_packed_without_its_question_sheets_and_its_faults_come_last(folder, capsys):
    pack("Sara Ahmadi", "402100101", folder, run=False)
    said = capsys.readouterr().out
    assert "Packed HW2-Sara Ahmadi-402100101.zip: 0 files of written answers" in said
    assert not any(name.endswith(".pdf") for name in names_in(folder / "HW2-Sara Ahmadi-402100101.zip"))
    last = said.partition("Packed ")[2].partition("\n")[2]
    assert last.startswith("The zip is written, but it has faults: ") and "run this cell again" in last


def test_pages_that_cannot_be_read_are_named_before_it_is_too_late(root, folder, capsys):
    hand_in(root, folder, written.bad_scan)
    pack("Sara Ahmadi", "402100101", folder, run=False)
    said = capsys.readouterr().out
    assert "page 1 (1.jpg) is blurred" in said and "2.heic is a HEIC photograph" in said
    assert "page 2 (3.jpg) seems to lie on its side" in said and "page 3 (4.jpg) has only 450 x 636" in said
    assert "HW2/2.heic" in names_in(folder / "HW2-Sara Ahmadi-402100101.zip")


def test_another_name_than_the_saved_one_is_said(folder, capsys, root):
    solve(root, folder)
    pack("سارا", "402100102", folder, run=False)
    assert "STUDENT_NUMBER is 402100102 here, and 402100101 in the notebooks" in capsys.readouterr().out


def test_large_outputs_stay_at_home_and_what_was_printed_in_a_few_lines_goes_along(root, tmp_path, capsys):
    homework = Homework(tmp_path, root).solve()
    flood = nbformat.v4.new_output("stream", text="loss 0.1234567\n" * 2**20)
    homework.cell(OTHER, "two").outputs = [flood]
    picture = nbformat.v4.new_output("display_data", data={"image/png": "iVBOR" * 10_000})
    homework.cell(OTHER, "one_value").outputs = [nbformat.v4.new_output("stream", text="0.97\n"), picture]
    before = (homework.save().folder / f"{OTHER}.ipynb").read_bytes()
    pack("سارا احمدی", "402100101", tmp_path, run=False)
    assert f"Left out of the zip's {OTHER}.ipynb: large outputs of def two():." in capsys.readouterr().out
    assert (tmp_path / f"{OTHER}.ipynb").read_bytes() == before
    with zipfile.ZipFile(tmp_path / "HW2-سارا احمدی-402100101.zip") as archive:
        packed = json.loads(archive.read(f"HW2/{OTHER}.ipynb"))
    cells = {cell["id"]: cell for cell in packed["cells"]}
    assert [cell["source"] for cell in packed["cells"]] == [c["source"] for c in json.loads(before)["cells"]]
    assert "0.97" in json.dumps(cells["one_value"]["outputs"]) and "iVBOR" in json.dumps(cells["one_value"]["outputs"])
    left = "".join(cells["two"]["outputs"][0]["text"])
    assert len(left) < 5000 and left.startswith("loss 0.1234567\n") and "MB of output were left out" in left


def test_nothing_is_packed_without_a_number_and_nothing_under_autograding(folder, capsys, monkeypatch):
    pack("Sara Ahmadi", " ", folder)
    assert "fill in STUDENT_NUMBER" in capsys.readouterr().out
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    pack("Sara Ahmadi", 402100101, folder)
    assert capsys.readouterr().out == "" and not list(folder.glob("*.zip"))


def test_no_fault_of_the_check_keeps_anybody_from_packing(root, tmp_path, capsys, monkeypatch):
    homework = Homework(tmp_path, root).solve()
    (homework.folder / "libs" / "given.json").write_text("{", encoding="utf-8")
    pack("Sara", "402100101", tmp_path)
    assert "libs/given.json is not to be read: unpack the hand-out again" in capsys.readouterr().out
    assert f"HW2/{OTHER}.ipynb" in names_in(tmp_path / "HW2-Sara-402100101.zip")
    monkeypatch.setattr("libs.check.checking.check", lambda *arguments: 1 / 0)
    pack("Sara", "402100102", tmp_path)
    assert "the check stopped itself (ZeroDivisionError" in capsys.readouterr().out.splitlines()[-1]
    assert f"HW2/{assignment.MODULE}" in names_in(tmp_path / "HW2-Sara-402100102.zip")
