"""What the notebooks or the upload's name say against the student number that decides, and what they leave empty."""

from pathlib import PurePosixPath

from .names import Sender, name_in, numbers_in
from .reading import Reading
from .spelling import contradict


def contradictions(
    sender: Sender, file: str, reading: Reading, roster: dict[str, str], assigned: str | None
) -> list[str]:
    """A remark for each; one notebook that differs from the others is named."""
    number = "assigned.csv says" if assigned else "the upload's name says"
    remarks = [
        f"{_who(reading, 0, other)} STUDENT_NUMBER {other}{_called(other, roster)}, {number} {sender.number}"
        for other in reading.numbers
        if other != sender.number
    ]
    name = roster.get(sender.number, "")
    written = [(f"{_who(reading, 1, each)} NAME", each) for each in reading.names]
    stem = PurePosixPath(file).stem
    if sender.number in numbers_in(stem):
        written.append(("the upload's name says", name_in(stem)))
    remarks += [
        f"{where} {other}, the roster says {name} for {sender.number}"
        for where, other in written
        if contradict(other, name)
    ]
    return remarks + _empty(reading)


def _who(reading: Reading, field: int, value: str) -> str:
    """The notebooks that say it, named unless all do that say anything. field: 0 for the number, 1 for the name."""
    saying = [notebook for notebook, fields in reading.fields.items() if fields[field] == value]
    if len(saying) == sum(bool(fields[field]) for fields in reading.fields.values()):
        return "its notebooks say"
    return f"{', '.join(saying)} {'says' if len(saying) == 1 else 'say'}"


def _called(other: str, roster: dict[str, str]) -> str:
    return f" ({roster[other]})" if other in roster else ""


def _empty(reading: Reading) -> list[str]:
    """Which notebooks do not say whose they are."""
    missing: dict[str, list[str]] = {}
    for notebook, fields in reading.fields.items():
        what = " and ".join(name for name, field in zip(("STUDENT_NUMBER", "NAME"), fields, strict=True) if not field)
        missing.setdefault(what, []).append(notebook)
    return [
        f"{what} {'are' if ' and ' in what else 'is'} empty, or not to be read, in {_all(notebooks, reading)}"
        for what, notebooks in missing.items()
        if what
    ]


def _all(notebooks: list[str], reading: Reading) -> str:
    return "all its notebooks" if len(notebooks) == len(reading.fields) > 1 else ", ".join(notebooks)
