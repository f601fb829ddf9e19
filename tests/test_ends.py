"""What ends a process costs the section of the cell that ended it, whenever the end comes, and nothing else."""

import pytest
from mini import answer, findings_of, given, graded, heading
from sampling import takes_minutes

from autograder.examiner.session import SETTLING, Session
from autograder.result import FAILED, PASSED

KILL = "os.kill(os.getpid(), 9)"
LATER = "threading.Timer({}, os._exit, (0,)).start()"


def submission(end, place="end"):
    """Three sections, each built on nothing of the others; `end` stands in the second one's answer."""
    lines = {"start": f"{end}\ndef two(): return 2", "end": f"def two(): return 2\n{end}"}
    middle = f"def two(): return 2\n{end}\ndef also(): return 2"
    return [
        given("imports", "import atexit, ctypes, os, signal, subprocess, sys, threading, time"),
        heading("One"),
        answer("one", "def one(): return 1"),
        graded("one_value", "# one is one.\nassert one() == 1"),
        heading("Two"),
        answer("two", lines.get(place, middle)),
        graded("one_again", "# one is still one.\nassert one() == 1"),
        heading("Three"),
        given("between", "between = 3"),
        answer("three", "def three():\n    time.sleep(0.2)\n    return 3"),
        graded("three_value", "# three is three, twenty times.\nassert [three() for _ in range(20)] == 20 * [3]"),
        graded("three_again", "# three is three.\nassert three() == 3"),
    ]


def found(root, folder, end, place="end"):
    """States of the tests, and the sections that do not run through."""
    findings = findings_of(root, folder, submission(end, place))
    return {result.id: result.state for result in findings.results}, findings.raised


@pytest.mark.parametrize("place", ["start", "middle", "end"])
def test_exit_costs_its_section_and_what_the_cell_makes_stays(root, tmp_path, place):
    states, raised = found(root, tmp_path, "exit()", place)
    assert set(states.values()) == {PASSED} and raised == {"Two": "it ended its own process"}


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("quit(0)", "it ended its own process"),
        ("sys.exit()", "SystemExit"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("atexit.register(os._exit, 3)", None),
        ("os._exit(0)", "it ended its own process"),
        (KILL, "it ended its own process"),
        ("ctypes.string_at(0)", "it ended its own process"),
        ("get_ipython().kernel.io_loop.stop()", "it ended its own process"),
        (LATER.format(0.05), "it ended its own process"),
        (LATER.format(0.6), "it ended its own process"),
        pytest.param(LATER.format(3), "it ended its own process", marks=takes_minutes),
        pytest.param(
            "get_ipython().kernel.io_loop.call_later(3, os._exit, 0)", "it ended its own process", marks=takes_minutes
        ),
        (
            "exit()\nget_ipython().payload_manager.clear_payload()\nget_ipython().exit_now = False",
            "it ended its own process",
        ),
        ("signal.setitimer(signal.ITIMER_VIRTUAL, 0.2)", None),
        ("signal.alarm(1)", None),
        ("subprocess.Popen(['sh', '-c', f'sleep 0.4; kill -9 {os.getpid()}'])", "it ended its own process"),
    ],
)
def test_other_ends_cost_their_section_whatever_they_are_and_whenever_they_come(root, tmp_path, end, said):
    states, raised = found(root, tmp_path, end)
    assert set(states.values()) == {PASSED} and raised == ({"Two": said} if said else {})


def test_a_call_that_ends_the_process_is_still_charged_to_what_was_called(root, tmp_path):
    cells = submission("pass")
    cells[-3] = answer("three", "def three():\n    os._exit(0)")
    findings = findings_of(root, tmp_path, cells)
    states = {result.id: result.state for result in findings.results}
    assert (
        states == {"one_value": PASSED, "one_again": PASSED, "three_value": FAILED, "three_again": FAILED}
        and findings.raised == {}
    )


def test_a_large_picture_and_a_progress_bar_leave_nothing_running_that_is_waited_for(root, tmp_path, monkeypatch):
    waited = []
    monkeypatch.setattr(Session, "outlives", lambda self, seconds: waited.append(seconds) or True)
    drawn = "import matplotlib.pyplot as plt, numpy as np\nplt.imshow(np.random.rand(400, 400)); plt.show()"
    counted = "from tqdm import tqdm\nfor _ in tqdm(range(3)):\n    pass"
    left = "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()"
    cells = [
        heading("All"),
        answer("drawn", drawn),
        answer("counted", counted),
        graded("test", "# It is.\nassert True"),
    ]
    findings_of(root, tmp_path, cells)
    assert waited == []
    findings_of(root, tmp_path, [*cells, answer("left", left)])
    assert waited == [SETTLING]
