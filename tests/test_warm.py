"""Processes forked from the template: shut in like those that start cold, same marks, and cold when it fails."""

import ast
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from mini import answer, given, graded, heading
from nbformat.v4 import new_notebook
from place import ROOT, until

from autograder.examiner.session import Session
from autograder.examiner.trial import lay_out, runner
from autograder.result import PASSED
from autograder.sandbox import template
from autograder.sandbox.bubblewrap import missing
from autograder.sandbox.provisioner import ADDRESS
from autograder.sandbox.tree import tree
from autograder.sandbox.verify import unconfined

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())

LIBS = ROOT / "source" / "hw2" / "libs"
CPU_SECONDS = 60.0
WAYS = ("forked", "cold")

SEEN = """
import os, resource, socket, sys, threading
limits = {name: resource.getrlimit(getattr(resource, name)) for name in sorted(dir(resource)) if name[:7] == "RLIMIT_"}
status = dict(line.split(":\\t") for line in open("/proc/self/status").read().splitlines() if ":\\t" in line)
kept = ("Uid", "Gid", "Groups", "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs", "Seccomp", "SigIgn")
own = ("HW2_CHANNEL", "MPLCONFIGDIR", "PWD")
mounts = sorted(" ".join(line.split()[4:6]) for line in open("/proc/self/mountinfo") if "hw2-run" not in line)
print("limits", limits)
print("status", {name: status[name] for name in kept})
print("environment", sorted((k, v) for k, v in os.environ.items() if k not in own and "JPY" not in k))
print("mounts", mounts)
print("host", socket.gethostname(), os.getcwd().rpartition("/")[2], os.listdir("/"), os.umask(0o22))
print("session", os.getsid(0) > 0, threading.active_count(), sys.flags)
print("backend", __import__("matplotlib").get_backend(), __import__("matplotlib").get_cachedir().rpartition("/")[2])
print("pythonpath", [entry for entry in sys.path if "hw2-run" not in entry])
"""


DESCRIPTORS = """
import os
links = [os.readlink(f"/proc/self/fd/{n}") for n in os.listdir("/proc/self/fd") if os.path.islink(f"/proc/self/fd/{n}")]
print(sorted({link.split(":")[0].rpartition("/")[2] for link in links}))
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A template of this module's own."""
    own = template.Template(LIBS / "torchvision_operators.py", environment())
    yield own.address
    own.close()


def environment(address: str = "") -> dict[str, str]:
    """What a student's process is given; with an address it is forked."""
    fixed = {"NBGRADER_EXECUTION": "autograde", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
    return {**fixed, "HW2_DATA": str(ROOT / "data"), ADDRESS: address}


@pytest.fixture()
def sessions(tmp_path: Path, address: str) -> Iterator[dict[str, Session]]:
    """A forked process and one that started cold."""
    made = {way: Session(tmp_path, environment(address if way == "forked" else ""), "hw2-sandbox") for way in WAYS}
    for session in made.values():
        session.start()
    yield made
    for session in made.values():
        session.close()


def test_a_students_process_has_the_cores_of_its_grader(tmp_path, address):
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        for way in WAYS:
            session = Session(tmp_path, environment(address if way == "forked" else ""), "hw2-sandbox")
            session.start()
            seen = shown(session, "import os; print(os.sched_getaffinity(0))")
            session.close()
            assert ast.literal_eval(seen) == {min(cores)}, way
    finally:
        os.sched_setaffinity(0, cores)


def shown(session: Session, code: str) -> str:
    outcome = session.run(code, CPU_SECONDS, 1)
    assert not outcome.error and not outcome.ended, (outcome.error, outcome.ended)
    return "".join(output.get("text", "") for output in outcome.outputs)


def test_a_forked_process_finds_itself_shut_in_like_one_that_started_cold(sessions):
    assert provisioner(sessions["forked"]).forked and not provisioner(sessions["cold"]).forked
    forked, cold = (shown(sessions[way], SEEN).splitlines() for way in WAYS)
    assert len(forked) == 8
    for mine, other in zip(forked, cold, strict=True):
        assert mine == other


def test_it_inherits_no_file_or_socket_of_the_template(sessions):
    forked, cold = (set(ast.literal_eval(shown(sessions[way], DESCRIPTORS))) for way in WAYS)
    assert {"null", "socket"} <= forked <= cold | {"fd"}


def test_from_outside_it_is_seen_to_be_confined_apart_from_the_template_and_from_others(sessions, address, tmp_path):
    other = Session(tmp_path, environment(address), "hw2-sandbox")
    other.start()
    try:
        pids = [provisioner(session).forked for session in (sessions["forked"], other)]
        assert [unconfined(pid) for pid in pids] == [[], []]
        for name in ("user", "mnt", "pid", "net", "ipc", "uts", "cgroup"):
            assert len({os.readlink(f"/proc/{pid}/ns/{name}") for pid in (*pids, os.getpid())}) == 3, name
        assert len({os.stat(f"/proc/{pid}").st_uid for pid in pids}) == (2 if os.geteuid() == 0 else 1)
    finally:
        other.close()


def test_what_one_process_changes_in_a_package_no_other_one_sees(sessions, address, tmp_path):
    assert shown(sessions["forked"], "import torch; torch.relu = None; print(torch.relu)") == "None\n"
    other = Session(tmp_path, environment(address), "hw2-sandbox")
    other.start()
    try:
        assert shown(other, "import torch; print(torch.relu(torch.tensor(-1.0)).item())") == "0.0\n"
    finally:
        other.close()


def test_a_process_with_children_that_outlive_it_leaves_nothing_running(sessions):
    session = sessions["forked"]
    before = provisioner(session)
    shown(session, "import subprocess; subprocess.Popen('sleep 61.25 & sleep 61.25', shell=True)")
    holder = before.process.pid
    until(lambda: len(tree(holder)) > 4 or len(tree(before.forked)) > 2)
    everything = [process.pid for root in (holder, before.forked) for process in tree(root)]
    assert session.run("import os; os._exit(3)", CPU_SECONDS, 1).ended
    session.close()
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in everything))


