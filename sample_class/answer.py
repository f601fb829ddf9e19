"""An answer of ours to one notebook: the reference with named edits."""

from dataclasses import dataclass

from .course import ROOT
from .edits import Edit
from .solved import Work


@dataclass(frozen=True)
class Answer:
    """By its name; the other notebooks are the reference's."""

    name: str
    notebook: str
    edits: tuple[Edit, ...]

    def work(self) -> Work:
        """A student's work that holds it."""
        work = Work(ROOT)
        for edit in self.edits:
            edit(work)
        return work
