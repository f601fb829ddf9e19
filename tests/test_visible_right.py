"""A right answer, in whatever style, fails no check that its student sees: a sample; `make mistakes` tries all."""

import pytest
from sampling import sample

from autograder import assignment
from sample_class.independent import NAMES
from sample_class.right.catalogue import RIGHT
from sample_class.right.visible import JOBS, seen_failing

FORWARD_FORWARD = [right for right in RIGHT if right.notebook in assignment.PRACTICALS[1:]]
SAMPLE = [
    *((right.name, right.notebook) for right in sample(FORWARD_FORWARD, 27)),
    *((name, assignment.PRACTICALS[2]) for name in sample(NAMES, 6)),
]


@pytest.mark.parametrize("job", dict.fromkeys(SAMPLE), ids=lambda job: job[0])
def test_a_right_answer_fails_nothing_that_its_student_sees(job):
    assert job in JOBS and seen_failing(job) == {}