def test_computing_time_is_counted_and_bounded(sessions):
    assert "computing time" in sessions["forked"].run("while True: pass", 1.0, 1).ended


def test_figures_are_shown(sessions):
    drawn = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"
    kinds = [[sorted(output.data) for output in session.run(drawn, CPU_SECONDS, 1).outputs]
             for session in sessions.values()]  # fmt: skip
    assert kinds[0] == kinds[1] == [["image/png", "text/plain"]]


def test_autoreload_sees_a_file_that_the_student_has_changed(sessions):
    write = "from pathlib import Path\nimport os, time\n%load_ext autoreload\n%autoreload 2\n"
    write += "Path('own.py').write_text('VALUE = 1')\nimport own"
    change = "Path('own.py').write_text('VALUE = 22')\nos.utime('own.py', (time.time() + 9,) * 2)"
    for session in sessions.values():
        shown(session, write)
        shown(session, change)
        assert shown(session, "print(own.VALUE)") == "22\n"


def test_when_the_template_is_killed_the_next_process_starts_cold(tmp_path):
    own = template.Template(LIBS / "torchvision_operators.py", environment())
    own._process.send_signal(signal.SIGKILL)
    own._process.wait()
    session = Session(tmp_path, environment(own.address), "hw2-sandbox")
    try:
        session.start()
        assert not provisioner(session).forked and shown(session, "print(1 + 1)") == "2\n"
    finally:
        session.close()
        own.close()


CELLS = [
    heading("Work"),
    given("imports", "import torch\nimport matplotlib.pyplot as plt"),
    answer("work", "def f(x):\n    return torch.nn.functional.dropout(x, 0.5) + torch.randn(3).sum()"),
    given("figure", "plt.plot([3, 1, 2])\nplt.show()\nprint(f(torch.ones(2)), {'a', 'b', 'c'})"),
    graded("random", "# f returns something of shape (2,).\nassert f(torch.ones(2)).shape == (2,)"),
    graded("wrong", "# f returns nothing.\nassert f(torch.ones(2)) is None, f(torch.ones(2))"),
]


def test_marks_messages_and_outputs_are_the_same_warm_and_cold(tmp_path, monkeypatch):
    monkeypatch.delenv(ADDRESS, raising=False)
    records = []
    for way in WAYS:
        notebook = new_notebook(cells=[cell.copy() for cell in CELLS])
        for number, cell in enumerate(notebook.cells):
            cell["id"] = f"cell-{number}"
        lay_out(ROOT, tmp_path / way, "")
        run = runner(ROOT)
        run.warm = way == "forked"
        resources = {"nbgrader": {"student": "1", "notebook": "mini"}, "metadata": {"path": str(tmp_path / way)}}
        _, resources = run.preprocess(notebook, resources)
        found = resources["hw2"]["findings"]
        assert found.results[0].state == PASSED
        records.append((found.results, found.raised, found.remarks, [cell.get("outputs") for cell in notebook.cells]))
    assert records[0] == records[1]


def provisioner(session: Session):
    return session._manager.provisioner
