"""The secret of a course is made once, kept, the same wherever is graded, and never what everybody knows."""

import logging
import os
import stat
import subprocess
from multiprocessing import get_context

import pytest

from autograder import assignment, secret
from autograder.answers.digest import digest
from autograder.batch.packing import pack_course
from autograder.batch.run import autograde
from autograder.batch.worker import _converter, _lay_out
from autograder.examiner.execute import RunNotebook
from autograder.gradebook import CONFIG, course_config, open_gradebook
from autograder.result import Record, write_record
from autograder.stages import run
from sample_class.course import make_course
from sample_class.students import STUDENTS

NUMBER, OTHER = "402100101", "402100102"


@pytest.fixture()
def course(tmp_path):
    """A course folder in which nothing has been graded and nobody has thought of a secret."""
    folder = make_course(tmp_path / "course", [])
    (folder / secret.FILE).unlink()
    return folder


def seed(course):
    return RunNotebook(config=course_config(course)).seed()


def set_line(course, text):
    with (course / CONFIG).open("a") as config:
        config.write(f"\nc.RunNotebook.secret = {text!r}\n")


def graded(course, number, seed):
    write_record(Record(number, "theory", seed), course / "autograded" / number / "hw2" / "results")


def packed(course):
    with open_gradebook(course) as gradebook:
        return pack_course(course, gradebook)


def test_it_is_made_once_for_the_owner_alone_and_is_another_in_every_course(course, tmp_path, capsys):
    first = seed(course)
    path = course / secret.FILE
    assert str(path) in capsys.readouterr().err
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and len(path.read_text()) > 40
    assert seed(course) == first and capsys.readouterr().err == ""
    other = make_course(tmp_path / "other", [])
    (other / secret.FILE).unlink()
    assert seed(other) != first
    assert [name for name in os.listdir(course) if name.startswith(f".{secret.FILE}")] == []


def test_many_that_begin_at_once_use_the_same(course):
    with get_context("fork").Pool(8) as pool:
        assert len(set(pool.starmap(secret.secret_of, [(course, "")] * 64))) == 1


def test_where_the_file_system_knows_no_links_it_is_made_too(course, monkeypatch):
    monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(PermissionError("no links")))
    assert seed(course) == seed(course)


def test_a_line_of_the_instructors_own_wins_and_makes_no_file(course):
    set_line(course, "our own")
    assert secret.secret_of(course, "our own") == "our own"
    seed(course)
    assert not (course / secret.FILE).exists()


def test_the_text_that_everybody_knows_is_refused(course):
    set_line(course, secret.PUBLIC)
    with pytest.raises(ValueError, match="everybody knows: remove that line"):
        packed(course)
    assert not (course / secret.FILE).exists()


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe\x00"])
def test_a_file_that_says_nothing_is_named_and_nothing_is_graded(course, content):
    (course / secret.FILE).write_bytes(content)
    with pytest.raises(ValueError, match=r"secret\.txt (is empty|cannot be read).*put back the file"):
        packed(course)
    assert (course / secret.FILE).read_bytes() == content


@pytest.mark.parametrize("make", ["mkdir", "broken link"])
def test_what_is_no_file_is_not_written_over(course, make):
    path = course / secret.FILE
    path.mkdir() if make == "mkdir" else path.symlink_to(course / "usb" / "secret.txt")
    with pytest.raises(ValueError, match=r"secret\.txt cannot be read.*put back the file"):
        seed(course)


def test_when_it_is_gone_after_somebody_was_graded_no_other_exam_is_drawn(course):
    before = seed(course)
    text = (course / secret.FILE).read_text()
    graded(course, NUMBER, before)
    (course / secret.FILE).unlink()
    with pytest.raises(ValueError, match=r"is missing.*put it back from a copy.*hw2 autograde --again"):
        packed(course)
    assert not (course / secret.FILE).exists()
    (course / secret.FILE).write_text(text.strip())  # an editor's last line end makes no other exam
    assert seed(course) == before


def test_another_one_than_others_were_graded_with_is_refused_before_anything_is_graded(course):
    for number in (NUMBER, OTHER):
        (course / "submitted" / number / "hw2").mkdir(parents=True)
    seed(course)
    for name in assignment.NOTEBOOKS:
        was = Record(NUMBER, name, "another", submission=digest(course / "submitted" / NUMBER / "hw2", name))
        write_record(was, course / "autograded" / NUMBER / "hw2" / "results")
    with pytest.raises(ValueError, match=rf"has changed since {NUMBER} was graded \(1 in all\)"):
        autograde(course, workers=1, silent=True)
    assert not (course / "logs" / "autograde").exists()


def test_a_grader_on_another_machine_draws_the_same_wherever_the_secret_stands(course, tmp_path):
    for number, line in enumerate((None, "a line of our own")):
        if line:
            set_line(course, line)
        there = tmp_path / f"there-{number}"
        there.mkdir()
        _lay_out(packed(course), there)
        assert RunNotebook(parent=_converter(there, NUMBER, logging.getLogger())).seed() == seed(course)


def test_plain_nbgrader_and_the_class_run_draw_from_the_same(course, nbgrader):
    student = next(student for student in STUDENTS if student.situation == "untouched hand-out")
    make_course(course, [student])
    (course / secret.FILE).unlink()
    assert run(course, "zip_collect", silent=True) == 0
    nbgrader(course, "autograde", "hw2", "--notebook=theory")
    text = (course / secret.FILE).read_text()
    assert autograde(course, workers=1, silent=True) == {}
    found = (course / "autograded" / student.number / "hw2" / "results" / "theory.json").read_text()
    assert seed(course) in found and (course / secret.FILE).read_text() == text


def test_git_and_the_hand_out_leave_it_alone(root):
    ignored = subprocess.run(["git", "check-ignore", secret.FILE, f".{secret.FILE}.0a"], cwd=root, capture_output=True)
    assert len(ignored.stdout.split()) == 2
