"""What the watch of a student's process ends, and what it leaves alone."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from autograder.sandbox.tree import look, tree
from autograder.sandbox.watch import Watch

BURN = """
import time
def burn(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end: pass
"""
GIB = 2**30


@pytest.fixture()
def watched() -> Iterator[Callable[..., tuple[subprocess.Popen[str], Watch]]]:
    """Starts Python on some code and watches it."""
    started: list[tuple[subprocess.Popen[str], Watch]] = []

    def start(code: str, **limits: float) -> tuple[subprocess.Popen[str], Watch]:
        process = subprocess.Popen([sys.executable, "-c", BURN + code], stdin=-1, stdout=-1, text=True)
        started.append((process, Watch(process.pid, **limits)))
        return started[-1]

    yield start
    for process, _ in started:
        process.kill()
    for process, watch in started:
        watch.close()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def until(condition: Callable[[], object], seconds: float = 15.0) -> None:
    """Wait for something that must come."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.02)


def test_it_ends_what_computes_longer_than_allowed(watched):
    process, watch = watched("burn(60)")
    watch.arm(0.5)
    process.wait(15)
    assert watch.reason == "it used more than 0.5 s of computing time"
    assert 0.5 < watch.cpu() < 1.5


def test_computing_time_counts_from_arming_and_not_while_disarmed(watched):
    process, watch = watched("burn(1.5); print('done', flush=True); input(); burn(60)")
    watch.arm(0.5)
    watch.disarm()
    assert process.stdout.readline() == "done\n"
    watch.arm(1.2)
    time.sleep(0.6)
    assert watch.reason == "" and watch.cpu() > 1.4
    process.stdin.write("go on\n")
    process.stdin.close()
    process.wait(15)
    assert watch.reason == "it used more than 1.2 s of computing time" and watch.cpu() > 2.6


def test_the_computing_of_children_counts_and_they_are_ended_too(watched):
    process, watch = watched("import os\nfor _ in range(2): os.fork() or burn(60)\nos.wait()")
    until(lambda: len(tree(process.pid)) == 3)
    below = tree(process.pid)
    watch.arm(0.6)
    process.wait(15)
    assert "computing time" in watch.reason
    until(lambda: all(now is None or now.gone for now in (look(child.pid) for child in below)))


def test_the_computing_of_ended_children_is_counted_once(watched):
    run = "subprocess.run([sys.executable, '-c', 'n = 0\\nwhile n < 6_000_000: n += 1'])"
    code = f"import subprocess, sys, os\nfor _ in range(6): {run}\nprint(sum(os.times()[:4]), flush=True)\ninput()"
    process, watch = watched(code)
    used = float(process.stdout.readline())
    assert used > 1
    assert used - 0.1 < watch.cpu() < used + 0.3


def test_children_that_nobody_waits_for_are_counted_as_well(watched):
    code = """
import os, signal
signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel forgets what they used
for _ in range(40):
    if os.fork() == 0: burn(1); os._exit(0)
    try: os.wait()
    except ChildProcessError: pass
"""
    process, watch = watched(code)
    watch.arm(3)
    process.wait(20)
    assert watch.reason == "it used more than 3 s of computing time"


def test_it_ends_what_waits_for_nothing(watched):
    process, watch = watched("import threading; threading.Lock().acquire(); threading.Event().wait()", idle=1)
    watch.arm(60)
    process.wait(15)
    assert watch.reason == "it waited for something that never came (1 s without computing)"


def test_waking_up_now_and_then_is_waiting_too(watched):
    process, watch = watched("while True: time.sleep(0.01)", idle=1)
    watch.arm(60)
    process.wait(15)
    assert "waited" in watch.reason


def test_waiting_is_free_while_disarmed(watched):
    process, watch = watched("time.sleep(60)", idle=0.5)
    time.sleep(1.5)
    assert process.poll() is None and watch.reason == ""


def test_a_process_that_gets_no_processor_is_not_idle(watched):
    code = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); print(flush=True)\nwhile True: pass"
    process, watch = watched(code, idle=1)
    process.stdout.readline()
    os.sched_setscheduler(process.pid, os.SCHED_IDLE, os.sched_param(0))
    hogs = [watched(code)[0] for _ in range(3)]
    assert all(hog.stdout.readline() for hog in hogs)
    watch.arm(60)
    before = watch.cpu()
    time.sleep(4)
    assert watch.cpu() - before < 0.4, "the processor was not busy enough for this test"
    assert process.poll() is None and watch.reason == ""


def test_it_ends_what_takes_too_much_memory_even_while_disarmed(watched):
    process, watch = watched("kept = b'x' * 2**29; time.sleep(60)", memory=GIB // 4)
    process.wait(15)
    assert watch.reason == "it used more than 0.25 GiB of memory"


def test_it_ends_what_fills_the_disk(watched, tmp_path):
    if not os.path.exists("/proc/self/io"):
        pytest.skip("this kernel does not count what is written")
    code = f"import os\nfor n in range(64): open('{tmp_path}/%d' % (n % 2), 'wb').write(bytes(2**23))\ntime.sleep(60)"
    process, watch = watched(code, disk=GIB // 4)
    process.wait(15)
    assert watch.reason == "it wrote more than 0.25 GiB to disk"


def test_a_process_that_ends_by_itself_has_no_reason(watched):
    process, watch = watched("burn(0.3)")
    watch.arm(10)
    process.wait(15)
    time.sleep(0.6)
    assert watch.reason == "" and watch.cpu() > 0.1


NAPS = "while True: burn({busy}); time.sleep({nap})"


def test_sleep_counts_like_computing(watched):
    process, watch = watched(NAPS.format(busy=0.015, nap=0.085))
    start = time.monotonic()
    watch.arm(3)
    process.wait(30)
    assert watch.reason == "it slept for more than 3 s" and watch.cpu() < 2
    assert time.monotonic() - start < 12


def test_sleep_of_threads_that_wait_for_each_other_counts_too(watched):
    nap = "lambda: [(burn(0.001), time.sleep(0.1)) for _ in iter(int, 1)]"
    code = f"import threading\nfor _ in range(30): threading.Thread(target={nap}).start()"
    process, watch = watched(code)
    start = time.monotonic()
    watch.arm(3)
    process.wait(60)
    assert "3 s" in watch.reason and time.monotonic() - start < 30


def test_on_a_busy_machine_waiting_for_a_processor_is_no_sleep(watched):
    code = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); print(flush=True)\n"
    hogs = [watched(code + "burn(60)")[0] for _ in range(3)]
    assert all(hog.stdout.readline() for hog in hogs)
    process, watch = watched(code + "burn(2); print('done', flush=True); input()")
    process.stdout.readline()
    watch.arm(3.5)
    assert process.stdout.readline() == "done\n"
    watch.disarm()
    assert watch.reason == ""
