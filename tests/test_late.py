"""Late days: the homework's rule in started hours."""

from datetime import datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from autograder.policy.late import DEADLINE, lateness, seconds_late

HOUR = 3600


def test_the_deadline_is_22_aban_1402_at_23_59_in_tehran():
    assert datetime(2023, 11, 13, 20, 29, tzinfo=ZoneInfo("UTC")) == DEADLINE


def test_a_second_before_the_deadline_is_in_time():
    assert seconds_late(DEADLINE - timedelta(seconds=1)) == 0
    assert str(lateness(0)) == "in time"


@pytest.mark.parametrize(
    "seconds, hours", [(1, 1), (HOUR, 1), (HOUR + 1, 2), (24 * HOUR, 24), (24 * HOUR + 1, 25), (5 * 24 * HOUR, 120)]
)
def test_a_started_hour_counts_whole(seconds, hours):
    found = lateness(seconds)
    assert (found.hours, found.accepted, found.cost) == (hours, True, 0)


def test_a_second_past_five_days_is_not_accepted():
    found = lateness(5 * 24 * HOUR + 1)
    assert not found.accepted and found.cost == 1


def test_hours_past_the_terms_twenty_days_cost_a_tenth_of_the_marks_a_day():
    found = lateness(24 * HOUR, used_before=20 * 24)
    assert found.charged == 24 and found.cost == Fraction(1, 10)
    assert lateness(HOUR, used_before=20 * 24).cost == Fraction(1, 240)


def test_only_the_hours_past_the_terms_budget_are_charged():
    assert lateness(10 * HOUR, used_before=20 * 24 - 4).charged == 6


def test_a_time_from_the_gradebook_is_read_as_utc():
    assert seconds_late(datetime(2023, 11, 13, 20, 30)) == 60
