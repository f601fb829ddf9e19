"""Calls that do not come back, and cells that end their process: each costs what needs it, the rest is graded."""

import pytest
from mini import answer, findings_of, given, graded, heading

from autograder.result import FAILED, PASSED

FAULTS = {
    "ends its process": "import os; os._exit(1)",
    "leaves by exit": "raise SystemExit",
    "a segmentation fault": "import ctypes; ctypes.string_at(0)",
    "an endless loop": "while True: pass",
    "an endless loop that catches everything": """
while True:
    try:
        while True: pass
    except BaseException:
        pass
""",
    "a tensor of 100 GB": "import torch; torch.ones(25 * 10**9)",
    "writes what is no answer": """
import os, stat
for fd in range(3, 60):
    try:
        if stat.S_ISSOCK(os.fstat(fd).st_mode): os.write(fd, b"\\0" * 64)
    except OSError: pass
""",
    "raises an error of its own kind": """
class CheckFailed(Exception): pass
raise CheckFailed("all is well")
""",
    "raises an error whose text is an error": """
class Nasty(Exception):
    def __str__(self): raise SystemExit
raise Nasty
""",
    "runs out of stack": "def down(): return down()\ndown()",
    "forks without end": "import os\nwhile True: os.fork()",
}


def notebook(fault):
    body = "\n".join(f"    {line}" for line in fault.strip().splitlines())
    return [
        heading("One"),
        answer("before", "kept = [5]\ndef early():\n    return kept[0]"),
        answer("work", f"def g(x):\n{body}\n\ndef h(x):\n    return x + kept[0]"),
        given("both", "def either(x):\n    try:\n        return g(x)\n    except Exception:\n        return h(x)"),
        graded("sound", "# h is right.\nassert h(1) == 6", seconds=2),
        graded("faulty", "# g is right.\nassert g(1) == 6", seconds=2),
        graded("fallback", "# A test that can do without g does.\nassert either(1) == 6", seconds=2),
        graded("sound_again", "# h is still right.\nassert h(2) == 7 and early() == 5", seconds=2),
        heading("Two"),
        answer("later", "def late():\n    return early() + 1"),
        graded("late", "# What comes later is graded.\nassert late() == 6", seconds=2),
    ]


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_costs_the_tests_that_need_it_and_no_other(root, tmp_path, fault):
    findings = findings_of(root, tmp_path, notebook(fault))
    states = {result.id: result.state for result in findings.results}
    passed = ("sound", "fallback", "sound_again", "late")
    assert states == {**dict.fromkeys(passed, PASSED), "faulty": FAILED}
    message = next(result.message for result in findings.results if result.id == "faulty")
    assert "The test could not finish" in message or "It did not come back" in message, message
    assert findings.raised == {} and findings.remarks == []


ENDING_CELLS = {
    "ends its process": "import os\nos._exit(0)",
    "never ends": "while True: pass",
    "raises": "undefined_name",
}


@pytest.mark.parametrize("source", ENDING_CELLS.values(), ids=ENDING_CELLS)
def test_a_cell_that_does_not_run_through_is_noted_for_its_section_and_the_rest_is_graded(root, tmp_path, source):
    bad = answer("bad", source)
    bad.metadata["hw2"] = {"seconds": 2}
    cells = [
        heading("Sound"), answer("work", "def f(x):\n    return x"), graded("before", "# f.\nassert f(1) == 1"),
        heading("Broken"), bad, graded("inside", "# f.\nassert f(1) == 1"),
        heading("Later"), answer("more", "def g(x):\n    return f(x) + 1"), graded("after", "# g.\nassert g(1) == 2"),
    ]  # fmt: skip
    findings = findings_of(root, tmp_path, cells)
    assert [result.state for result in findings.results] == [PASSED] * 3
    assert list(findings.raised) == ["Broken"]


def test_habits_of_a_desktop_cost_nothing(root, tmp_path):
    source = """
    import torch
    name = input("Who are you? ")
    !pip install einops
    %pip install einops
    %matplotlib notebook
    layer = torch.nn.Linear(2, 1).cuda()
    where = torch.ones(2).to("cuda").device.type
    %reset -f

    def f(x):
        return x.cuda() + len(name)
    """
    cells = [
        heading("One"), given("imports", "import torch"), answer("first", "def early():\n    return 1"),
        answer("work", source), graded("f", "# f.\nassert f(torch.ones(1)) == 1 and early() == 1"),
    ]  # fmt: skip
    findings = findings_of(root, tmp_path, cells)
    assert findings.raised == {} and [result.message for result in findings.results] == [""]
