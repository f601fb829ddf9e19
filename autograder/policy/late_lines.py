"""The late rule worked out for a student to read, line by line."""

from datetime import datetime, timedelta

from ..course import Course, LateRules
from ..moment import both_calendars
from .late import after_deadline
from .ledger import Entry


def late_lines(entries: list[Entry], name: str, course: Course) -> list[str]:
    """What the ledger says of assignment `name`, one step a line."""
    entry = next(entry for entry in entries if entry.sent.assignment == name)
    sent, late, rules = entry.sent, entry.late, course.late

    def day(time: datetime) -> str:
        return both_calendars(time, course.zone)

    lines = [f"Deadline: {day(sent.deadline)}", f"Received: {day(sent.time)}"]
    if sent.extension:
        reason = f" ({sent.reason})" if sent.reason else ""
        lines.append(f"Your extension: {_span(sent.extension)}{reason}; until {day(sent.deadline + sent.extension)}")
    over = after_deadline(sent.time, sent.deadline + sent.extension)
    if not over:
        return [*lines, "In time: nothing is taken off."]
    lines.append(f"After the deadline: {_span(over)}, that is {_hours(late.hours)}, started hours counted whole")
    if not late.accepted:
        most = f"{_hours(rules.most_hours)} ({_days(rules.days_an_assignment)})"
        return [*lines, f"More than {most}: kept, but not accepted, so it counts 0 points."]
    return [*lines, *_free(entries, entry, rules), _cost(entry, rules)]


def _free(entries: list[Entry], entry: Entry, rules: LateRules) -> list[str]:
    """How many of the term's free hours were left, and who used the others."""
    before = [f"{e.sent.assignment} {_hours(e.used)}" for e in entries[: entries.index(entry)] if e.used]
    used = f"used before: {', '.join(before)}" if before else "none used before"
    left = max(0, rules.free_hours - entry.used_before)
    free = f"{rules.free_hours} ({_days(rules.days_a_term)})"
    return [f"Free hours of the term: {free}; {used}; {left} left for this assignment"]


def _cost(entry: Entry, rules: LateRules) -> str:
    late = entry.late
    if not late.charged:
        return f"{_hours(late.hours)} of {max(0, rules.free_hours - entry.used_before)}: free, nothing is taken off."
    share = f"{late.cost.numerator}/{late.cost.denominator}"
    return (
        f"Not free: {late.hours} - {late.hours - late.charged} = {_hours(late.charged)}, each {rules.cost_per_hour} of "
        f"your points ({rules.percent_a_day} % a day): {share} = {float(late.cost):.2%} is taken off."
    )


def _hours(count: int) -> str:
    return f"{count} hour" if count == 1 else f"{count} hours"


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"


def _span(time: timedelta) -> str:
    """Such as '1 d 6 h 0 min 1 s', from its first part that is not zero."""
    seconds = -(-time // timedelta(seconds=1))
    parts = [(seconds // 86400, "d"), (seconds // 3600 % 24, "h"), (seconds // 60 % 60, "min"), (seconds % 60, "s")]
    first = next((i for i, (count, _) in enumerate(parts) if count), len(parts) - 1)
    return " ".join(f"{count} {unit}" for count, unit in parts[first:])
