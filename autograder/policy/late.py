"""Late days: what the homework allows, in started hours and exact fractions."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from ..course import LateRules

_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Lateness:
    """hours: started hours after the deadline; charged: those past the term's free hours; cost: share of the marks."""

    hours: int
    accepted: bool
    charged: int
    cost: Fraction

    def __str__(self) -> str:
        if not self.hours:
            return "in time"
        days, hours = divmod(self.hours, 24)
        late = f"{days} d {hours} h late" if days else f"{hours} h late"
        if not self.accepted:
            return f"{late}, not accepted"
        return f"{late}, free" if not self.charged else f"{late}, costs {float(self.cost):.1%}"


def lateness(after: timedelta, rules: LateRules, used_before: int = 0) -> Lateness:
    """What sending `after` the deadline costs, when `used_before` free hours of the term were used before."""
    hours = max(0, -(-after // _HOUR))  # a started hour counts
    accepted = hours <= rules.most_hours
    free_left = max(0, rules.free_hours - used_before)
    charged = max(0, hours - free_left) if accepted else 0
    cost = min(Fraction(1), charged * rules.cost_per_hour) if accepted else Fraction(1)
    return Lateness(hours, accepted, charged, cost)


def after_deadline(time: datetime, deadline: datetime) -> timedelta:
    """How long after the deadline `time` is; a time without an offset is UTC, as in nbgrader's gradebook."""
    aware = time if time.tzinfo else time.replace(tzinfo=UTC)
    return max(timedelta(0), aware - deadline.astimezone(UTC))  # of one zone, aware times subtract by the wall clock
