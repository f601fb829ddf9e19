"""What the check has to say: one sentence for one kind of thing, ranked by what it costs."""

from collections.abc import Sequence
from dataclasses import dataclass

LOST, FAILS, UNWRITTEN, OUTSIDE, NOTE = range(5)  # what costs marks for certain comes first, a note costs none


@dataclass(frozen=True)
class Said:
    """A sentence of the report. points: at stake, as far as they are known."""

    rank: int
    text: str
    points: float = 0.0

    @property
    def is_fault(self) -> bool:
        """True for what should be mended before uploading."""
        return self.rank != NOTE


def several(names: Sequence[str], most: int = 3) -> str:
    """`a, b and c`; of many the first ones, and how many more there are."""
    shown, more = list(names[:most]), len(names) - most
    if more > 0:
        shown.append(f"{more} more")
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def counted(number: float, what: str) -> str:
    """`1 point`, `2.5 points`."""
    return f"{number:g} {what}{'' if number == 1 else 's'}"


def were(number: int, what: str, done: str) -> str:
    """`1 cell was added`, `3 cells were added`."""
    return f"{counted(number, what)} {'was' if number == 1 else 'were'} {done}"


def closed(text: str) -> str:
    """A sentence with its stop."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def one_line(text: str, longest: int = 300) -> str:
    """A text on one line, of bounded length."""
    text = " ".join(text.split())
    return text if len(text) <= longest else text[:longest].rstrip(" .,;:") + " ..."
