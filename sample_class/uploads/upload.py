"""What an upload of this corpus is, and the decision that is expected of it."""

from collections.abc import Callable
from dataclasses import dataclass

from autograder.collect.recognise import FILES

from .kit import Kit

ALL = frozenset(FILES)
NETWORKS, SUPERVISED, UNSUPERVISED, THEORY, MODULE = FILES
TIME = "2023-11-12T20:15:00+03:30"


@dataclass(frozen=True)
class Upload:
    """One upload. number, name: of the student who sent it, as the roster has them.

    file: its name in archive/. make: its bytes. student: whose it is taken for, None when a person has to say.
    found: the files of the homework in it. remarks: a piece of each remark, and no others unless it is loose.
    problem: a piece of it. guesses: the first student numbers guessed.
    """

    situation: str
    number: str
    name: str
    file: str
    make: Callable[[Kit, "Upload"], bytes]
    found: frozenset[str] = ALL
    remarks: tuple[str, ...] = ()
    problem: str = ""
    guesses: tuple[str, ...] = ()
    attachments: int = 0
    matched: bool = True
    loose: bool = False

    @property
    def student(self) -> str | None:
        """Whose it is taken for."""
        return self.number if self.matched else None


def whole(kit: Kit, upload: Upload) -> bytes:
    """A complete upload as the homework asks for it."""
    return kit.zip(kit.files(upload.number, upload.name))
