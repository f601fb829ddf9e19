"""The walls of the sandbox as seen from outside: user, system call filter, namespaces, files."""

import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from place import ROOT, Place, command_line, until

from autograder.sandbox import seccomp
from autograder.sandbox.bubblewrap import missing
from autograder.sandbox.user import HostUser, needs_host_user
from autograder.sandbox.verify import unconfined


@pytest.fixture()
def place(tmp_path: Path) -> Iterator[Place]:
    """A room for one test."""
    place = Place(tmp_path)
    yield place
    place.close()


def test_from_outside_a_sandboxed_process_is_seen_to_be_confined(place):
    with place.start("print('up', flush=True)\ninput()") as process:
        assert process.stdout.readline() == "up\n"
        assert unconfined(place.inner()) == []
        process.communicate("\n")


def test_the_sandbox_that_ordinary_users_get_has_the_same_walls_and_ends_as_completely(place):
    place.room = replace(place.room, user=None)
    process = place.start("print('up', flush=True)\ninput()")
    assert process.stdout.readline() == "up\n"
    assert unconfined(place.inner()) == []
    process.kill()
    process.communicate()
    until(lambda: not place.processes())


def test_from_outside_any_other_process_is_seen_not_to_be(place):
    problems = " ".join(unconfined(os.getpid()))
    for wall in ("namespace user", "namespace mnt", "namespace pid", "namespace net", "NoNewPrivs"):
        assert wall in problems
    half = subprocess.Popen(["bwrap", "--die-with-parent", "--dev-bind", "/", "/", "--unshare-net", "sleep", "60"])
    until(lambda: len(_children(half.pid)) == 1 and "sleep" in command_line(_children(half.pid)[0])[:6])
    problems = " ".join(unconfined(_children(half.pid)[0]))
    assert "namespace pid" in problems and "namespace net" not in problems
    half.kill()
    half.wait()
    assert unconfined(2**22 + 1) != []


def _children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_two_sandboxes_are_never_the_same_user(place):
    if not needs_host_user():
        pytest.skip("only root has other users to be")
    with HostUser() as first, HostUser() as second:
        assert len({first.number, second.number, place.user.number}) == 3


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_means_the_same_on_each_machine_it_is_written_for(machine):
    clone, socket_, mount, read = {"x86_64": (56, 41, 165, 0), "aarch64": (220, 198, 40, 63)}[machine]
    architecture = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}[machine]
    allowed, refused = 0x7FFF0000, 0x50001
    for number, argument, verdict in [
        (read, 0, allowed), (mount, 0, refused), (clone, 0x10000000, refused), (clone, 0x3D0F00, allowed),
        (socket_, 1, allowed), (socket_, 2, allowed), (socket_, 10, allowed), (socket_, 16, 0x50000 | 95),
        (socket_, 40, 0x50000 | 95), (435, 0, 0x50000 | 38), (read | 0x40000000, 0, 0x50000 | 38),
    ]:  # fmt: skip
        assert _verdict(seccomp.program(machine), architecture, number, argument) == verdict, (number, argument)
    assert _verdict(seccomp.program(machine), 0x40000003, read, 0) == 0x80000000
    assert seccomp.program("riscv64") == b"" and "riscv64" in seccomp.absent("riscv64")


def _verdict(program: bytes, architecture: int, number: int, argument: int) -> int:
    """What the kernel would answer: the six kinds of words that the filter is made of, carried out."""
    words, place, loaded = list(struct.iter_unpack("<HBBI", program)), 0, 0
    while True:
        code, then, otherwise, value = words[place]
        place += 1
        if code == 0x06:
            return value
        if code == 0x20:
            loaded = {0: number, 4: architecture, 16: argument}[value]
        else:
            holds = {0x15: loaded == value, 0x35: loaded >= value, 0x45: bool(loaded & value)}[code]
            place += then if holds else otherwise


def test_a_course_that_the_sandbox_would_show_is_refused(monkeypatch):
    monkeypatch.setattr(sys, "prefix", str(ROOT))
    assert f"shows students' code all of {ROOT}" in missing()
