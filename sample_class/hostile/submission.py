"""What a hostile submission is: the hand-out with a little honest work, what is hostile in it, what it deserves."""

from dataclasses import dataclass

from ..edits import Edit
from ..students import NETWORKS, SUPERVISED, UNSUPERVISED, Student
from .edits import hand_out_but

__all__ = ["NETWORKS", "SUPERVISED", "UNSUPERVISED", "Hostile"]

EMBED_LABEL, WRONG_LABELS = f"{SUPERVISED}/embed_label_*", f"{SUPERVISED}/wrong_labels_*"
GOODNESS, FF_LOSS = f"{SUPERVISED}/goodness_value", f"{SUPERVISED}/ff_loss_*"


@dataclass(frozen=True)
class Hostile:
    """One submission: the hand-out with a few parts solved, and what is hostile or goes wrong in it.

    solved: answer cells (notebook/id) and blocks (their names) that are honest work. earns: the tests that this work
    deserves, as notebook/id patterns, all others nothing. remark: what the remarks must say, "" when none is due.
    alone: the notebook that it is about. waits: seconds after which something it leaves behind has done its work.
    plain: more lines of plain nbgrader's configuration. held: the tests that must wait for a person, with their points.
    """

    number: str
    situation: str
    threat: str
    edits: tuple[Edit, ...]
    solved: tuple[str, ...] = ()
    earns: tuple[str, ...] = ()
    remark: str = ""
    alone: str = SUPERVISED
    waits: int = 0
    plain: str = ""
    held: tuple[str, ...] = ()

    def as_student(self) -> Student:
        """The upload that collecting finds."""
        return Student(
            self.number,
            "Hostile",
            self.situation,
            f"HW2-Hostile-{self.number}.zip",
            (hand_out_but(*self.solved), *self.edits),
        )
