"""The cell that brings the homework to Google Colab, run in a fresh process with a stand-in for google.colab."""

import json
import re
import subprocess
import sys
import textwrap
import zipfile

import pytest

from autograder import assignment

STAND_IN = """
import json, os, sys, types
from pathlib import Path

def mount(point):
    if REFUSED:
        raise ValueError("mount failed")
    Path(point, "MyDrive").mkdir(parents=True, exist_ok=True)

def upload():
    print("asked for a file")
    return {path.name: path.read_bytes() for path in map(Path, CHOSEN)}

google, colab = types.ModuleType("google"), types.ModuleType("google.colab")
colab.drive, colab.files = types.SimpleNamespace(mount=mount), types.SimpleNamespace(upload=upload)
sys.modules.update({"google": google, "google.colab": colab})
sys.path = [path for path in sys.path if path]  # what the cell needs it puts there itself
exec(compile(CELL, "colab", "exec"), {})
import libs.budget
print(json.dumps([os.getcwd(), str(Path(libs.budget.__file__).parent.parent)]))
"""


def colab_cell(root, notebook="theory"):
    cells = assignment.read(assignment.source_folder(root) / f"{notebook}.ipynb").cells
    return next(cell.source for cell in cells if assignment.grade_id(cell) == "colab")


@pytest.fixture()
def hand_out(root, tmp_path):
    """HW2.zip, small."""
    packed = tmp_path / "given" / "HW2.zip"
    packed.parent.mkdir()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in (assignment.source_folder(root) / "libs").glob("*.py"):
            archive.write(path, f"HW2/libs/{path.name}")
        archive.writestr("HW2/theory.ipynb", "as handed out")
        archive.writestr("HW2/data/mnist/x.gz", "digits")
    return packed


@pytest.fixture()
def session(root, tmp_path):
    """Runs the cell in a fresh process in what /content is on Colab, and returns (exit code, what it said)."""
    content = tmp_path / "content"
    content.mkdir()

    def run(address="", chosen=(), refused=False):
        cell = re.sub(r'HAND_OUT = "[^"]*"', lambda _: f"HAND_OUT = {json.dumps(address)}", colab_cell(root))
        names = {"CELL": cell, "CHOSEN": [str(path) for path in chosen], "REFUSED": refused}
        code = "\n".join(f"{name} = {value!r}" for name, value in names.items()) + textwrap.dedent(STAND_IN)
        done = subprocess.run([sys.executable, "-c", code], cwd=content, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    return run


def landed(said):
    """The working folder, and the folder that libs was imported from; both are the same."""
    cwd, home = json.loads(said.splitlines()[-1])
    assert cwd == home
    return cwd


@pytest.mark.parametrize("notebook", assignment.NOTEBOOKS)
def test_all_notebooks_have_the_same_cell_locked(root, notebook):
    assert colab_cell(root, notebook) == colab_cell(root)
    cells = assignment.read(assignment.source_folder(root) / f"{notebook}.ipynb").cells
    flags = next(cell.metadata.nbgrader for cell in cells if assignment.grade_id(cell) == "colab")
    assert (flags.locked, flags.grade, flags.solution) == (True, False, False)


def test_elsewhere_than_on_colab_the_cell_does_nothing(root, tmp_path):
    done = subprocess.run([sys.executable, "-c", colab_cell(root)], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout + done.stderr, list(tmp_path.iterdir())) == (0, "", [])


def test_the_hand_out_comes_from_its_address_into_the_drive(session, hand_out, tmp_path):
    code, said = session(hand_out.as_uri())
    folder = tmp_path / "content" / "drive" / "MyDrive" / "HW2"
    assert code == 0 and landed(said) == str(folder)
    assert (folder / "data/mnist/x.gz").read_text() == "digits"
    assert "asked for a file" not in said and f"open the one of its name in {folder}" in said


def test_without_an_address_the_student_is_asked_for_the_zip(session, hand_out, tmp_path):
    code, said = session(chosen=[hand_out])
    assert code == 0 and "Choose HW2.zip" in said and "asked for a file" in said
    assert landed(said) == str(tmp_path / "content" / "drive" / "MyDrive" / "HW2")


@pytest.mark.parametrize("what", ["nothing is there", "a page that is no zip"])
def test_an_address_that_gives_no_zip_asks_for_the_file(session, hand_out, tmp_path, what):
    page = tmp_path / "page"
    if "page" in what:
        page.write_text("<html>Sign in</html>")
    code, said = session(page.as_uri(), chosen=[hand_out])
    assert code == 0 and "asked for a file" in said and landed(said).endswith("HW2")


def test_nothing_that_the_student_has_written_is_overwritten(session, hand_out, tmp_path):
    mine = tmp_path / "content" / "drive" / "MyDrive" / "HW2" / "theory.ipynb"
    mine.parent.mkdir(parents=True)
    mine.write_text("my answers")
    code, said = session(hand_out.as_uri())
    assert code == 0 and landed(said) == str(mine.parent) and mine.read_text() == "my answers"


@pytest.mark.parametrize("place", ["HW2", "Colab Notebooks/HW2"])
def test_the_next_session_goes_on_in_the_folder_of_the_first(session, hand_out, tmp_path, place):
    session(hand_out.as_uri())
    drive = tmp_path / "content" / "drive" / "MyDrive"
    (drive / place).parent.mkdir(exist_ok=True)
    (drive / "HW2").rename(drive / place)
    code, said = session()
    assert code == 0 and "asked" not in said and "close this notebook" not in said
    assert landed(said) == str(drive / place)


def test_without_a_drive_the_student_works_beside_and_is_told_that_it_goes(session, hand_out, tmp_path):
    code, said = session(hand_out.as_uri(), refused=True)
    assert code == 0 and landed(said) == str(tmp_path / "content" / "HW2")
    assert "all is gone when the session ends" in said


@pytest.mark.parametrize("choice", ["nothing", "another zip", "no zip"])
def test_a_wrong_file_is_said_in_words_and_leaves_nothing_behind(session, tmp_path, choice):
    chosen = tmp_path / "chosen"
    if choice == "another zip":
        with zipfile.ZipFile(chosen, "w") as archive:
            archive.writestr("Photos/one.jpg", "")
    elif choice == "no zip":
        chosen.write_text("text")
    code, said = session(chosen=[] if choice == "nothing" else [chosen])
    assert code == 1 and said.strip().endswith(
        "This was not HW2.zip, the hand-out: run the cell again, and choose that file."
    )
    assert list((tmp_path / "content" / "drive" / "MyDrive").iterdir()) == []
