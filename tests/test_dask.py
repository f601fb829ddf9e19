"""Grading on a Dask cluster: real scheduler, real workers, which know of the class what is sent to them."""

import subprocess
import sys

import pytest
from sampling import takes_minutes

from autograder.batch.bundle import Submission, write_files
from autograder.batch.packing import pack_course, pack_submission
from autograder.batch.run import autograde
from autograder.gradebook import open_gradebook
from autograder.sandbox.tree import look
from autograder.stages import run
from sample_class.chaos import many
from sample_class.course import make_course
from sample_class.state import gradebook_of, records_of_class

pytest.importorskip("distributed", reason="needs Dask: pip install '.[scale]'")

from autograder.batch import cluster
from sample_class.servers import Dask, graders_below, kill, until


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    """Two cheap submissions, graded by this machine's processes."""
    course = make_course(tmp_path_factory.mktemp("local") / "course", many(2, cheap=True))
    assert run(course, "zip_collect", silent=True) == 0
    assert autograde(course, workers=2, silent=True) == {}
    return course


@pytest.fixture()
def course(tmp_path):
    """The same two, not graded yet."""
    course = make_course(tmp_path / "course", many(2, cheap=True))
    assert run(course, "zip_collect", silent=True) == 0
    return course


@pytest.fixture()
def dask(tmp_path):
    dask = Dask(tmp_path, workers=2)
    yield dask
    dask.close()


def hw2_autograde(course, address):
    command = [sys.executable, "-m", "autograder.cli", "--root", str(course), "autograde", "--scheduler", address]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def same(one, other):
    return gradebook_of(one) == gradebook_of(other) and records_of_class(one) == records_of_class(other)


def test_a_worker_killed_in_the_middle_costs_a_repetition_and_all_is_as_in_a_local_run(local, course, dask):
    process = hw2_autograde(course, dask.address)
    until(lambda: graders_below(dask.workers[0].pid))
    graders = graders_below(dask.workers[0].pid)
    kill(dask.workers[0])
    until(lambda: not any(map(look, graders)))
    assert process.wait() == 0, process.stderr.read()
    assert len(records_of_class(course)) == 2 * 4 and same(course, local)


@takes_minutes
def test_a_lost_scheduler_is_told_and_the_run_goes_on_when_it_is_started_again(local, course, dask):
    process = hw2_autograde(course, dask.address)
    until(lambda: any(graders_below(worker.pid) for worker in dask.workers))
    kill(dask.scheduler)
    assert process.wait() == 2
    said = process.stderr.read()
    assert f"the Dask scheduler {dask.address} was lost" in said and "it goes on" in said and "Traceback" not in said
    dask.start_scheduler()
    for at, worker in enumerate(dask.workers):
        kill(worker)  # it would end with its scheduler, within half a minute
        dask.restart_worker(at)
    assert autograde(course, workers=1, silent=True, scheduler=dask.address) == {}
    assert same(course, local)


def test_where_no_scheduler_is_the_run_ends_before_it_begins(course):
    with pytest.raises(RuntimeError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        autograde(course, workers=1, silent=True, scheduler="tcp://127.0.0.1:9")
    assert gradebook_is_empty(course)


def gradebook_is_empty(course):
    with open_gradebook(course) as gradebook:
        return gradebook.students == []


def test_what_is_sent_for_all_holds_nothing_of_a_student(local, tmp_path):
    with open_gradebook(local) as gradebook:
        packed = pack_course(local, gradebook)
        assert packed == pack_course(local, gradebook)  # the same course has the same key
        numbers = [student.id.encode() for student in gradebook.students]
    assert len(numbers) == 2 and not any(number in data for data in packed.files.values() for number in numbers)
    settings = {"nbgrader_config.py", "course.toml", "secret.txt"}
    assert {name.split("/")[0] for name in packed.files} == settings | {"gradebook.db", "source", "data"}


def test_a_submission_is_the_same_when_it_is_laid_out_elsewhere(local, tmp_path):
    sent = pack_submission(local, many(1, cheap=True)[0].number)
    write_files(sent.files, tmp_path / "submitted" / sent.student / "hw2")
    assert pack_submission(tmp_path, sent.student) == sent


def test_files_that_lead_out_of_their_folder_are_not_written(tmp_path):
    for name in ("../beside", "/tmp/elsewhere", "a/../../beside"):
        with pytest.raises(ValueError, match="leads out of the folder"):
            write_files({name: b""}, tmp_path / "folder")
    assert not (tmp_path / "beside").exists()


def test_a_worker_with_other_versions_grades_nothing(local):
    with open_gradebook(local) as gradebook, pytest.raises(cluster.OtherVersions, match="here autograder 0, torch 1"):
        cluster.grade_there("autograder 0, torch 1", pack_course(local, gradebook), Submission("402100101", {}))
