"""The set-up cell `ready`, in processes of its own: Pythons, how fast the machine is, and when it keeps silent."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from set_up_cell import FORWARD_FORWARD, PRACTICAL, THEORY, said, unpacked

from autograder import assignment


@pytest.fixture()
def folder(root, tmp_path):
    """The hand-out, unpacked: its notebooks are empty here."""
    return unpacked(root, tmp_path)


def interpreters():
    """Pythons of this machine by (major, minor): those on the path, and those of pyenv."""
    found = {}
    for path in sorted((Path.home() / ".pyenv" / "versions").glob("3.*/bin/python")):
        found[tuple(map(int, path.parents[1].name.split(".")[:2]))] = path
    return found


@pytest.mark.parametrize("notebook", assignment.NOTEBOOKS)
def test_where_everything_is_there_a_span_of_minutes_for_the_whole_notebook_is_told(folder, notebook):
    text = said(folder, notebook)
    assert text.startswith("READY: everything is there.")
    assert "NOTE" not in re.sub("NOTE: this machine is (slow|busy)", "", text)
    told = re.search(r"with all trainings, comparisons and experiments, this notebook takes about (.*?) here", text)
    assert bool(told) == (notebook in assignment.PRACTICALS)
    assert not told or re.fullmatch(r"a minute|\d+ to \d+ minutes", told[1])


@pytest.mark.parametrize(
    "minutes, told", [(0.2, "a minute"), (1.2, "1 to 2 minutes"), (2.4, "2 to 4 minutes"), (9, "6 to 15 minutes")]
)
def test_no_minute_is_promised_more_precisely_than_one_step_tells(minutes, told):
    from libs.ready import machine

    assert machine.said(minutes) == f"about {told}"


def test_a_busy_machine_is_said(folder):
    """As many programs as cores, and as many again, that do nothing but use them."""
    code = "import time; end = time.time() + 60\nwhile time.time() < end: pass"
    others = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(2 * (os.cpu_count() or 1))]
    try:
        text = said(folder, PRACTICAL)
    finally:
        for other in others:
            other.kill()
            other.wait()
    assert "NOTE: this machine is busy with something else, so it may well take longer: close other programs." in text


@pytest.mark.parametrize("file", ["ready/__init__.py", "budget.py", "__init__.py"])
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


def test_the_grader_pays_nothing_for_it(folder):
    after = "import atexit, sys; atexit.register(lambda: print('torch' in sys.modules))"
    assert said(folder, before=after, NBGRADER_EXECUTION="autograde") == "False\n"


def test_a_check_of_all_notebooks_does_not_time_the_machine_again(folder):
    assert said(folder, HW2_BUDGET="small") == ""


def test_a_look_that_fails_itself_stops_nobody(folder):
    (folder / "libs" / "grader.json").write_text("{")
    text = said(folder, THEORY)
    assert "NOTE: the grader could not be looked at (JSONDecodeError" in text and "READY" in text
