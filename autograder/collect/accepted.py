"""Until when an upload is accepted at all: the deadline, the most late days, and what a student was granted beyond."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from ..course import Course, read_course
from ..policy.late import after_deadline, lateness
from ..policy.term import read_extensions


@dataclass(frozen=True)
class Accepted:
    """The course's rules, and extensions by student number."""

    course: Course
    more: dict[str, timedelta] = field(default_factory=dict)

    def holds(self, number: str, time: datetime) -> bool:
        """True for a time at which this student's upload was accepted, late or not."""
        after = after_deadline(time, self.course.deadline) - self.more.get(number, timedelta(0))
        return lateness(after, self.course.late).accepted


def read_accepted(root: Path, roster: dict[str, str]) -> Accepted:
    """What course.toml and extensions.csv say; raises ValueError that names the line."""
    return Accepted(read_course(root), read_extensions(root, roster))
