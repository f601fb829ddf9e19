"""Answers of a notebook that are still to be written."""

import re

from .cells import Matched
from .given import Entry
from .said import UNWRITTEN, Said, counted, several


def stub_line(stub: str) -> str:
    """The line of a stub that stops whoever runs it; empty for a stub in words."""
    return next((line.strip() for line in stub.splitlines() if line.strip().startswith("raise ")), "")


def is_unwritten(stub: str, source: str) -> bool:
    """True when the text is empty or still the stub; comments of code do not count."""
    return _words(source, stub) in ([], _words(stub, stub))


def _words(text: str, stub: str) -> list[str]:
    lines = text.splitlines()
    return " ".join(line for line in lines if not (stub_line(stub) and line.lstrip().startswith("#"))).split()


def unwritten(matched: Matched) -> list[Entry]:
    """The answers that are empty or hold their stub."""
    answers = [entry for entry in matched.entries if entry.role == "answer"]
    return [entry for entry in answers if is_unwritten(entry.stub, matched.text_of(entry))]


def say_unwritten(matched: Matched) -> list[Said]:
    """A sentence on what is still to be written, one on stub lines left below code."""
    missing = [entry for entry in unwritten(matched) if matched.cells_of(entry)]
    code = [name_of(entry) for entry in missing if entry.type == "code"]
    tasks = [above for entry in missing if entry.type == "markdown" and (above := matched.above(entry))]
    points = sum(task.points for task in tasks)
    parts = [f"{counted(len(code), 'answer')} in code ({several(code)})"] if code else []
    if tasks:
        names = several([f'"{task.short}"' for task in tasks])
        parts.append(f"{counted(len(tasks), 'answer')} in words, {counted(points, 'point')} ({names})")
    said = [Said(UNWRITTEN, f"{matched.file}: still to be written: {' and '.join(parts)}.", points)] if parts else []
    return said + _left_over(matched)


def name_of(entry: Entry) -> str:
    """What an answer in code defines."""
    found = re.search(r"^(?:def|class) +(\w+)", entry.stub, re.MULTILINE)
    return found[1] if found else entry.id


def _left_over(matched: Matched) -> list[Said]:
    """Answers that were written, and still hold the stub's line."""
    left = [
        name_of(entry)
        for entry in matched.entries
        if entry.role == "answer" and (line := stub_line(entry.stub))
        if line in (text := matched.text_of(entry)) and not is_unwritten(entry.stub, text)
    ]
    if not left:
        return []
    text = f"the line `raise NotImplementedError(...)` is still in {several(left)}: delete it where your code stands."
    return [Said(UNWRITTEN, f"{matched.file}: {text}")]
