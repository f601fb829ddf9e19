"""A Jupyter kernel in the sandbox, and what happens where no sandbox can be made."""

import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning import KernelProvisionerFactory
from place import ROOT, command_line

from autograder.examiner.session import Session
from autograder.sandbox import bubblewrap
from autograder.sandbox.bubblewrap import missing
from autograder.sandbox.provisioner import SandboxProvisioner
from autograder.sandbox.tree import end, look
from autograder.sandbox.verify import unconfined

needs_sandbox = pytest.mark.skipif(bool(missing()), reason=missing())
KERNELS = ROOT / "autograder" / "sandbox" / "kernels"


@pytest.fixture()
def kernel(tmp_path: Path) -> Iterator[KernelManager]:
    """An ordinary IPython kernel for the sandbox, not yet started."""
    spec = json.loads((KERNELS / "hw2-sandbox" / "kernel.json").read_text())
    spec["argv"] = ["python", "-P", "-s", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (tmp_path / "kernels" / "plain").mkdir(parents=True)
    (tmp_path / "kernels" / "plain" / "kernel.json").write_text(json.dumps(spec))
    for name in ("work", "private"):
        (tmp_path / name).mkdir()
    private = tmp_path / "private"
    manager = KernelManager(
        kernel_name="plain",
        kernel_spec_manager=KernelSpecManager(kernel_dirs=[str(tmp_path / "kernels")], ensure_native_kernel=False),
        transport="ipc", ip=str(tmp_path / "work" / "k"), connection_file=str(private / "kernel.json"),
    )  # fmt: skip
    yield manager
    if manager.has_kernel:
        manager.shutdown_kernel(now=True)


def ask(manager: KernelManager, code: str) -> str:
    """What a cell prints in the kernel."""
    client = manager.client()
    client.start_channels(stdin=False, hb=False)
    shown: list[str] = []
    try:
        client.wait_for_ready(timeout=60)
        client.execute_interactive(code, timeout=60, output_hook=lambda m: shown.append(m["content"].get("text", "")))
    finally:
        client.stop_channels()
    return "".join(shown).strip()


@needs_sandbox
def test_a_kernel_runs_in_the_sandbox_and_is_gone_after_shutdown(kernel, tmp_path):
    environment = {**os.environ, "HW2_DATA": str(ROOT / "data"), "PYTHONHASHSEED": "0"}
    kernel.start_kernel(cwd=str(tmp_path / "work"), env=environment)
    outermost = look(kernel.provisioner.process.pid)
    assert isinstance(kernel.provisioner, SandboxProvisioner)
    assert ask(kernel, "import os; print(os.getuid(), os.getcwd())") == f"1000 {tmp_path / 'work'}"
    assert ask(kernel, "print(os.environ['HW2_DATA'], 'JPY_PARENT_PID' in os.environ)") == f"{ROOT / 'data'} False"
    assert ask(kernel, "import sys; print(sys.flags.hash_randomization)") == "0"  # a set has the same order each time
    assert ask(kernel, "import subprocess; print(subprocess.Popen(['sleep', '61.7531']).pid > 0)") == "True"
    kernel.restart_kernel(now=True)
    assert ask(kernel, "print('again')") == "again"
    kernel.shutdown_kernel(now=True)
    assert look(outermost.pid) is None
    assert not [pid for pid in os.listdir("/proc") if pid.isdigit() and "61.7531" in command_line(pid)]


@needs_sandbox
def test_a_cell_can_be_interrupted_by_message(kernel, tmp_path):
    kernel.start_kernel(cwd=str(tmp_path / "work"))
    assert ask(kernel, "1") == ""
    threading.Timer(1, kernel.interrupt_kernel).start()
    shown = ask(kernel, "import time\ntry: time.sleep(60)\nexcept KeyboardInterrupt: print('interrupted')")
    assert shown == "interrupted" and kernel.is_alive()


def test_the_kernelspec_names_what_exists_and_the_provisioner_is_registered():
    spec = KernelSpecManager(kernel_dirs=[str(KERNELS)], ensure_native_kernel=False).get_kernel_spec("hw2-sandbox")
    launch = next(word for word in spec.argv if word.endswith(".py")).replace("{resource_dir}", spec.resource_dir)
    assert Path(os.path.normpath(launch)) == bubblewrap.INSIDE / "launch.py"
    assert spec.interrupt_mode == "message"
    name = spec.metadata["kernel_provisioner"]["provisioner_name"]
    assert KernelProvisionerFactory.instance().provisioners[name].load() is SandboxProvisioner


def test_without_bubblewrap_the_package_is_named_and_no_kernel_starts(kernel, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "bwrap is not installed" in missing() and "apt-get install bubblewrap" in missing()
    with pytest.raises(RuntimeError, match="apt-get install bubblewrap"):
        kernel.start_kernel(cwd=str(tmp_path / "work"))


def test_without_bubblewrap_a_kernel_starts_when_that_is_asked_for(kernel, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    kernel.start_kernel(cwd=str(tmp_path / "work"), env={**os.environ, "HW2_UNSANDBOXED": "1"})
    assert ask(kernel, "import os; print(os.getcwd())") == str(tmp_path / "work")
    assert unconfined(kernel.provisioner.process.pid) != []
    end(look(kernel.provisioner.process.pid))


@needs_sandbox
def test_a_student_cannot_put_anything_in_the_place_of_a_socket_and_nobody_connects_to_one_of_theirs(tmp_path):
    (tmp_path / "work").mkdir()
    session = Session(tmp_path / "work", {"OMP_NUM_THREADS": "1"}, "hw2-sandbox")
    code = """
import os, socket
folder = os.path.dirname(os.environ["HW2_CHANNEL"])
def tried(what, *arguments):
    try:
        what(*arguments)
    except OSError as error:
        print(error.strerror)
    else:
        print("done")
tried(socket.socket(socket.AF_UNIX).bind, folder + "/k-1")
tried(os.symlink, "/dev/null", folder + "/calls")
tried(os.unlink, folder + "/calls")
tried(os.unlink, folder + "/kernel.json")
tried(os.rename, folder, folder + "-old")
tried(os.chmod, folder, 0o777)
tried(socket.socket(socket.AF_UNIX).connect, folder + "/k-1")
tried(socket.socket(socket.AF_UNIX).connect, folder + "/calls")
print(sorted(os.listdir(folder)))
"""
    try:
        session.start()
        lines = session.run(code, 60, 1).outputs[0]["text"].splitlines()
    finally:
        session.close()
    assert "done" not in lines and lines[-1] == "['calls', 'kernel.json']"
