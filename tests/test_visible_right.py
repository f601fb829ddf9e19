"""A right answer, in whatever style, fails no check that its student sees: a sample; `make mistakes` tries all."""

import pytest

from autograder import assignment
from sample_class.independent import NAMES
from sample_class.right.catalogue import RIGHT
from sample_class.right.visible import JOBS, seen_failing

LARGE_STEPS = ("SGD with momentum", "momentum by hand")  # with their own rate these nets do not learn
FORWARD_FORWARD = [right for right in RIGHT if right.notebook in assignment.PRACTICALS[1:]]
SAMPLE = [
    *((r.name, r.notebook) for r in FORWARD_FORWARD if any(words in r.name for words in LARGE_STEPS)),
    *((r.name, r.notebook) for r in FORWARD_FORWARD[::12]),
    *((name, assignment.PRACTICALS[2]) for name in NAMES[2::5]),
]


@pytest.mark.parametrize("job", dict.fromkeys(SAMPLE), ids=lambda job: job[0])
def test_a_right_answer_fails_nothing_that_its_student_sees(job):
    assert job in JOBS and seen_failing(job) == {}
