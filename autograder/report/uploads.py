"""What collecting decided about uploads, as decisions.json tells it: what waits, and what became of each file."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from .. import assignment
from ..collect.fates import WAITS, Fate
from ..collect.plugin import DECISIONS
from ..visible import visible_in

MOST_SHOWN = 3


def decisions_of(root: Path) -> list[dict[str, Any]]:
    """A decision about each upload; none before collecting."""
    return [decision for decision in _entries(root) if decision["file"]]


def unseen_files(root: Path) -> list[str]:
    """Notes on files in archive/ that may be uploads and were not looked at."""
    return [note for entry in _entries(root) for note in entry.get("unseen", [])]


def _entries(root: Path) -> list[dict[str, Any]]:
    path = root / "downloaded" / assignment.NAME / DECISIONS
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return [
        {**visible_in(entry), "fates": entry.get("fates", [])} for entry in found
    ]  # these are spelled out when shown


def unsettled_uploads(root: Path) -> list[dict[str, Any]]:
    """Uploads that wait for a person, each with its problem."""
    return [decision for decision in decisions_of(root) if decision["problem"]]


def fates_by_student(decisions: list[dict[str, Any]]) -> dict[str, list[Fate]]:
    """Student -> what became of each file in the student's uploads; under "" of those that are nobody's yet."""
    found = defaultdict[str, list[Fate]](list)
    for decision in decisions:
        found[decision["student"] or ""] += [Fate(**fate) for fate in decision.get("fates", [])]
    return dict(found)


def waiting_by_student(decisions: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Student -> the uploads that wait and are, or most likely are, the student's, with what a person should know."""
    found = defaultdict[str, list[str]](list)
    for decision in decisions:
        if not decision["problem"]:
            continue
        guessed = [guess["number"] for guess in decision["guesses"][:1]]
        for number in dict.fromkeys([decision["student"], *guessed]):
            if number:
                perhaps = "" if number == decision["student"] else "perhaps "
                found[number].append(f"{perhaps}{decision['file']} {decision['problem']}")
    return dict(found)


def shown(fates: list[Fate]) -> list[str]:
    """The first few files that were not used and might have been meant to be, then how many more."""
    lines = [str(fate) for fate in fates if fate.matters and fate.what != WAITS]
    more = [f"and {len(lines) - MOST_SHOWN} more: hw2 status --json"] if len(lines) > MOST_SHOWN else []
    return lines[:MOST_SHOWN] + more
