"""A few of the hostile class, graded by the real grader; `make corpus` grades all of it."""

import pytest

from sample_class.hostile.ours import grade_class
from sample_class.hostile.whole_class import CLASS

QUICK = (
    "an AST transformer wraps every test in try and except",
    "reads gradebook.db",
    "leaves a daemon behind that ignores signals",
    "the grade ids of the answers changed",
)
CHOSEN = [hostile for hostile in CLASS if hostile.situation in QUICK]


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The chosen submissions beside two innocent students."""
    return grade_class(tmp_path_factory.mktemp("hostile"), CHOSEN, workers=2)


@pytest.mark.parametrize("hostile", CHOSEN, ids=[hostile.situation for hostile in CHOSEN])
def test_a_hostile_submission_gets_exactly_what_its_honest_work_deserves(graded, hostile):
    assert graded.outcomes[hostile.number].faults == []


def test_innocent_students_get_their_marks_and_nothing_around_the_class_changes(graded):
    assert graded.faults == []
    innocent = [outcome for number, outcome in graded.outcomes.items() if number.startswith("4029900")]
    assert [outcome.faults for outcome in innocent] == [[], []]


def test_the_hostile_class_is_made_of_different_submissions():
    assert len(CHOSEN) == len(QUICK)
    assert len({hostile.number for hostile in CLASS}) == len({hostile.situation for hostile in CLASS}) == len(CLASS)
    assert all(hostile.earns == () or hostile.solved or hostile.edits for hostile in CLASS)
