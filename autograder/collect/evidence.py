"""Whether an upload itself says that it is another student's than its name says; then it waits for a person."""

from pathlib import PurePosixPath
from typing import Any

from .names import Sender, name_in, numbers_in
from .reading import Reading
from .spelling import contradict, likeness, share_no_word

_LIKE, _VERY_LIKE = 0.7, 0.8


def another(
    sender: Sender, file: str, reading: Reading, roster: dict[str, str], senders: set[str]
) -> list[dict[str, Any]]:
    """Guesses of whom the upload names instead of its sender, with why; none when anything in it names the sender.

    senders: the numbers that other uploads are from, which stand in for a roster where there is none.
    """
    own = roster.get(sender.number, "")
    if sender.number in reading.numbers or any(likeness(name, own) >= _LIKE for name in reading.names):
        return []
    found: dict[str, str] = {}
    for number in reading.numbers:
        if number in roster or (not roster and number in senders):
            found.setdefault(number, "STUDENT_NUMBER in its notebooks")
    for name in reading.names:
        _named(found, name, own, roster, "NAME in its notebooks")
    stem = PurePosixPath(file).stem
    if sender.number in numbers_in(stem):
        _named(found, name_in(stem), own, roster, "the name in its file name")
    return [{"number": number, "name": roster.get(number, ""), "why": why} for number, why in found.items()]


def _named(found: dict[str, str], name: str, own: str, roster: dict[str, str], why: str) -> None:
    """Add the student of the roster whose name this is, when it cannot be the sender's."""
    if not share_no_word(name, own):
        return
    best = max(roster, key=lambda number: likeness(name, roster[number]))
    like = likeness(name, roster[best])
    # who is named letter by letter is not the sender whose name only sounds so, as Reza and Rezaei do
    if like == 1 or (like >= _VERY_LIKE and contradict(name, own)):
        found.setdefault(best, why)


def in_words(guesses: list[dict[str, Any]], number: str) -> str:
    """Why the upload waits, and what settles it."""
    whom = " and ".join(f"{guess['number']} {guess['name']}".strip() + f" ({guess['why']})" for guess in guesses)
    return f"is named as {number}'s, but names {whom}, and not {number}: say in assigned.csv whose it is"
