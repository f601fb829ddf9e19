"""Each mistake in a Forward-Forward notebook costs its own property, once; what is right costs nothing."""

import pytest

from sample_class.mistakes.once import CASES, NOTHING_RIGHT, RIGHT_BY_ITSELF
from sample_class.mistakes.outcome import outcome_of
from sample_class.mistakes.table import points_of


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_answer_loses_the_tests_of_its_own_property_and_no_others(case):
    found = outcome_of(case)
    assert (set(found.lost), found.trouble) == (set(case.loses), "")


@pytest.mark.parametrize("notebook", NOTHING_RIGHT)
def test_who_has_nothing_right_gets_nothing(notebook):
    found = outcome_of(NOTHING_RIGHT[notebook])
    assert (set(points_of(notebook)) - set(found.lost), found.trouble) == (RIGHT_BY_ITSELF[notebook], "")
