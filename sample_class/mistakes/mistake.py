"""One wrong answer: an edit of the reference, and the tests that it must lose."""

from dataclasses import dataclass
from fnmatch import fnmatch

from autograder import assignment

from ..answer import Answer

NETWORKS, SUPERVISED, UNSUPERVISED = assignment.PRACTICALS


@dataclass(frozen=True)
class Mistake(Answer):
    """A mistake by its name. loses: the tests whose property it breaks; may_lose: patterns of those that hang on it.

    hint: words that the feedback of the first lost test must contain, so that a student can find the mistake.
    """

    loses: tuple[str, ...]
    may_lose: tuple[str, ...] = ()
    hint: str = ""

    def is_caught(self, lost: set[str]) -> bool:
        """True when a test that is about its property fails."""
        return bool(lost & set(self.loses))

    def surplus(self, lost: set[str]) -> set[str]:
        """The tests that it loses and should not."""
        return lost - set(self.loses)

    def hanging(self, lost: set[str]) -> set[str]:
        """Those of them that may_lose says hang on it: they count as lost all the same, and the page names them."""
        return {test for test in self.surplus(lost) if any(fnmatch(test, pattern) for pattern in self.may_lose)}

    def missed(self, lost: set[str]) -> set[str]:
        """The tests that it should lose and does not."""
        return set(self.loses) - lost
