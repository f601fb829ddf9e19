"""A grading process keeps a core that no other grading process has, unless somebody else wants it."""

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator

import pytest

from autograder.batch import core
from autograder.batch.core import Core

ALL = os.sched_getaffinity(0)

pytestmark = pytest.mark.skipif(len(ALL) < 2, reason="there is one core, and nothing to choose")


@pytest.fixture(autouse=True)
def by_ourselves(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No grading process beside these; afterwards every thread computes anywhere again."""
    monkeypatch.setattr(core, "_CLAIM", f"\0{uuid.uuid4().hex}-")
    yield
    core._stay_on(ALL)


def claimed(held: list[Core]) -> set[int]:
    """The cores that one more grading process computes on."""
    core._stay_on(ALL)
    held.append(Core())
    return os.sched_getaffinity(0)


def test_each_grading_process_has_a_core_of_its_own_and_those_that_find_none_have_all():
    held: list[Core] = []
    chosen = [claimed(held) for _ in ALL]
    assert sorted(chosen, key=min) == [{number} for number in sorted(ALL)]
    assert claimed(held) == ALL


def test_what_a_grading_process_starts_computes_on_its_core():
    Core()
    seen = subprocess.run([sys.executable, "-c", "import os; print(os.sched_getaffinity(0))"], capture_output=True)
    assert eval(seen.stdout) == os.sched_getaffinity(0)


def test_where_no_process_may_choose_its_core_grading_goes_on_on_all(monkeypatch):
    def forbidden(*_):
        raise PermissionError

    monkeypatch.setattr(os, "sched_setaffinity", forbidden)
    Core().leave_if_shared()
    assert os.sched_getaffinity(0) == ALL


def test_the_core_of_a_process_that_is_gone_can_be_had_again():
    code = f"import time; from autograder.batch import core; core._CLAIM = {core._CLAIM!r}; own = core.Core(); print(1)"
    cores = [f"import os; os.sched_setaffinity(0, {{{number}}}); {code}; time.sleep(60)" for number in ALL]
    others = [subprocess.Popen([sys.executable, "-uc", code], stdout=subprocess.PIPE) for code in cores]
    for other in others:
        other.stdout.readline()
    assert claimed([]) == ALL
    for other in others:
        other.kill()
        other.communicate()
    assert len(claimed([])) == 1


def test_a_core_that_others_compute_on_too_is_left():
    own = Core()
    number = min(os.sched_getaffinity(0))
    code = f"import os; os.sched_setaffinity(0, {{{number}}})\nprint(1, flush=True)\nwhile True: pass"
    others = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) for _ in range(2)]
    for other in others:
        other.stdout.readline()
    own.leave_if_shared()  # from here on it is shared
    compute(0.3)
    own.leave_if_shared()
    for other in others:
        other.kill()
        other.communicate()
    assert os.sched_getaffinity(0) == ALL


def compute(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


@pytest.mark.parametrize("waited, stays", [(40, True), (60, False)])
def test_a_core_is_left_only_by_who_waited_longer_than_half_of_the_time_that_it_computed(monkeypatch, waited, stays):
    times = iter([(500, 1000), (500 + waited, 1100)])
    monkeypatch.setattr(core, "_so_far", lambda: next(times))
    own = Core()
    own.leave_if_shared()  # begins to count
    own.leave_if_shared()
    assert (len(os.sched_getaffinity(0)) == 1) is stays
