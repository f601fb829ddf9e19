"""Collecting that is killed at any moment: nothing half-written is in submitted/, and the next run ends the same."""

import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest
from sampling import WHOLE

from autograder import assignment
from autograder.collect.publish import is_ours
from sample_class.bench_collect import large_class

UPLOADS = 40
KILLS = 6 if WHOLE else 2
COMMAND = [sys.executable, "-m", "nbgrader", "zip_collect", "hw2"]


def tree(course):
    paths = (path for path in (course / "submitted").rglob("*") if path.is_file())
    return {str(path.relative_to(course)): path.read_bytes() for path in paths}


def decisions(course):
    return json.loads((course / "downloaded/hw2/decisions.json").read_text(encoding="utf-8"))


def start(course):
    return subprocess.Popen(
        COMMAND, cwd=course, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The course after one run that nobody disturbed, and how long it took."""
    course = large_class(tmp_path_factory.mktemp("undisturbed") / "course", UPLOADS)
    begun = time.monotonic()
    assert start(course).wait() == 0
    return course, time.monotonic() - begun


def test_killed_at_random_moments_it_ends_as_an_undisturbed_run(undisturbed, tmp_path):
    whole, seconds = undisturbed
    course = large_class(tmp_path / "course", UPLOADS)
    chance = random.Random(20231113)
    moments = sorted(chance.uniform(0.2, 1.0) * seconds for _ in range(KILLS))
    for moment in moments:
        process = start(course)
        time.sleep(moment)
        os.kill(process.pid, signal.SIGKILL)  # the process itself; those that it started must end with it
        process.wait()
        for place in (course / "submitted").glob(f"*/{assignment.NAME}"):
            assert is_ours(place) and (place / "timestamp.txt").exists(), place
        decided = course / "downloaded/hw2/decisions.json"
        assert not decided.exists() or decisions(course) == decisions(whole)
    assert start(course).wait() == 0
    assert tree(course) == tree(whole)
    assert decisions(course) == decisions(whole)
    ledgers = [(c / "downloaded/hw2/uploads.csv").read_text().splitlines() for c in (course, whole)]
    assert [line.rsplit(",", 1)[0] for line in ledgers[0]] == [line.rsplit(",", 1)[0] for line in ledgers[1]]
    assert {p.name for p in (course / "downloaded/hw2/kept").iterdir()} == {
        p.name for p in (whole / "downloaded/hw2/kept").iterdir()
    }


def test_killed_between_two_renames_the_old_submission_is_back_and_then_replaced(undisturbed, tmp_path):
    course = large_class(tmp_path / "course", 2)
    assert start(course).wait() == 0
    before = tree(course)
    place = next((course / "submitted").glob(f"*/{assignment.NAME}"))
    place.rename(place.with_name(".hw2.old"))
    place.with_name(".hw2.part").mkdir()
    (place.with_name(".hw2.part") / "theory.ipynb").write_text("half")
    assert start(course).wait() == 0
    assert tree(course) == before


def test_its_processes_end_with_it(tmp_path):
    course = large_class(tmp_path / "course", 60)
    process = start(course)
    children = []
    while process.poll() is None and len(children) < 2:
        time.sleep(0.05)
        children = [int(pid) for pid in _children(process.pid)]
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert children
    until = time.monotonic() + 10
    while time.monotonic() < until and any(_is_worker(pid) for pid in children):
        time.sleep(0.1)
    assert not any(_is_worker(pid) for pid in children)


def _children(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as file:
            return file.read().split()
    except OSError:
        return []


def _is_worker(pid):
    """True while a process of this number works for a collecting that was killed; others that it starts end alone."""
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return b"zip_collect" in file.read()
    except OSError:
        return False
