"""Where no sandbox can be made nothing is graded, unless the switch says so; then every result is marked."""

import sys
from pathlib import Path

import pytest
from mini import answer, graded, heading
from nbformat.v4 import new_notebook
from traitlets.config import Config

from autograder import assignment
from autograder.batch.run import autograde
from autograder.examiner.execute import RunNotebook
from autograder.examiner.trial import lay_out
from autograder.stages import run
from sample_class.course import make_course
from sample_class.students import STUDENTS


@pytest.fixture()
def without_bubblewrap(monkeypatch):
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))


def runner(root, **options):
    config = Config()
    config.RunNotebook.source = str(assignment.source_folder(root))
    config.RunNotebook.data = str(root / "data")
    config.RunNotebook.update({"secret": "trial", **options})
    return RunNotebook(config=config)


def ran(root, folder, **options):
    cells = [
        heading("One"), answer("work", "import os\ndef name():\n    return os.uname().nodename"),
        graded("place", "# It tells where it is.\nassert name() != 'sandbox', name()"),
    ]  # fmt: skip
    lay_out(root, folder, "")
    names = {"student": "s", "notebook": "mini", "assignment": assignment.NAME}
    resources = {"nbgrader": names, "metadata": {"path": str(folder)}}
    return runner(root, **options).preprocess(new_notebook(cells=cells), resources)[1]["hw2"]


def test_the_switch_runs_it_without_and_says_so(root, tmp_path):
    found = ran(root, tmp_path, unsandboxed=True)
    assert found["sandboxed"] is False
    assert [result.state for result in found["findings"].results] == ["passed"]


def test_otherwise_it_is_in_the_sandbox(root, tmp_path):
    found = ran(root, tmp_path)
    assert found["sandboxed"] is True
    assert [result.state for result in found["findings"].results] == ["failed"]


def test_a_notebook_is_refused_and_the_package_is_named(root, tmp_path, without_bubblewrap):
    with pytest.raises(RuntimeError, match=r"bwrap is not installed: apt-get install bubblewrap.*unsandboxed = True"):
        ran(root, tmp_path)


def test_a_class_is_refused_and_nothing_is_entered(tmp_path, monkeypatch):
    student = next(student for student in STUDENTS if student.situation == "untouched hand-out")
    course = make_course(tmp_path / "course", [student])
    assert run(course, "zip_collect", silent=True) == 0
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    problems = autograde(course, workers=1, silent=True)
    assert list(problems) == [student.number]
    assert "apt-get install bubblewrap" in (course / "logs" / "autograde" / f"{student.number}.log").read_text()
    assert not (course / "autograded" / student.number).exists()
