"""What code in the sandbox cannot have more of, and that nothing of it stays."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from place import Place, until

from autograder.sandbox import bubblewrap, seccomp
from autograder.sandbox.bubblewrap import command
from autograder.sandbox.tree import end, look, tree
from autograder.sandbox.user import needs_host_user


@pytest.fixture()
def place(tmp_path: Path) -> Iterator[Place]:
    """A room for one test."""
    place = Place(tmp_path)
    yield place
    place.close()


@pytest.mark.skipif(
    os.geteuid() == 0 and not needs_host_user(), reason="the kernel exempts root, and there is no one else"
)
def test_a_fork_bomb_ends_at_the_limit_and_leaves_nothing(place):
    code = """
import os, time
made = 0
try:
    while True:
        if os.fork() == 0: time.sleep(60); os._exit(0)
        made += 1
except OSError as error: print(error.strerror, flush=True)
print(made, flush=True)
"""
    with place.start(code) as process:
        assert process.stdout.readline() == "Resource temporarily unavailable\n"
        assert 100 < int(process.stdout.readline()) < bubblewrap.LIMITS["nproc"]
        process.wait(10)
    until(lambda: not place.processes())


def test_a_daemon_that_left_its_parent_goes_with_the_sandbox(place):
    code = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        print("left", flush=True); time.sleep(60)
    os._exit(0)
os.wait(); print("here", flush=True); time.sleep(60)
"""
    process = place.start(code)
    assert {process.stdout.readline(), process.stdout.readline()} == {"left\n", "here\n"}
    assert len(place.processes()) >= 4
    process.kill()  # the outermost process alone
    process.communicate()
    until(lambda: not place.processes())


def test_not_even_a_dead_process_is_left_when_the_grader_ends_it(place):
    with place.start("print('up', flush=True)\ninput()") as process:
        assert process.stdout.readline() == "up\n"
        below = tree(process.pid)
        end(below[0])
        process.communicate()
    assert [look(each.pid) for each in below] == [None] * len(below)


def test_memory_ends_in_a_memory_error(place):
    code = "try: bytearray(5 * 2**30)\nexcept MemoryError: print('MemoryError')"
    assert place.says(code) == "MemoryError"


def test_memory_that_belongs_to_no_process_is_not_given(place):
    if seccomp.absent():
        pytest.skip(seccomp.absent())
    code = "import os\ntry: os.memfd_create('x')\nexcept OSError as error: print(error.strerror)"
    assert place.says(code) == "Operation not permitted"


def test_a_file_ends_at_its_limit_and_so_does_the_place_for_temporary_ones(place):
    code = """
for path in ("big", "/tmp/big"):
    try:
        with open(path, "wb", buffering=0) as file:
            while True: file.write(bytes(2**24))
    except OSError as error: print(error.strerror)
"""
    first, second = place.says(code).splitlines()
    assert first == "File too large" and second in ("File too large", "No space left on device")


def test_the_sandbox_ends_with_the_process_that_started_it(place):
    for folder in (place.room.work, place.room.private):
        place.user.take_over(folder)
    argv = [sys.executable, "-c", f"import time\nprint('up', flush=True)\ntime.sleep(60)  # {place.mark}"]
    words = command(argv, place.room, {})
    grader = subprocess.Popen(
        [sys.executable, "-c", f"import subprocess\nsubprocess.run({words!r})"], stdout=-1, text=True
    )
    assert grader.stdout.readline() == "up\n"
    grader.kill()
    grader.communicate()
    until(lambda: not place.processes())
