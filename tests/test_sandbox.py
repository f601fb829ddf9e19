"""What code in the sandbox finds, and where its ways end: real processes, asked from inside."""

import json
import os
import shutil
import socket
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from place import ROOT, Place

from autograder.sandbox import bubblewrap, seccomp


@pytest.fixture()
def place(tmp_path: Path) -> Iterator[Place]:
    """A room for one test."""
    place = Place(tmp_path)
    yield place
    place.close()


def test_nothing_of_the_course_of_a_home_or_of_others_can_be_read(place, tmp_path_factory):
    other = tmp_path_factory.mktemp("other") / "submission.ipynb"
    other.write_text("another student's")
    private = [ROOT / name for name in ("source", "gradebook.db", "autograder/cli.py", "nbgrader_config.py", ".git")]
    private.append(tmp_path_factory.mktemp("course") / "secret.txt")
    private[-1].write_text("what hidden inputs are drawn from")
    homes = [str(path) for path in Path.home().iterdir() if not sys.base_prefix.startswith(str(path))]
    paths = [*map(str, private), *homes, str(other), "/etc/shadow", "/etc/machine-id", "/home", "/var", "/sys", "/run"]
    code = f"import os\nprint([path for path in {paths!r} if os.path.lexists(path)], sorted(os.listdir('/tmp')))"
    mounted = (place.room.work, ROOT, Path(sys.prefix))  # a checkout may lie in /tmp, too
    top = {path.relative_to("/tmp").parts[0] for path in mounted if path.is_relative_to("/tmp")}
    assert place.says(code) == f"[] {sorted(top)}"


def test_the_package_of_the_grader_cannot_be_imported(place):
    code = "try: import autograder.cli\nexcept ImportError as error: print(error)"
    assert "autograder" in place.says(code)


def test_what_the_homework_needs_can_be_imported_and_works(place):
    shutil.copytree(ROOT / "source" / "hw2" / "libs", place.room.work / "libs")
    code = """
import sys; sys.path.append(".")
from libs.torchvision_operators import ensure_torchvision
ensure_torchvision()
import matplotlib, os, torch, torchvision
matplotlib.use("agg")
from matplotlib import pyplot
pyplot.plot([1, 2]); pyplot.savefig("plot.png")
torch.nn.Linear(4, 2)(torch.rand(3, 4)).sum().backward()
print(os.path.getsize("plot.png") > 1000)
"""
    assert place.says(code) == "True"


def test_the_data_can_be_read_and_not_changed(place):
    code = f"""
import os
print(len(os.listdir("{ROOT}/data")) > 0)
try: open("{ROOT}/data/x", "w")
except OSError as error: print(error.strerror)
"""
    assert place.says(code) == "True\nRead-only file system"


def test_there_is_no_network_and_no_service_of_this_machine(place, tmp_path):
    name = f"hw2-{uuid.uuid4().hex}"
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.socket(socket.AF_UNIX) as abstract:
        abstract.bind(f"\0{name}")
        abstract.listen()
        port = listener.getsockname()[1]
        socket.create_connection(("127.0.0.1", port)).close()  # it can be reached from here
        code = f"""
import socket
def reached(family, address):
    try: socket.socket(family).connect(address)
    except OSError as error: return error.strerror
    return "reached"
print(reached(socket.AF_INET, ("127.0.0.1", {port})))
print(reached(socket.AF_INET, ("1.1.1.1", 53)))
print(reached(socket.AF_UNIX, "\\0{name}"))
print(reached(socket.AF_NETLINK, (0, 0)))
"""
        refused = place.says(code).splitlines()
    assert refused[:3] == ["Connection refused", "Network is unreachable", "Connection refused"]
    assert refused[3] == ("Operation not supported" if not seccomp.absent() else refused[3])


def test_only_its_own_folders_can_be_written_to(place):
    own = [str(place.room.work), str(place.room.private), "/tmp", "/dev/shm"]
    others = ["/", "/usr", "/usr/lib", "/etc", "/dev", "/proc", "/root", sys.prefix, str(bubblewrap.INSIDE), str(ROOT)]
    code = f"""
import os
for folder in {own + others!r}:
    try:
        open(os.path.join(folder, "x"), "w").close()
        print(folder)
    except OSError: pass
"""
    assert place.says(code).splitlines() == own
    assert (place.room.work / "x").exists()


def test_no_way_to_more_rights_is_open(place):
    code = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
def call(name, *arguments):
    return (getattr(libc, name)(*arguments), os.strerror(ctypes.get_errno()))[1]
refused = "Operation not permitted"
assert call("unshare", 0x10000000) == refused
assert call("syscall", 56 if os.uname().machine == "x86_64" else 220, 0x10000011, 0, 0, 0, 0) == refused
assert call("mount", b"none", b"/tmp", b"tmpfs", 0, None) == refused
assert call("ptrace", 16, 1, 0, 0) == refused
assert call("setuid", 0) in (refused, "Invalid argument")
assert os.getuid() == 1000 and not os.getgroups() or os.getgroups() == [1000]
print("closed", os.system("unshare -U true 2>/dev/null") != 0)
"""
    assert place.says(code) == "closed True"


def test_a_program_with_the_setuid_bit_gives_nothing(place):
    code = """
import os, shutil, subprocess
shutil.copy("/usr/bin/id", "id"); os.chmod("id", 0o6755)
found = [path for path in ("/usr/bin/su", "/bin/mount") if os.path.exists(path)]
print({subprocess.run([path, *words], capture_output=True, text=True, input="").stdout.strip()
       for path, words in [("./id", ["-u"])] + [(path, ["-c", "id -u"]) for path in found]} - {""})
"""
    assert place.says(code) == "{'1000'}"


def test_nothing_of_the_graders_environment_is_left(place, monkeypatch):
    numbers = {"OPENBLAS_CORETYPE": "Haswell", "OPENBLAS_L2_SIZE": "512"}  # some machines set these: the same numbers
    ours = {"HW2_TEST_TOKEN": "a secret of the grader's", "JPY_PARENT_PID": "1", "HOME": "/root", "PYTHONPATH": "/x"}
    for name, value in ours.items():
        monkeypatch.setenv(name, value)
    outer = {**ours, **numbers, "HW2_CHANNEL": "/x/calls", "OMP_NUM_THREADS": "1"}
    seen = json.loads(place.says("import json, os\nprint(json.dumps(dict(os.environ)))", outer))
    memory = {"MALLOC_MMAP_THRESHOLD_": str(2**28), "MALLOC_TRIM_THRESHOLD_": str(2**30)}
    assert seen == {
        "PATH": os.defpath, "HOME": "/tmp", "LANG": "C.UTF-8", "PWD": seen["PWD"], "HW2_CHANNEL": "/x/calls",
        "OMP_NUM_THREADS": "1", **numbers, **memory,
    }  # fmt: skip
