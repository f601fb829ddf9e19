"""Grading many: stopping and going on, and what a person gave, change nothing."""

import errno
import fcntl
import os
import signal
import subprocess
import sys
import time

import pytest
from nbgrader.api import Gradebook

from autograder import assignment
from autograder.batch import run as batch_run
from autograder.batch.graders import REPEATS
from autograder.batch.last_words import LastWords
from autograder.batch.run import autograde, is_graded, submitted
from autograder.batch.writer import GRADING
from autograder.sandbox.tree import look
from autograder.stages import run
from sample_class.course import make_course
from sample_class.servers import graders_below, kill, until
from sample_class.state import records_of_class
from sample_class.students import STUDENTS

CHEAP = [student for student in STUDENTS if student.situation == "untouched hand-out"]


def marks(course):
    """Everything in the gradebook that a mark is made of."""
    found = {}
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        for submission in gradebook.assignment_submissions(assignment.NAME):
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    key = (submission.student_id, notebook.name, grade.name)
                    found[key] = (grade.auto_score, grade.manual_score, grade.needs_manual_grade)
    return found


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A submission that is quick to grade, graded without a disturbance."""
    folder = make_course(tmp_path_factory.mktemp("batch") / "course", CHEAP)
    assert run(folder, "zip_collect", silent=True) == 0
    assert autograde(folder, workers=2, silent=True) == {}
    return folder


def test_every_submission_is_graded_and_nothing_is_left_over(course):
    assert submitted(course) == sorted(student.number for student in CHEAP)
    assert all(is_graded(course, student.number) for student in CHEAP)
    assert not (course / GRADING).exists()


def test_a_submission_that_cannot_be_read_is_a_problem_of_its_own_and_the_others_are_graded(tmp_path, monkeypatch):
    course = make_course(tmp_path / "course", CHEAP)
    assert run(course, "zip_collect", silent=True) == 0
    (course / "submitted" / "402100000" / assignment.NAME).mkdir(parents=True)
    packed = batch_run.pack_submission

    def broken_disk(root, student):
        if student == "402100000":
            raise OSError(errno.EIO, os.strerror(errno.EIO), "theory.ipynb")
        return packed(root, student)

    monkeypatch.setattr(batch_run, "pack_submission", broken_disk)
    problems = autograde(course, workers=1, silent=True)
    assert problems == {"402100000": "cannot read theory.ipynb: Input/output error; mend that, then start again"}
    assert all(is_graded(course, student.number) for student in CHEAP)


def test_what_is_graded_is_not_graded_again(course):
    records = list((course / "autograded").rglob("results/*.json"))
    before = {path: path.stat().st_mtime_ns for path in records}
    assert autograde(course, workers=1, silent=True) == {}
    assert {path: path.stat().st_mtime_ns for path in records} == before


def test_a_run_that_is_killed_ends_the_same_when_it_is_started_again(course, tmp_path):
    undisturbed = marks(course)
    again, process = started(tmp_path)
    until(lambda: graders_below(process.pid))
    time.sleep(2)  # in the middle of a notebook
    graders = graders_below(process.pid)
    kill(process)
    until(lambda: not any(map(look, graders)))  # nobody waits for what they do
    assert autograde(again, workers=2, silent=True) == {}
    assert marks(again) == undisturbed


def test_a_submission_whose_process_is_killed_is_graded_again_in_the_same_run(course, tmp_path):
    again, process = started(tmp_path)
    until(lambda: graders_below(process.pid))
    os.kill(graders_below(process.pid)[0], signal.SIGKILL)
    assert process.wait() == 0, process.stderr.read()
    assert marks(again) == marks(course)
    assert records_of_class(again) == records_of_class(course)


def test_a_submission_whose_processes_all_die_is_a_problem_and_gets_no_mark(tmp_path):
    course, process = started(tmp_path)
    for _ in range(1 + REPEATS):
        until(lambda: graders_below(process.pid))
        os.kill(graders_below(process.pid)[0], signal.SIGKILL)
        time.sleep(0.5)  # it is gone, and another one has no student's process yet
    assert process.wait() == 1
    said = process.stdout.read()
    assert f"{CHEAP[0].number}: its grading process died 4 times: the last one was ended by SIGKILL" in said
    assert not (course / "autograded").exists() and marks(course) == {}


@pytest.mark.parametrize(
    ("code", "how"),
    [
        ("print('too early', flush=True); os.abort()", "was ended by SIGABRT, after it said: too early"),
        ("os._exit(3)", "ended with exit code 3, without a word"),
        ("1 / 0", "ended with exit code 1, after it said: ZeroDivisionError: division by zero"),
        ("os.write(1, b'\\x1b]52;c \\xff' + 9999 * b'x')", "ended with exit code 0, after it said: \\x1b]52;c"),
    ],
)
def test_a_process_that_ends_is_said_to_have_ended_as_it_did(code, how, capfd):
    command = [sys.executable, "-c", f"import os\n{code}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        said = LastWords(process).how_it_ended()
    assert said.startswith(how) and len(said) < 400 and said.isprintable()
    assert how.partition("said: ")[2][:8] in capfd.readouterr().err  # and who runs it has seen it all


def started(folder):
    """A course, and `hw2 autograde` running in it."""
    course = make_course(folder / "course", CHEAP)
    assert run(course, "zip_collect", silent=True) == 0
    command = [sys.executable, "-m", "autograder.cli", "--root", str(course), "autograde"]
    return course, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def marked_by_a_person(course):
    """Give 3.5 points and a comment as a TA would; return the ids of the task, the test and the comment's cell."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        entry = gradebook.find_submission_notebook(assignment.PRACTICALS[1], assignment.NAME, CHEAP[0].number)
        task = next(grade for grade in entry.grades if grade.cell_type == "markdown")
        task.manual_score, task.needs_manual_grade = 2.5, False
        test = next(grade for grade in entry.grades if grade.cell_type == "code")
        test.manual_score = 1.0  # the TA overrules the test
        entry.comments[0].manual_comment = "nearly"
        gradebook.db.commit()
        return task.name, test.name, entry.comments[0].name


