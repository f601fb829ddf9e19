"""Fixtures shared by the tests: the checkout's root, and the sample class graded once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sampling import QUICK

ROOT = Path(__file__).resolve().parent.parent
os.environ["PATH"] = (
    f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # nbgrader calls alembic from PATH
)
sys.path.insert(0, str(ROOT / "source" / "hw2"))


def pytest_configure(config: pytest.Config) -> None:
    """One template for all: started by the process that has workers, found by them in their environment."""
    if getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput"):
        from autograder.examiner.trial import runner

        runner(ROOT).share_template()


LONGEST = (
    "test_sample_class.py",
    "test_marking.py",
    "test_hostile.py",
    "test_release.py",
    "test_release_after_grading.py",
    "test_batch.py",
    "test_dask.py",
    "test_postgres.py",
    "test_chaos.py",
    "test_styles.py",
    "test_packing.py",
    "test_check.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, so that no core is idle at the end; what is not quick is marked `slow`."""
    for item in items:
        if item.path.stem.removeprefix("test_") not in QUICK:
            item.add_marker(pytest.mark.slow)
    order = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.name, len(LONGEST)))


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def graded_class(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course folder of the sample class after collecting, autograding and feedback."""
    from autograder.batch.run import autograde
    from autograder.stages import run
    from sample_class.course import make_course
    from sample_class.students import STUDENTS

    course = make_course(tmp_path_factory.mktemp("class") / "course", STUDENTS)
    assert run(course, "zip_collect", silent=True) == 0, (course / "logs" / "zip_collect.log").read_text()
    assert autograde(course, workers=2, silent=True) == {}
    assert run(course, "generate_feedback", "--force", silent=True) == 0
    return course


@pytest.fixture()
def nbgrader():
    """Runs an nbgrader command in a folder and returns what it said; fails the test when nbgrader fails."""

    def run(folder: Path, *words: str) -> str:
        command = [sys.executable, "-m", "nbgrader", *words]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    return run
