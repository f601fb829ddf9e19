"""Folders of students are removed whatever they are like, and what a killed grader left goes at the next look."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder.sandbox.own_folder import OwnFolder, sweep
from autograder.sandbox.removal import LEFT, remove


def deep(folder: Path, levels: int) -> None:
    """Folders one in another, far deeper than a path can say."""
    code = f"import os\nfor _ in range({levels}): os.mkdir('x'); os.chdir('x')\nopen('end', 'w').close()"
    subprocess.run([sys.executable, "-c", code], cwd=folder, check=True)


def locked(folder: Path) -> None:
    """Folders that nobody may enter, list or write."""
    for mode in (0o000, 0o300, 0o500, 0o600):
        (folder / f"m{mode}" / "below").mkdir(parents=True)
        (folder / f"m{mode}" / "file").touch()
        os.chmod(folder / f"m{mode}" / "below", mode)
        os.chmod(folder / f"m{mode}", mode)


def odd(folder: Path) -> None:
    """Names and kinds that are not what one expects."""
    for name in (b"-rf", b"new\nline", b"\xff\xfe", b" ", "ی".encode() * 60):
        os.mkdir(os.fsencode(folder) + b"/" + name)
        os.close(os.open(os.fsencode(folder) + b"/" + name + b"/" + name, os.O_CREAT))
    os.mkfifo(folder / "fifo")
    socket.socket(socket.AF_UNIX).bind(str(folder / "socket"))
    (folder / "up").symlink_to("..")
    (folder / "root").symlink_to("/")
    (folder / "loop").symlink_to("loop")


@pytest.mark.parametrize("make", [deep, locked, odd], ids=lambda make: make.__name__)
def test_what_a_student_can_make_is_removed_and_nothing_beside_it(tmp_path, make):
    folder, kept = tmp_path / "made", tmp_path / "kept"
    folder.mkdir()
    kept.write_text("kept")
    (folder / "link").symlink_to(kept)
    make(folder, 3000) if make is deep else make(folder)
    remove(folder)
    assert os.listdir(tmp_path) == ["kept"] and kept.read_text() == "kept"


def test_files_links_and_what_is_not_there_are_removed_too(tmp_path):
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to("/etc")
    for name in ("file", "link", "nothing"):
        remove(tmp_path / name)
    assert os.listdir(tmp_path) == [] and os.path.isdir("/etc")


def test_what_cannot_be_removed_is_put_aside_and_said_once(tmp_path, caplog, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = OwnFolder()
    (folder.path / "stuck").mkdir()
    (folder.path / "other").mkdir()
    rmdir = os.rmdir

    def refuse(path, **options):
        if "dir_fd" in options and str(path).endswith("-0"):  # the first folder that was moved to the top
            raise OSError(16, "Device or resource busy")
        rmdir(path, **options)

    monkeypatch.setattr("os.rmdir", refuse)
    folder.close()
    (left,) = os.listdir(tmp_path)
    assert left.startswith(LEFT) and len(os.listdir(tmp_path / left)) == 1
    with OwnFolder() as another:
        assert another.is_dir()
    sweep()
    assert [record.getMessage() for record in caplog.records] == [
        f"{tmp_path / left} could not be removed (Device or resource busy): remove it by hand"
    ]


def test_the_folder_of_a_killed_process_is_gone_at_the_next_look_and_that_of_a_living_one_is_not(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    code = "from autograder.sandbox.own_folder import OwnFolder\nimport time\n"
    code += "folder = OwnFolder().path\n(folder / 'source').mkdir()\nprint(folder, flush=True)\ntime.sleep(60)"
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    killed, living = (
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=environment)
        for _ in range(2)
    )
    folders = [Path(process.stdout.readline().strip()) for process in (killed, living)]
    foreign = tmp_path / folders[0].name.replace("hw2-run-", "other-")
    foreign.mkdir()
    sweep()
    assert all(folder.is_dir() for folder in folders)
    killed.kill()
    killed.wait()
    sweep()
    assert [folder.is_dir() for folder in folders] == [False, True] and foreign.is_dir()
    living.kill()
    living.wait()
    with OwnFolder():
        assert not folders[1].exists()
    for process in (killed, living):
        process.stdout.close()


def test_nothing_of_a_grading_process_that_is_killed_stays(tmp_path, monkeypatch):
    from autograder.batch.bundle import Course
    from autograder.batch.graders import Graders

    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    graders = Graders()
    grader = graders._take()
    grader._channel.send(Course("key", {"source/hw2/solution.py": b"secret"}))
    until = time.monotonic() + 90
    while not list(tmp_path.glob("*/source/hw2/solution.py")) and time.monotonic() < until:
        time.sleep(0.1)
    assert list(tmp_path.glob("*/source/hw2/solution.py"))
    grader.process.kill()
    graders._drop(grader)
    assert os.listdir(tmp_path) == []