def test_marks_and_comments_that_a_person_gave_survive_regrading(course):
    chosen = marked_by_a_person(course)
    assert autograde(course, workers=2, again=True, silent=True) == {}
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        find = (assignment.PRACTICALS[1], assignment.NAME, CHEAP[0].number)
        task, test = (gradebook.find_grade(id, *find) for id in chosen[:2])
        assert (task.manual_score, task.needs_manual_grade) == (2.5, False)
        assert (test.manual_score, test.auto_score, test.needs_manual_grade) == (1.0, 0.0, True)
        assert gradebook.find_comment(chosen[2], *find).manual_comment == "nearly"


def test_a_corrected_time_and_the_rest_of_the_term_change_the_marks_without_grading_again(course, nbgrader):
    (student,) = CHEAP
    marked_by_a_person(course)
    records = list((course / "autograded").rglob("results/*.json"))
    before = {path: path.stat().st_mtime_ns for path in records}
    (course / "term.csv").write_text(
        "student,assignment,deadline,time\n"
        + "".join(
            f"{student.number},hw{i},2023-10-0{i}T23:59+03:30,2023-10-{i + 5:02}T23:59+03:30\n" for i in (1, 3, 4, 5)
        )
    )
    (course / "downloaded" / "hw2" / "times.csv").write_text(f"file,time\n{student.upload},2023-11-14T23:59:00+03:30\n")
    assert run(course, "zip_collect", silent=True) == 0
    assert autograde(course, workers=1, silent=True) == {}
    assert {path: path.stat().st_mtime_ns for path in records} == before
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        submission = gradebook.find_submission(assignment.NAME, student.number)
        assert submission.total_seconds_late == 24 * 3600
        assert submission.late_submission_penalty == pytest.approx(0.35, abs=1e-12)
    (course / "extensions.csv").write_text(f"student,assignment,hours,reason\n{student.number},hw2,23,ill\n")
    nbgrader(course, "generate_feedback", "hw2", "--force")
    page = (course / "feedback" / student.number / "hw2" / f"{assignment.PRACTICALS[1]}.html").read_text()
    for line in (
        "Received: Tue 14 Nov 2023, 23:59:00 Tehran (23 Aban 1402)",
        "Your extension: 23 h 0 min 0 s (ill)",
        "used before: hw1 120 hours, hw3 120 hours, hw4 120 hours, hw5 120 hours; 0 left for this assignment",
        "Not free: 1 - 0 = 1 hour, each 1/240 of your points",
    ):
        assert line in page
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        submission = gradebook.find_submission(assignment.NAME, student.number)
        assert submission.late_submission_penalty == pytest.approx(3.5 / 240, abs=1e-12)


def test_two_runs_at_once_are_refused_and_nothing_is_graded_twice(course):
    with (course / ".grading.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(RuntimeError, match="another hw2 autograde is grading in"):
            autograde(course, workers=1, silent=True)
