"""The term's ledger against an independent model that walks through the term hour by hour."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.course import read_course
from autograder.policy.late_lines import late_lines
from autograder.policy.ledger import Sent, ledger

HOUR = timedelta(hours=1)
COURSE = read_course(Path(__file__).resolve().parent.parent)
BOUNDARIES = [0, 1, 24, 119, 120, 121, 479, 480, 481]  # hours at which something changes
NEAR = st.builds(
    lambda hours, seconds: timedelta(hours=hours, seconds=seconds), st.sampled_from(BOUNDARIES), st.integers(-1, 1)
)
SPANS = NEAR | st.integers(-3 * 86400, 9 * 86400).map(lambda seconds: timedelta(seconds=seconds))
DEADLINES = st.datetimes(datetime(2023, 9, 23), datetime(2024, 2, 29), timezones=st.just(UTC))
EXTENSIONS = st.just(timedelta(0)) | st.integers(0, 200).map(lambda hours: timedelta(hours=hours))


@st.composite
def terms(draw):
    """Up to nine assignments of one student, some of them close to a boundary, some with extensions."""
    sent = []
    for i in range(draw(st.integers(1, 9))):
        deadline = draw(DEADLINES)
        sent.append(Sent(f"hw{i}", deadline, deadline + draw(SPANS), draw(EXTENSIONS)))
    return sent


def walk(term):
    """The rule read aloud: a clock that is moved on an hour at a time, with a purse of 480 free hours."""
    purse, found = 480, {}
    for sent in sorted(term, key=lambda sent: (sent.deadline, sent.assignment)):
        clock, hours = sent.deadline + sent.extension, 0
        while clock < sent.time:
            clock, hours = clock + HOUR, hours + 1
        if hours > 120:
            found[sent.assignment] = (hours, False, Fraction(1))
            continue
        cost = Fraction(0)
        for _ in range(hours):
            if purse:
                purse -= 1
            else:
                cost += Fraction(1, 240)
        found[sent.assignment] = (hours, True, min(cost, Fraction(1)))
    return found


@settings(max_examples=4000, deadline=None)
@given(terms())
def test_the_ledger_is_what_walking_through_the_term_hour_by_hour_gives(term):
    found = {e.sent.assignment: (e.late.hours, e.late.accepted, e.late.cost) for e in ledger(term, COURSE.late)}
    assert found == walk(term)


@settings(max_examples=500, deadline=None)
@given(terms(), st.randoms(use_true_random=False))
def test_the_order_in_which_assignments_are_told_changes_nothing(term, random):
    shuffled = list(term)
    random.shuffle(shuffled)
    assert ledger(shuffled, COURSE.late) == ledger(term, COURSE.late)


@settings(max_examples=500, deadline=None)
@given(terms())
def test_a_student_is_told_the_free_hours_that_were_used_and_what_is_taken_off(term):
    entries = ledger(term, COURSE.late)
    for entry in entries:
        said = "\n".join(late_lines(entries, entry.sent.assignment, COURSE))
        assert ("In time" in said) == (entry.late.hours == 0)
        assert ("not accepted" in said) == (not entry.late.accepted)
        assert (f"{float(entry.late.cost):.2%} is taken off" in said) == bool(entry.late.charged)


def test_an_assignment_that_was_not_accepted_uses_no_free_hours():
    start = datetime(2023, 10, 31, 20, 29, tzinfo=UTC)
    term = [Sent("hw1", start, start + 121 * HOUR), Sent("hw2", start + 240 * HOUR, start + 241 * HOUR)]
    assert [entry.used_before for entry in ledger(term, COURSE.late)] == [0, 0]


def test_an_extension_moves_the_five_days_too():
    start = datetime(2024, 1, 31, 20, 29, tzinfo=UTC)  # into the next month
    (entry,) = ledger([Sent("hw1", start, start + 144 * HOUR, timedelta(hours=24), "ill")], COURSE.late)
    assert (entry.late.hours, entry.late.accepted) == (120, True)
    assert "Your extension: 1 d 0 h 0 min 0 s (ill)" in "\n".join(late_lines([entry], "hw1", COURSE))


def test_the_fifth_assignment_that_is_five_days_late_costs_all_its_days():
    start = datetime(2023, 10, 1, tzinfo=UTC)
    term = [Sent(f"hw{i}", start + i * 240 * HOUR, start + i * 240 * HOUR + 120 * HOUR) for i in range(5)]
    assert [entry.late.cost for entry in ledger(term, COURSE.late)] == [0, 0, 0, 0, Fraction(1, 2)]
    assert late_lines(ledger(term, COURSE.late), "hw4", COURSE)[-1] == (
        "Not free: 120 - 0 = 120 hours, each 1/240 of your points (10 % a day): 1/2 = 50.00% is taken off."
    )
