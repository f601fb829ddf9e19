"""Late days: the homework's rule in started hours, for one assignment."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from autograder.course import read_course
from autograder.moment import both_calendars, read_moment
from autograder.policy.late import after_deadline, lateness

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
COURSE = read_course(Path(__file__).resolve().parent.parent)
DEADLINE, RULES = COURSE.deadline, COURSE.late


def test_the_deadline_is_22_aban_1402_at_23_59_in_tehran():
    assert datetime(2023, 11, 13, 20, 29, tzinfo=ZoneInfo("UTC")) == DEADLINE
    assert both_calendars(DEADLINE, COURSE.zone) == "Mon 13 Nov 2023, 23:59:00 Tehran (22 Aban 1402)"


def test_a_second_before_the_deadline_is_in_time():
    assert after_deadline(DEADLINE - SECOND, DEADLINE) == timedelta(0)
    assert str(lateness(timedelta(0), RULES)) == "in time"


@pytest.mark.parametrize(
    "after, hours",
    [
        (timedelta(microseconds=1), 1),
        (SECOND, 1),
        (HOUR, 1),
        (HOUR + SECOND, 2),
        (24 * HOUR, 24),
        (24 * HOUR + SECOND, 25),
        (5 * 24 * HOUR, 120),
    ],
)
def test_a_started_hour_counts_whole(after, hours):
    found = lateness(after, RULES)
    assert (found.hours, found.accepted, found.cost) == (hours, True, 0)


def test_a_second_past_five_days_is_not_accepted():
    found = lateness(5 * 24 * HOUR + SECOND, RULES)
    assert not found.accepted and found.cost == 1


def test_hours_past_the_terms_twenty_days_cost_a_tenth_of_the_marks_a_day():
    found = lateness(24 * HOUR, RULES, used_before=20 * 24)
    assert found.charged == 24 and found.cost == Fraction(1, 10)
    assert lateness(HOUR, RULES, used_before=20 * 24).cost == Fraction(1, 240)


def test_only_the_hours_past_the_terms_budget_are_charged():
    assert lateness(10 * HOUR, RULES, used_before=20 * 24 - 4).charged == 6


def test_a_time_from_the_gradebook_is_read_as_utc():
    assert after_deadline(datetime(2023, 11, 13, 20, 30), DEADLINE) == 60 * SECOND


def test_a_clock_that_is_set_back_between_deadline_and_submission_gains_and_loses_nothing():
    """Two times of one zone subtract by the wall clock in Python; the rule is about hours that passed."""
    berlin = ZoneInfo("Europe/Berlin")
    deadline = datetime(2023, 10, 28, 23, 59, tzinfo=berlin)  # the clock goes back an hour in the night after
    assert after_deadline(datetime(2023, 10, 29, 23, 59, tzinfo=berlin), deadline) == 25 * HOUR


def test_moments_are_read_in_any_digits_and_never_without_an_offset():
    assert read_moment("۲۰۲۳-۱۱-۱۳T۲۳:۵۹+۰۳:۳۰") == datetime(2023, 11, 13, 20, 29, tzinfo=UTC)
    with pytest.raises(ValueError, match="has no offset; write it as"):
        read_moment("2023-11-13T23:59")
    with pytest.raises(ValueError, match="is no date with a time of day"):
        read_moment("22 Aban")
